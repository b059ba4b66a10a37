"""What waits for an official or a reviewer, on the first page of the admin; and the count in the menu."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem

from design.desk.waiting import Waiting
from design.formats import date_of, format_number
from inforequests.acts import Act
from inforequests.admin.listing import due_soon, running, with_standing, with_unread_message
from inforequests.deadlines import in_timeliness
from inforequests.enums import Stage, Timeliness
from inforequests.models import Clock, DeadlineRule, Ground, InformationRequest, ReviewBody, ReviewCase
from inforequests.permissions import user_can_read_rules, user_can_set_rules, user_has_role_for

# A last day that is promised today may lie so far ahead, and holidays take their time to be entered.
_AHEAD: Final = timedelta(days=62)


def waiting_for(person: Any, at: datetime) -> list[Waiting]:
    """Return what waits for a person at an instant; what is empty is left out."""
    requests = with_standing(InformationRequest.objects.all())
    ignored = requests.filter(in_timeliness(Timeliness.IGNORED, at, prefix="standing__"))
    counts: list[tuple[Act, Callable[[int], str], QuerySet[Any], str, bool]] = [
        (Act.READ_REQUESTS, _ignored, running(ignored), _listed("due", Timeliness.IGNORED), True),
        (
            Act.READ_REQUESTS,
            _due_today,
            requests.filter(in_timeliness(Timeliness.DUE_TODAY, at, prefix="standing__")),
            _listed("due", Timeliness.DUE_TODAY),
            True,
        ),
        (Act.READ_REQUESTS, _due_soon, due_soon(requests), _listed("due", "soon"), False),
        (Act.ACKNOWLEDGE, _new, requests.filter(stage=Stage.RECEIVED), _listed("stands_at", Stage.RECEIVED), False),
        (Act.WRITE_MESSAGE, _unread, with_unread_message(requests), _listed("waits_for", "message"), False),
        (Act.SEND_REFUSAL, _ready, requests.filter(stage=Stage.DECIDED), _listed("stands_at", Stage.DECIDED), False),
        (Act.DISCLOSE, _disclosable, requests.disclosable(), _listed("waits_for", "disclosure"), False),
        (Act.READ_CASE, _cases, ReviewCase.objects.open().before(person), reverse("reviews:index"), False),
    ]
    found = missing_rules(person, at)
    for act, words, queryset, url, is_pressing in counts:
        if user_has_role_for(person, act) and (count := queryset.count()):
            found.append(Waiting(words(count) % {"count": format_number(count)}, url, is_pressing))
    return found


def missing_rules(person: Any, at: datetime) -> list[Waiting]:
    """Return what the site does not know yet of the law of the Party, for those who handle requests or enter it."""
    if not (user_has_role_for(person, Act.READ_REQUESTS) or user_can_read_rules(person)):
        return []
    may_enter = user_can_set_rules(person)
    found: list[Waiting] = []
    if not ReviewBody.objects.active().exists():
        if may_enter:
            said = _("No review body is entered yet: requesters cannot ask for a review here. Enter one.")
            found.append(Waiting(said, reverse("review_bodies:add"), is_pressing=True))
        else:
            said = _(
                "No review body is entered yet: requesters cannot ask for a review here. "
                "An administrator has to enter one."
            )
            found.append(Waiting(said))
    if not may_enter:
        return found
    nameless = sum(not ground.legal_basis_en for ground in Ground.objects.active())
    if nameless:
        found.append(Waiting(_nameless(nameless) % {"count": format_number(nameless)}, reverse("grounds:index")))
    rule = DeadlineRule.objects.in_force(date_of(at)).select_related("calendar").first()
    if rule and rule.calendar and rule.as_rule().needs_calendar:
        lacking = {date_of(at).year, date_of(at + _AHEAD).year} - set(rule.calendar.years)
        if lacking:
            said = _("The calendar %(calendar)s holds no holidays of %(years)s: enter its next version.")
            words = said % {"calendar": rule.calendar, "years": ", ".join(map(str, sorted(lacking)))}
            address = f"{reverse('holiday_calendars:add')}?after={rule.calendar.pk}"
            found.append(Waiting(words, address, is_pressing=True))
    return found


def due_count(at: datetime | None = None) -> int:
    """Return how many requests are due today or were not answered in time; one query over the running clocks."""
    moment = at or timezone.now()
    states = in_timeliness(Timeliness.IGNORED, moment) | in_timeliness(Timeliness.DUE_TODAY, moment)
    return Clock.objects.current().running().filter(states).count()


class DueMenuItem(MenuItem):
    """The entry of the menu, with the count of what is due today or overdue."""

    def render_component(self, request: Any) -> Any:
        """Add the count to the words."""
        component = super().render_component(request)
        count = due_count()
        if count:
            component.label = ngettext("%(label)s (%(count)s due)", "%(label)s (%(count)s due)", count) % {
                "label": self.label,
                "count": format_number(count),
            }
        return component


def _listed(name: str, value: str) -> str:
    return f"{reverse('requests:index')}?{name}={value}"


def _nameless(count: int) -> str:
    return ngettext(
        "%(count)s ground for keeping back names no provision of national law.",
        "%(count)s grounds for keeping back name no provision of national law.",
        count,
    )


def _ignored(count: int) -> str:
    return ngettext(
        "%(count)s request was not answered in time.", "%(count)s requests were not answered in time.", count
    )


def _due_today(count: int) -> str:
    return ngettext("%(count)s request is due today.", "%(count)s requests are due today.", count)


def _due_soon(count: int) -> str:
    return ngettext("%(count)s request is due within a week.", "%(count)s requests are due within a week.", count)


def _new(count: int) -> str:
    return ngettext("%(count)s request waits to be acknowledged.", "%(count)s requests wait to be acknowledged.", count)


def _unread(count: int) -> str:
    return ngettext(
        "%(count)s request has an unread message from the requester.",
        "%(count)s requests have unread messages from their requesters.",
        count,
    )


def _ready(count: int) -> str:
    return ngettext(
        "%(count)s answer is ready and waits to be sent.", "%(count)s answers are ready and wait to be sent.", count
    )


def _disclosable(count: int) -> str:
    return ngettext(
        "%(count)s answer can be published: the requester agrees.",
        "%(count)s answers can be published: their requesters agree.",
        count,
    )


def _cases(count: int) -> str:
    return ngettext("%(count)s review waits for a decision.", "%(count)s reviews wait for a decision.", count)
