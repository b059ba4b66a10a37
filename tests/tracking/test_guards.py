"""Seals on forms, and who may see a case without an account: whoever gave its key, in this browser, for two hours."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tracking.grants import COOKIE, forget, grant, granted_key
from tracking.guards import count_from, count_wrong_guess, guessing_too_much, new_seal, read_seal
from tracking.numbers import new_secret, new_tracking_number, secret_digest

AT = datetime.now(UTC).replace(microsecond=0)


@dataclass
class Case:
    """Something with a number and the digest of its key."""

    tracking_number: str
    secret_digest: str


def case() -> tuple[Case, str]:
    number, key = new_tracking_number("R"), new_secret()
    return Case(number, secret_digest(key, number)), key


class TestSeals:
    def test_a_seal_says_when_it_was_given_out_and_no_two_are_alike(self) -> None:
        first, second = read_seal(new_seal(AT)), read_seal(new_seal(AT))
        assert first is not None
        assert second is not None
        assert first.issued_at == second.issued_at == AT
        assert first.token != second.token

    @pytest.mark.parametrize("text", ["", "forged", "a:b:c", "\x00"])
    def test_what_we_did_not_seal_says_nothing(self, text: str) -> None:
        assert read_seal(text) is None


class TestGrants:
    def test_a_browser_keeps_the_key_it_was_given_until_it_is_told_to_forget(self, rf: RequestFactory) -> None:
        subject, key = case()
        response = HttpResponse()
        grant(rf.get("/"), response, subject.tracking_number, key)
        request = rf.get("/")
        request.COOKIES[COOKIE] = response.cookies[COOKIE].value
        assert granted_key(request, subject) == key

        forget(response)
        request.COOKIES[COOKIE] = response.cookies[COOKIE].value
        assert granted_key(request, subject) == ""

    def test_the_key_of_one_case_opens_no_other(self, rf: RequestFactory) -> None:
        mine, key = case()
        theirs, _their_key = case()
        response = HttpResponse()
        grant(rf.get("/"), response, theirs.tracking_number, key)
        request = rf.get("/")
        request.COOKIES[COOKIE] = response.cookies[COOKIE].value

        assert granted_key(request, mine) == ""
        assert granted_key(request, theirs) == ""

    def test_the_cookie_is_out_of_reach_of_scripts(self, rf: RequestFactory) -> None:
        response = HttpResponse()
        grant(rf.get("/"), response, "R-0000", "key")

        assert (response.cookies[COOKIE]["httponly"], response.cookies[COOKIE]["samesite"]) == (True, "Lax")


class TestCounting:
    def test_ten_wrong_guesses_are_enough(self, rf: RequestFactory) -> None:
        request = rf.get("/")
        for _guess in range(9):
            count_wrong_guess(request)
        assert not guessing_too_much(request)
        count_wrong_guess(request)
        assert guessing_too_much(request)

    def test_each_thing_is_counted_by_itself(self, rf: RequestFactory) -> None:
        request = rf.get("/")
        counted = [count_from(request, what, 60) for what in ("a", "b", "a")]
        assert counted == [1, 1, 2]


def test_a_month_old_form_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    seal = new_seal(AT)
    moment = AT.timestamp() + timedelta(days=31).total_seconds()
    monkeypatch.setattr("django.core.signing.time.time", lambda: moment)

    assert read_seal(seal) is None
