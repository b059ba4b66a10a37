"""What the API says of requests: the disclosure log, and the numbers of all of them; nothing about anybody."""

from datetime import date, datetime

from django.conf import settings
from ninja import Field, Schema

from inforequests.models import Disclosure


class WithheldOut(Schema):
    """What is kept back of an answer, on which ground and why (Art. 12)."""

    type: str
    ground: str
    article: str
    reason: str
    is_lifted: bool


class ItemOut(Schema):
    """One question and the answer to it."""

    number: int
    question: str
    pollutant: str | None = Field(description="reporting code, as in the register")
    facility: str | None = Field(description="register number of the facility")
    disposition: str = Field(
        description="provided, provided_in_part, withheld, already_public, not_in_register; undecided after a review"
    )
    answer: str
    language: str
    public_url: str
    answered_at: datetime | None
    withheld: list[WithheldOut]


class DisclosureOut(Schema):
    """A published request, as in a list."""

    tracking_number: str
    title: str
    submitted_at: datetime
    published_at: datetime
    url: str

    @staticmethod
    def resolve_tracking_number(entry: Disclosure) -> str:
        """The number of the request."""
        return entry.request.tracking_number

    @staticmethod
    def resolve_submitted_at(entry: Disclosure) -> datetime:
        """When it was asked."""
        return entry.request.submitted_at

    @staticmethod
    def resolve_url(entry: Disclosure) -> str:
        """The address of its page."""
        return f"{settings.BASE_URL}{entry.get_absolute_url()}"


class DisclosureDetailOut(Schema):
    """A published request with its questions and answers."""

    tracking_number: str
    title: str
    submitted_at: datetime
    published_at: datetime
    url: str
    items: list[ItemOut]


class CountsOut(Schema):
    """How many requests there are, and where they stand."""

    received: int
    open: int
    answered: int
    ignored: int = Field(description="of the open ones, those whose last day is over")
    reopened: int = Field(description="of the open ones, those that were answered and that a review has opened again")


class DeadlineOut(Schema):
    """The last day for a request submitted on a day, and how it was worked out."""

    submitted_on: date
    rule: str
    last_day: date
    explanation: list[str]
