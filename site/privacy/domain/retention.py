"""Carrying out the periods of keeping: every night, exactly as a person's own erasure is done."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from design.refusals import Refusal
from privacy.domain.erasing import carry_out_postponed, erase_held
from privacy.enums import Cause
from privacy.models import RetentionRule, RetentionRun
from privacy.retaining import RetentionKind

logger = logging.getLogger(__name__)


def apply_retention(*, dry_run: bool = False, at: datetime | None = None) -> list[RetentionRun]:
    """Do by every rule what its period asks for; return the numbers, rule by rule.

    Side effects, in order, but for a dry run: erasures that had to wait and need not any more are done; each thing
    whose period is over is erased by itself, so that one that fails keeps no other, and no other rule; the numbers are
    stored and logged.
    Nobody's name and no number of a case is logged.
    """
    moment = at or timezone.now()
    if not dry_run:
        waited = carry_out_postponed(moment)
        if waited:
            logger.info("Retention: %s erasures that had been asked for earlier were done.", waited)
    runs = []
    for rule in RetentionRule.objects.carried_out():
        kind, cutoff = rule.known_kind, rule.cutoff(moment)
        if kind is None or cutoff is None:
            continue
        run = RetentionRun(rule=rule, ran_at=moment)
        try:
            _carry_out(kind, run, cutoff, moment, dry_run=dry_run)
        except Exception:  # noqa: BLE001 -- a kind whose things cannot be found keeps no other from its turn
            run.failed += 1
            logger.exception("Retention: not everything of the kind %s could be looked at.", kind.key)
        if not dry_run:
            run.save()
            logger.info("Retention: %s: %s done, %s held, %s failed.", rule.kind, run.done, run.held, run.failed)
        runs.append(run)
    return runs


def _carry_out(kind: RetentionKind, run: RetentionRun, cutoff: datetime, moment: datetime, *, dry_run: bool) -> None:
    if kind.sweep is not None:
        swept = kind.sweep(cutoff, dry_run)
        run.done, run.held = swept.done, swept.held
    for held in kind.due(cutoff) if kind.due else ():
        if held.hold:
            run.held += 1
        elif dry_run:
            run.done += held.is_identified
        else:
            try:
                with transaction.atomic():
                    run.done += erase_held(held, cause=Cause.RETENTION, at=moment) is not None
            except Refusal:
                run.held += 1
            except Exception:  # noqa: BLE001 -- whatever is wrong with one thing keeps no other
                run.failed += 1
                logger.exception("Retention: one thing of the kind %s could not be erased.", kind.key)
