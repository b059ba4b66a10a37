"""What somebody reads when something cannot be done: accessible, valid, in their language, on a phone and on a desk.

Django's test client meets the errors, which needs no server that breaks; each page is shown in a browser. Pages that
are not found and the page of a closed site are among the kinds (tests/browser/kinds.py).
"""

from typing import NoReturn

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path

from portal import urls
from tests.accounts.factories import PersonFactory
from tests.browser.looking import Camera, Received

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
handler400, handler500 = urls.handler400, urls.handler500
FRENCH, RUSSIAN = {"accept-language": "fr"}, {"accept-language": "ru"}
TRACK = "/fr/consultations/track/"


def breaks(request: HttpRequest) -> NoReturn:
    raise RuntimeError("This address breaks, so that its visitors' page can be seen.")


def withdrawn(request: HttpRequest) -> HttpResponse:
    return render(request, "410.html", status=410)


urlpatterns = [path("breaks/", breaks), path("withdrawn/", withdrawn), *urls.urlpatterns]


def test_the_answers_to_what_cannot_be_done(photograph: Camera) -> None:
    answers = {
        "not-understood": (400, Client().get("/ru/", headers={"host": "elsewhere.example"})),
        "not-allowed": (403, opens_the_style_guide()),
        "without-a-token": (403, Client(enforce_csrf_checks=True).post(TRACK, {"number": "C-7KQ2-M4XD-9"})),
        "withdrawn": (410, Client().get("/withdrawn/", headers=RUSSIAN)),
        "too-large": (413, sends_too_much()),
        "too-many": (429, guesses_eleven_times()),
        "broken": (500, Client(raise_request_exception=False).get("/breaks/", headers=FRENCH)),
    }
    assert {name: response.status_code for name, (_status, response) in answers.items()} == {
        name: status for name, (status, _response) in answers.items()
    }
    for name, (_status, response) in answers.items():
        photograph.received(response, name)


def opens_the_style_guide() -> Received:
    """A learner opens what is for those who work here."""
    learner = Client(headers=FRENCH)
    learner.force_login(PersonFactory.create())
    return learner.get("/styleguide/")


def sends_too_much() -> Received:
    """Somebody says that more comes than the site accepts."""
    return Client().generic("POST", TRACK, b"", CONTENT_LENGTH=str(settings.UPLOAD_BYTES + 1))


def guesses_eleven_times() -> Received:
    """A stranger tries numbers and keys."""
    stranger = Client()
    for _guess in range(10):
        stranger.post(TRACK, {"number": "C-7KQ2-M4XD-9", "key": "wrong"})
    return stranger.post(TRACK, {"number": "C-7KQ2-M4XD-9", "key": "wrong"})
