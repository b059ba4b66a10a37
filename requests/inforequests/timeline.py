"""The record of events, told as the lines of a timeline."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from design.formats import format_date_long
from inforequests.domain.records import REQUEST
from inforequests.enums import Limb, ReviewOutcome, ReviewStage, Verb
from inforequests.models import InformationRequest
from ledger.domain import PUBLIC_ACTOR, SYSTEM_ACTOR
from ledger.models import Entry

# What the requester reads about the own request; what is only drafted is nobody's news.
_TO_REQUESTER: Final[dict[Verb, Promise]] = {
    Verb.SUBMITTED: gettext_lazy("Your request was submitted."),
    Verb.ACKNOWLEDGED: gettext_lazy("The authority acknowledged your request. That is not the answer yet."),
    Verb.MESSAGE_SENT: gettext_lazy("The authority wrote you a message."),
    Verb.MESSAGE_RECEIVED: gettext_lazy("You wrote a message."),
    Verb.SENT: gettext_lazy("You were sent an answer."),
    Verb.DUE_PASSED: gettext_lazy("The last day passed without a complete answer. You can ask for a review."),
    Verb.REVIEW_OPENED: gettext_lazy("You asked for a review."),
    Verb.PRIVACY_CHANGED: gettext_lazy("You chose who may read question and answer."),
    Verb.WITHDRAWN: gettext_lazy("You withdrew the request."),
    Verb.IDENTITY_ERASED: gettext_lazy("Your name and your addresses were erased; question and answer stay."),
}
_DRAFTED: Final = frozenset({Verb.ITEM_ANSWERED, Verb.ITEM_WITHHELD, Verb.ANSWER_READY})


def lines_for_public(request: InformationRequest) -> list[dict[str, Any]]:
    """Return what happened to a request, as everybody may read it; one query."""
    entries = _acts(request).public()
    return [_line(entry, str(Verb(entry.verb).label), _("the requester")) for entry in entries]


def line_for_public(entry: Entry) -> str:
    """Return one public act in a sentence."""
    return str(_line(entry, str(Verb(entry.verb).label), _("the requester"))["text"])


def lines_for_requester(request: InformationRequest) -> list[dict[str, Any]]:
    """Return what happened to a request, as its requester may read it; one query."""
    entries = _acts(request)
    told = [entry for entry in entries if Verb(entry.verb) not in _DRAFTED]
    return [_line(entry, str(_TO_REQUESTER.get(Verb(entry.verb), Verb(entry.verb).label)), _("you")) for entry in told]


def lines_for_officials(request: InformationRequest) -> list[dict[str, Any]]:
    """Return everything that happened to a request, drafts included; one query."""
    entries = _acts(request)
    return [_line(entry, str(Verb(entry.verb).label), _("the requester")) for entry in entries]


def _acts(request: InformationRequest) -> Any:
    """Return the entries about a request whose verbs are in use; of others the pages of the record tell."""
    return Entry.objects.about(REQUEST, request.tracking_number).filter(verb__in=Verb.values)


def _line(entry: Entry, text: str, requester: str) -> dict[str, Any]:
    reviewing = entry.verb in {Verb.REVIEW_ADVANCED, Verb.REVIEW_DECIDED}
    official = _("the review body") if reviewing else _("the authority")
    actors = {PUBLIC_ACTOR: requester, SYSTEM_ACTOR: _("the system")}
    return {
        "instant": entry.instant,
        "actor": actors.get(entry.actor_role, official),
        "text": f"{text} {_more(entry)}".strip(),
    }


def _more(entry: Entry) -> str:
    """Return what an entry's facts add to its sentence."""
    say = _MORE.get(Verb(entry.verb))
    return say(entry.facts) if say else ""


def _day(facts: Mapping[str, Any], name: str) -> str:
    return format_date_long(date.fromisoformat(facts[name]))


def _submitted(facts: Mapping[str, Any]) -> str:
    if "last_day" not in facts:
        return ""
    return _("The last day for the answer was set to %(day)s.") % {"day": _day(facts, "last_day")}


def _sent(facts: Mapping[str, Any]) -> str:
    said = []
    if facts["in_part"]:
        said.append(_("It answers part of the questions; the others are still to be answered."))
    if facts.get("complied"):
        said.append(_("With it the authority did what the review had decided."))
    return " ".join(said)


def _decided(facts: Mapping[str, Any]) -> str:
    said = [_("Outcome: %(outcome)s.") % {"outcome": ReviewOutcome(facts["outcome"]).label}]
    if "reopened" in facts:
        numbers = ", ".join(map(str, facts["reopened"]))
        again = ngettext(
            "The request was re-opened: question %(numbers)s has to be answered anew by %(day)s.",
            "The request was re-opened: questions %(numbers)s have to be answered anew by %(day)s.",
            len(facts["reopened"]),
        )
        said.append(again % {"numbers": numbers, "day": _day(facts, "comply_by")})
    return " ".join(said)


def _concealed(facts: Mapping[str, Any]) -> str:
    # Where the authority took it from publication, no choice of the requester is among the facts.
    return _("The requester chose so.") if "privacy" in facts else ""


_MORE: Final[Mapping[Verb, Callable[[Mapping[str, Any]], str]]] = {
    Verb.SUBMITTED: _submitted,
    Verb.SENT: _sent,
    Verb.CONCEALED: _concealed,
    Verb.REVIEW_OPENED: lambda facts: _("Reason: %(reason)s.") % {"reason": Limb(facts["limb"]).label},
    Verb.REVIEW_ADVANCED: lambda facts: _("Stage: %(stage)s.") % {"stage": ReviewStage(facts["stage"]).label},
    Verb.REVIEW_DECIDED: _decided,
}
