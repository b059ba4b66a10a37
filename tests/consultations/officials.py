"""Officials at their desks, for tests of the admin: signing in, and what a form would send."""

from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from consultations.acts import Act
from consultations.models import Docket
from tests.consultations.factories import DocketFactory, OfficialFactory

DESKS = "/admin/consultations/"
SUBMISSIONS = "/admin/submissions/"
# Every act and the address of its page, after the number of the docket or the submission.
DOCKET_PAGES = {
    Act.CHANGE_DOCKET: "change/",
    Act.PUBLISH_DOCKET: "publish/",
    Act.EXTEND_PERIOD: "extend/",
    Act.REOPEN_DOCKET: "reopen/",
    Act.DISCONTINUE_DOCKET: "discontinue/",
    Act.RECORD_SUBMISSION: "enter/",
    Act.PUBLISH_RESPONSES: "answers/publish/",
    Act.DRAFT_DECISION: "decision/",
    Act.PUBLISH_DECISION: "decision/publish/",
}
SUBMISSION_PAGES = {
    Act.MARK_READ: "read/",
    Act.PUBLISH_SUBMISSION: "publish/",
    Act.WITHHOLD_SUBMISSION: "withhold/",
    Act.DECIDE_ADMISSIBILITY: "admissibility/",
    Act.ADD_POINT: "point/",
    Act.ANSWER_POINT: "",
}


def consultation(**traits: Any) -> Docket:
    """A docket whose stage is that of this instant: pages read the real clock."""
    return DocketFactory.create(around=timezone.now(), **traits)


def sign_in(role: Role | None, *, name: str = "Olga") -> Client:
    """A browser in which somebody with that role has signed in."""
    client = Client()
    client.force_login(official(role, name=name))
    return client


def official(role: Role | None, *, name: str = "Olga") -> User:
    """Somebody with that role."""
    return OfficialFactory.create(role=role, first_name=name, last_name="Official")


def sent_by(form: Any) -> dict[str, str]:
    """What a browser would send if somebody pressed the button of this form and had changed nothing."""
    data = {}
    for field in form:
        value = field.field.widget.format_value(field.value())
        if isinstance(value, list):
            value = value[0] if value else ""
        if value not in (None, False):
            data[field.html_name] = str(value)
    for formset in getattr(form, "formsets", {}).values():
        data |= sent_by(formset.management_form)
        for number, row in enumerate(formset.forms, start=1):
            data |= sent_by(row) | {f"{row.prefix}-ORDER": str(number)}
            data.pop(f"{row.prefix}-DELETE", None)
    return data


def a_row(prefix: str, number: int, **fields: object) -> dict[str, str]:
    """The fields of one row of a list in a form."""
    numbered = {"ORDER": number + 1, "id": "", **fields}
    return {f"{prefix}-{number}-{name}": str(value) for name, value in numbered.items()}


def in_three_languages(words_by_field: Mapping[str, str]) -> dict[str, str]:
    """The same words in each language, marked with its code."""
    return {
        f"{field}_{code}": f"{words} ({code})" for field, words in words_by_field.items() for code in ("en", "fr", "ru")
    }


def sentences(response: Any) -> str:
    """The page with each run of spaces as one, non-breaking ones among them; compare with `plain(…)`."""
    return plain(response.content.decode())


def plain(text: str) -> str:
    """A text with each run of spaces as one."""
    return " ".join(text.split())
