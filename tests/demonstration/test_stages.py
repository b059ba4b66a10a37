"""Stages are built one by one, with what they need, and the same seed gives the same."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from demonstration.building import build_demonstration, stages_to_build
from demonstration.enums import Stage
from demonstration.models import Build
from demonstration.people import LEARNERS, SIGN_INS
from demonstration.removal import remove_demonstration
from register.models import Release
from tests.demonstration.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.any_database]


class TestStages:
    def test_a_stage_brings_what_it_needs(self) -> None:
        assert stages_to_build([Stage.PAGES]) == [Stage.PEOPLE, Stage.REGISTER, Stage.PAGES]

    def test_a_stage_built_later_counts_from_the_same_day(self) -> None:
        first = timezone.now() - timedelta(days=3)
        build_demonstration([Stage.PEOPLE], seed=1, quick=True, at=first)
        build_demonstration([Stage.REGISTER], seed=1, quick=True)
        assert set(Build.objects.values_list("built_at", flat=True)) == {first}

    def test_the_same_seed_gives_the_same_register_and_another_one_another(self) -> None:
        def register_of(seed: int) -> list[str]:
            build_demonstration([Stage.REGISTER], seed=seed, quick=True, at=AT)
            held = sorted(
                map(str, Release.objects.values_list("facility__public_id", "pollutant__code", "medium", "quantity_kg"))
            )
            remove_demonstration()
            return held

        first = register_of(3)
        assert (register_of(3) == first, register_of(4) == first) == (True, False)


class TestCommand:
    def test_it_says_what_it_does(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("build_demo", stage="people")
        assert f"people: {len(SIGN_INS) + len(LEARNERS)} people" in capsys.readouterr().out

    def test_a_real_site_is_not_made_a_demonstration(self) -> None:
        with override_settings(DEMONSTRATION=False), pytest.raises(CommandError, match="no demonstration"):
            call_command("build_demo", stage="people")
        assert User.objects.count() == 0

    def test_a_seed_below_zero_is_refused_in_words(self) -> None:
        with pytest.raises(CommandError, match="whole number"):
            call_command("build_demo", stage="people", seed=-1)

    def test_where_there_is_no_demonstration_removal_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("remove_demo")
        assert capsys.readouterr().out == "There is no demonstration here.\n"
