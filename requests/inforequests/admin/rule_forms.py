"""The forms of what the law of the Party says: who reviews, which provisions, which time limits, which holidays."""

import re
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from typing import Any, Final

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminAutoHeightTextInput

from accounts.permissions import has_role
from accounts.roles import Role
from design.desk.conflicts import ConflictAwareMixin
from design.desk.panels import languages
from design.forms import PlainForm
from design.phrases import labelled
from inforequests.acts import ROLES_FOR, Act
from inforequests.enums import RuleUnit
from inforequests.models import HolidayCalendar

# Whoever handles or decides requests does not review them (Art. 14(1): independent and impartial).
_OF_THE_AUTHORITY: Final = ROLES_FOR[Act.ANSWER_ITEM] | ROLES_FOR[Act.SEND_REFUSAL]
# The longest that a month can be, in each unit.
_LONGEST: Final = {RuleUnit.MONTH: 1, RuleUnit.CALENDAR_DAY: 31, RuleUnit.WORKING_DAY: 23}
_YEARS: Final = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")
_MOST_YEARS: Final = 100


def reviewers() -> QuerySet[Any]:
    """Return the people who have the role of a reviewer."""
    return get_user_model().objects.filter(groups__name=Role.REVIEWER, is_active=True).order_by("email").distinct()


class MembersField(forms.ModelMultipleChoiceField):
    """The members of a review body, by name and address."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": _("Only people who have the role of a reviewer can be members of a review body.")
    }

    def label_from_instance(self, person: Any) -> str:
        """Return who it is."""
        return labelled(person.get_full_name(), person.email) if person.get_full_name() else str(person.email)


class BodyForm(ConflictAwareMixin, WagtailAdminModelForm):
    """A review body: somebody who is not the authority, and who can be reached."""

    members = MembersField(queryset=get_user_model().objects.none(), label=_("Members"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = self.fields["members"]
        members.queryset = reviewers()  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        if members.queryset.exists():  # type: ignore[attr-defined]  # the same
            members.help_text = _now("Reviewers who see the cases of this body, and no other request.")
        else:
            members.help_text = _now(
                "Nobody has the role of a reviewer yet. Give it to the members under Settings, Users; "
                "then choose them here."
            )

    def clean_members(self) -> Any:
        """Refuse who works for the authority too."""
        members = self.cleaned_data["members"]
        dependent = [str(person) for person in members if has_role(person, *_OF_THE_AUTHORITY)]
        if dependent:
            raise ValidationError(
                _now(
                    "%(people)s also handles or decides requests here. A review body is independent of the authority "
                    "(Art. 14(1)): take the other roles away first, or choose somebody else."
                )
                % {"people": ", ".join(dependent)}
            )
        return members

    def clean(self) -> dict[str, Any] | None:
        """Insist on somebody to read the cases that come in here."""
        cleaned = super().clean()
        if self.cleaned_data.get("receives_here") and "members" not in self.errors and not self._has_members():
            self.add_error(
                "members",
                _now(
                    "Choose at least one member: a case that comes in through this site has to be read by somebody. "
                    "Or untick “takes cases through this site”."
                ),
            )
        return cleaned

    def _has_members(self) -> bool:
        return bool(self.cleaned_data.get("members"))


class GroundForm(ConflictAwareMixin, WagtailAdminModelForm):
    """The national provision of one of the five grounds."""

    def clean(self) -> dict[str, Any] | None:
        """Insist on the provision of a ground that is used."""
        cleaned = super().clean()
        if self.cleaned_data.get("is_active") and not self.cleaned_data.get("legal_basis_en"):
            self.add_error(
                "legal_basis_en",
                _now(
                    "Name the provision of national law that lets the authority use this ground, "
                    "or untick “may be used”: the Protocol alone keeps nothing back."
                ),
            )
        return cleaned


class RuleForm(ConflictAwareMixin, WagtailAdminModelForm):
    """A time limit of national law: never longer than the Protocol's, and fixed once somebody relies on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = self.instance.fixed_fields if self.instance.pk else frozenset()
        for name, field in self.fields.items():
            field.disabled = field.disabled or name in fixed

    def clean_amount(self) -> int:
        """Refuse a time limit of no length, and one that is longer than a month."""
        amount: int = self.cleaned_data["amount"]
        if amount < 1:
            raise ValidationError(_now("A time limit lasts at least one month or one day."))
        unit = self.cleaned_data.get("unit")
        if unit and amount > _LONGEST[RuleUnit(unit)]:
            raise ValidationError(
                _now(
                    "The Protocol gives the authority one month at most (Art. 11(2)): a national rule may only be "
                    "quicker. In this unit that is %(longest)s."
                )
                % {"longest": _LONGEST[RuleUnit(unit)]}
            )
        return amount

    def clean_in_force_until(self) -> date | None:
        """Refuse an end before the beginning."""
        begins, ends = self.cleaned_data.get("in_force_from"), self.cleaned_data["in_force_until"]
        if begins and ends and ends < begins:
            raise ValidationError(_now("A rule ends after it has come into force: choose a later day, or none."))
        return ends


