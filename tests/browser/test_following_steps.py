"""The steps of following something: each page is accessible, valid, and fits a phone and a desk.

What they do is tested in tests/following. Here Django's test client takes the steps, which needs no server, and each
page is shown in a browser.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from following.enums import Frequency
from following.models import Subscription
from following.tokens import Purpose, new_token
from tests.browser.looking import Camera
from tests.following.factories import asked, following
from tests.following.subjects import bridges
from tracking.guards import new_seal

pytestmark = pytest.mark.django_db
FOLLOWING = "/ru/following"


@pytest.fixture(autouse=True)
def _bridges() -> Iterator[None]:
    """Something to follow."""
    with bridges():
        yield


def confirming(subscription: Subscription) -> str:
    """The token of the letter that asks for a yes."""
    said = {"asking": subscription.asking, "frequency": Frequency.DAILY.value, "language": "ru"}
    return new_token(Purpose.CONFIRM, subscription, **said)


def test_asking_and_the_yes(client: Client, photograph: Camera) -> None:
    wrong = {"seal": new_seal(), "email": "aino", "frequency": "never"}
    photograph.received(client.post(f"{FOLLOWING}/follow/bridge/?key=old", wrong), "mistaken-wish")
    subscription = asked()
    token = confirming(subscription)
    photograph.received(client.get(f"{FOLLOWING}/confirm/", {"token": token}), "question")
    done = client.post(f"{FOLLOWING}/confirm/", {"token": token}, follow=True)
    photograph.received(done, "followed")
    photograph.received(client.get(f"{FOLLOWING}/confirm/", {"token": token}), "answered-already")
    photograph.received(client.get(f"{FOLLOWING}/mine/{subscription.pk}/"), "change-or-stop")


def test_stopping_and_undoing_it(client: Client, photograph: Camera) -> None:
    at = timezone.now() - timedelta(days=1)
    subscription = following(at=at)
    following("new", at=at)
    everything = f"{FOLLOWING}/stop/?token={new_token(Purpose.STOP, subscription)}"
    photograph.received(client.get(everything), "stop-everything")
    photograph.received(client.post(everything), "stopped-everything")
    client.get(f"{FOLLOWING}/open/", {"token": new_token(Purpose.MANAGE, subscription)})
    photograph.received(client.get(f"{FOLLOWING}/mine/"), "stopped-and-to-be-taken-up")
    [stopped_at] = set(Subscription.objects.stopped().values_list("stopped_at", flat=True))
    undo = new_token(Purpose.RESUME, subscription, at=str(stopped_at), one=False)
    photograph.received(client.post(f"{FOLLOWING}/resume/", {"token": undo}), "undone")


def test_asking_for_a_link(client: Client, photograph: Camera) -> None:
    wrong = {"seal": new_seal(), "email": "x"}
    photograph.received(client.post(f"{FOLLOWING}/mine/", wrong), "mistaken-address")
