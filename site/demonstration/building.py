"""Builds the demonstration, stage by stage, each in one transaction; what stands already is left alone."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from demonstration.enums import BUILDING_ORDER, NEEDS, Stage
from demonstration.models import Build
from demonstration.people import people_by_role
from demonstration.stages.consultations import build_consultations
from demonstration.stages.context import Building
from demonstration.stages.explainers import build_explainers
from demonstration.stages.learning import build_learning
from demonstration.stages.pages import build_pages
from demonstration.stages.people import build_people
from demonstration.stages.register import build_register
from demonstration.stages.requests import build_requests

Say = Callable[[str], None]
BUILDERS: Final[dict[Stage, Callable[[Building], str]]] = {
    Stage.PEOPLE: build_people,
    Stage.REGISTER: build_register,
    Stage.PAGES: build_pages,
    Stage.EXPLAINERS: build_explainers,
    Stage.LEARNING: build_learning,
    Stage.CONSULTATIONS: build_consultations,
    Stage.REQUESTS: build_requests,
}


def stages_to_build(wanted: Iterable[Stage]) -> list[Stage]:
    """Return the stages that are wanted or needed by one that is, and do not stand yet, in their order."""
    needed = {stage for one in wanted for stage in (one, *NEEDS[one])}
    standing = set(Build.objects.values_list("stage", flat=True))
    return [stage for stage in BUILDING_ORDER if stage in needed and stage not in standing]


def build_demonstration(
    wanted: Iterable[Stage], *, seed: int, quick: bool = False, at: datetime | None = None, say: Say = lambda line: None
) -> list[Stage]:
    """Build stages of the demonstration that do not stand yet; return which were built.

    `at` is the instant from which all dates are counted (now, unless a test says otherwise); a stage built later counts
    from the instant of the first one, so that all fit together.

    Side effects, in order, for each stage in a transaction of its own: what its builder says; everything made is
    marked, so that `remove_demonstration` removes exactly that.
    """
    first = Build.objects.order_by("pk").first()
    moment = first.built_at if first else at or timezone.now()
    built = stages_to_build(wanted)
    for stage in built:
        started = time.monotonic()
        with transaction.atomic():
            build = Build.objects.create(stage=stage, built_at=moment, seed=seed, is_quick=quick)
            people = {} if stage is Stage.PEOPLE else people_by_role()
            report = BUILDERS[stage](Building(build, moment, seed, quick, people, say))
        say(f"{stage.value}: {report}, {time.monotonic() - started:.1f} s")
    return built