class CalendarForm(PlainForm, WagtailAdminModelForm):
    """A new version of a calendar, as people write one: years, and a line for each holiday."""

    years_covered = forms.CharField(
        label=_("Years covered"),
        max_length=200,
        help_text=_("For example “2026 2027” or “2026–2028”. No last day is promised in any other year."),
    )
    days = forms.CharField(
        label=_("Holidays"),
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 12}),
        help_text=_("One to a line, as 2026-12-25. Saturdays and Sundays need not be named."),
    )

    def clean_years_covered(self) -> list[int]:
        """Read the years."""
        text: str = self.cleaned_data["years_covered"]
        years: set[int] = set()
        for first, last in _YEARS.findall(text):
            years.update(range(int(first), min(int(last or first), int(first) + _MOST_YEARS) + 1))
        if not years or re.sub(r"[\s,;]", "", _YEARS.sub("", text)):
            raise ValidationError(_now("Write the years with four digits, for example “2026 2027” or “2026–2028”."))
        if not all(MINYEAR <= year <= MAXYEAR for year in years):
            raise ValidationError(_now("Write the years with four digits, for example “2026 2027” or “2026–2028”."))
        return sorted(years)

    def clean_days(self) -> list[str]:
        """Read the holidays; every line that is no day is named at once."""
        lines = [line.strip() for line in self.cleaned_data["days"].splitlines() if line.strip()]
        wrong = [line for line in lines if not _is_day(line)]
        if wrong:
            raise ValidationError(
                _now("No day: %(lines)s. Write year, month and day with hyphens, one to a line, as 2026-12-25.")
                % {"lines": ", ".join(f"“{line}”" for line in wrong)}
            )
        return sorted(set(lines))

    def clean(self) -> dict[str, Any] | None:
        """Refuse a holiday of a year that the calendar does not cover: it would count for nothing."""
        cleaned = super().clean()
        years, days = self.cleaned_data.get("years_covered"), self.cleaned_data.get("days")
        outside = _outside(days, years) if years and days else []
        if outside:
            self.add_error(
                "days",
                _now("Not in the years that the calendar covers: %(days)s. Add the year, or take the day away.")
                % {"days": ", ".join(outside)},
            )
        return cleaned

    def save(self, commit: bool = True) -> HolidayCalendar:
        """Store it as the next version of its calendar."""
        calendar: HolidayCalendar = self.instance
        calendar.years, calendar.holidays = self.cleaned_data["years_covered"], self.cleaned_data["days"]
        calendar.version = next_version(calendar.code)
        stored: HolidayCalendar = super().save(commit=commit)
        return stored


def next_version(code: str) -> int:
    """Return the number of the next version of a calendar."""
    latest = HolidayCalendar.objects.filter(code=code).aggregate(latest=Max("version"))["latest"]
    return (latest or 0) + 1


def _is_day(line: str) -> bool:
    try:
        return date.fromisoformat(line).isoformat() == line
    except ValueError:
        return False


def _outside(days: Iterable[str], years: Iterable[int]) -> list[str]:
    covered = set(years)
    return [day for day in days if date.fromisoformat(day).year not in covered]


BODY_PANELS: Final = ObjectList(
    [
        FieldPanel("route"),
        MultiFieldPanel([languages("name"), languages("legal_basis"), languages("how")], heading=_("Texts")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("website"), FieldPanel("email")])], heading=_("Contact")),
        FieldPanel("window_days"),
        MultiFieldPanel([FieldPanel("receives_here"), FieldPanel("members")], heading=_("Cases through this site")),
        FieldRowPanel([FieldPanel("is_active"), FieldPanel("sort_order")]),
    ],
    base_form_class=BodyForm,
)
GROUND_PANELS: Final = ObjectList(
    [
        MultiFieldPanel(
            [languages("legal_basis")],
            heading=_("National provision"),
            help_text=_("Beside the ground of Art. 12(1), every answer that keeps something back on it names this."),
        ),
        FieldPanel("is_active"),
    ],
    base_form_class=GroundForm,
)
RULE_PANELS: Final = ObjectList(
    [
        FieldPanel(
            "code", help_text=_("A short name, such as national-2027. It stands in the record of each request.")
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("unit"), FieldPanel("amount")])], heading=_("How long")),
        MultiFieldPanel(
            [FieldPanel("roll"), FieldPanel("calendar")],
            heading=_("Working days"),
            help_text=_("The calendar is needed where the rule counts working days or moves a last day to one."),
        ),
        MultiFieldPanel([languages("citation")], heading=_("Provision")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("in_force_until")])],
            heading=_("In force"),
            help_text=_(
                "Of the rules in force on the day of submission, the one that came into force last governs. "
                "A request that was received keeps its last day whatever is changed here."
            ),
        ),
    ],
    base_form_class=RuleForm,
)
CALENDAR_PANELS: Final = ObjectList(
    [FieldPanel("code"), FieldPanel("years_covered"), FieldPanel("days")], base_form_class=CalendarForm
)
