"""Aino, who has sent a comment, asked for information and passed an assessment; Bo, who has nothing to do with her."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.test import Client

from consultations.domain.intake import Sent as SentComment
from consultations.domain.intake import receive_submission
from consultations.enums import PublicationPreference
from consultations.models import Docket
from inforequests.domain import Sent as SentRequest
from privacy.holdings import Held, Proof
from privacy.proofs import COOKIE as ADDRESS
from privacy.proofs import remember_address
from tests.inforequests.factories import ask
from tracking.grants import COOKIE as KEYS
from tracking.grants import grant

NAME: Final = "Aino Unmistakable"
ORGANISATION: Final = "Friends of the Velma"
ADDRESS_OF_AINO: Final = "aino.unmistakable@mail.example"
POSTAL: Final = "17 Unfindable Lane\nVelmaton"
NAME_OF_BO: Final = "Bo Bystander"
ADDRESS_OF_BO: Final = "bo.bystander@mail.example"

READS = Proof(addresses=frozenset({ADDRESS_OF_AINO}))
BO_READS = Proof(addresses=frozenset({ADDRESS_OF_BO}))


def comment(docket: Docket, *, at: datetime, email: str = ADDRESS_OF_AINO, name: str = NAME) -> SentComment:
    """A comment with a name and an address."""
    return receive_submission(
        docket,
        language="en",
        publication_preference=PublicationPreference.WITH_NAME,
        text="Please measure monthly.",
        name=name,
        organisation=ORGANISATION if name == NAME else "",
        email=email,
        at=at,
    )


def request_of_aino(*, at: datetime) -> SentRequest:
    """A request with all that one can say about oneself."""
    return ask(name=NAME, email=ADDRESS_OF_AINO, postal_address=POSTAL, at=at)


def holds(sent: SentComment | SentRequest) -> Proof:
    """Whoever has the key of a comment or a request."""
    subject = sent.submission if isinstance(sent, SentComment) else sent.request
    return Proof(keys={subject.tracking_number: sent.secret})


def of_kind(found: list[Held], key: str) -> Held:
    """The one thing of a kind among those found."""
    (held,) = [each for each in found if each.holding.key == key]
    return held


def prove_address(client: Client, address: str) -> None:
    """Give a browser what a link that was pressed gives it."""
    response = HttpResponse()
    remember_address(response, address)
    client.cookies[ADDRESS] = response.cookies[ADDRESS].value


def give_key(client: Client, number: str, key: str) -> None:
    """Give a browser what typing number and key gives it."""
    response = HttpResponse()
    grant(HttpRequest(), response, number, key)
    client.cookies[KEYS] = response.cookies[KEYS].value
