"""Says by when a request submitted on a day has to be answered, and how that day is worked out."""

import argparse
from datetime import MINYEAR, date
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inforequests.deadlines import PROTOCOL_CODE, PROTOCOL_RULE, Calendar, DeadlineError, Rule, due
from inforequests.models import DeadlineRule

# Beyond the year 9999 there are no dates, and a rule may add to the day.
_LAST_YEAR: Final = 9000


class Command(BaseCommand):
    """Prints the last day first, alone on its line, then the explanation."""

    help = "Print the last day for answering a request submitted on a day, then how it was worked out."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day and, if another than the Protocol's is meant, the rule."""
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("day", help="the day of submission where the authority is, as 2026-01-31")
        parser.add_argument("--rule", default=PROTOCOL_CODE, help=f"the code of a rule (default: {PROTOCOL_CODE})")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        day = self._day(options["day"])
        rule, calendar = self._rule(options["rule"])
        try:
            result = due(rule, day, calendar)
        except DeadlineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(result.last_day.isoformat())
        for line in result.explanation:
            self.stdout.write(str(line))

    def _day(self, text: str) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise CommandError(
                f"“{text}” is no day. Write year, month and day with hyphens, for example 2026-01-31."
            ) from error
        if not MINYEAR < day.year <= _LAST_YEAR:
            raise CommandError(f"The year {day.year} is too far away: write a day of our time.")
        return day

    def _rule(self, code: str) -> tuple[Rule, Calendar | None]:
        if code == PROTOCOL_CODE:
            return PROTOCOL_RULE, None  # the law itself: it needs no database
        row = DeadlineRule.objects.select_related("calendar").filter(code=code).first()
        if row is None:
            known = ", ".join(sorted({PROTOCOL_CODE, *DeadlineRule.objects.values_list("code", flat=True)}))
            raise CommandError(f"There is no rule “{code}”. The rules are: {known}.")
        return row.as_rule(), row.calendar.as_calendar() if row.calendar else None
