"""Officials and reviewers at their desks, for tests of the admin: signing in, and the address of every act."""

from typing import Any

from django.test import Client

from accounts.roles import Role
from inforequests.acts import Act
from inforequests.models import InformationRequest
from tests.inforequests.factories import person

REQUESTS = "/admin/requests/"
REVIEWS = "/admin/reviews/"
# Every act of an official and the address of its page, after the number of the request.
REQUEST_PAGES = {
    Act.ACKNOWLEDGE: "acknowledge/",
    Act.WRITE_MESSAGE: "message/",
    Act.ANSWER_ITEM: "questions/1/answer/",
    Act.WITHHOLD_ITEM: "questions/1/keep-back/",
    Act.MARK_READY: "ready/",
    Act.SEND_ANSWER: "send/",
    Act.DISCLOSE: "publish/",
    Act.CONCEAL: "conceal/",
}


def sign_in(role: Role | None) -> Client:
    """A browser in which the person with that role has signed in."""
    client = Client()
    client.force_login(person(role))
    return client


def desk(request: InformationRequest, page: str = "") -> str:
    """The address of a request's desk, or of a page below it."""
    return f"{REQUESTS}{request.pk}/{page}"


def sentences(response: Any) -> list[str]:
    """What stands above the form."""
    return [str(error) for error in response.context["form"].non_field_errors()]


def said(response: Any) -> list[str]:
    """What the next page says about what was done."""
    return [str(message).strip() for message in response.context["messages"]]
