"""Taking an assessment in the browser, and what a stranger sees of the certificate."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from design.formats import format_date_short
from learning import domain
from learning.models import Attempt, Award, Programme
from tests.learning.factories import (
    NOON,
    LearnerFactory,
    OfficialFactory,
    ProgrammeFactory,
    award,
    read_everything,
    register,
    take,
)
from tracking.numbers import new_tracking_number

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def text_of(response: object) -> str:
    html = response.content.decode()  # type: ignore[attr-defined]  # a response of the test client
    main = html[html.index("<main") : html.index("</main>")]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def answer_all(client: Client, *, right: bool = True) -> None:
    """Answers every question of the paper that is under way, page by page."""
    attempt = Attempt.objects.under_way().get()
    for number, item in enumerate(domain.paper_of(attempt), start=1):
        keys = [option.key for option in item.options if option.is_correct is right]
        client.post(f"/fr/learning/read/assessment/questions/{number}/", {"answer": keys[:1]})


# Taking it -----------------------------------------------------------------------------------------------------------


def test_a_visitor_reads_the_rules_and_is_shown_the_way_in_and_back(client: Client, programme: Programme) -> None:
    page = client.get("/fr/learning/read/assessment/")
    assert "Connectez-vous d’abord" in text_of(page)
    assert 'href="/accounts/login/?next=/fr/learning/read/assessment/"' in page.content.decode()
    assert client.get("/fr/learning/read/assessment/questions/1/").status_code == 302


def test_reading_without_an_account_counts_once_it_is_claimed(client: Client, programme: Programme) -> None:
    for number in range(1, 5):
        client.post(f"/fr/learning/read/units/unit-{number}/done/")
    client.force_login(LearnerFactory())
    started = client.post("/fr/learning/read/assessment/", {"name": "  Éloïse   Ångström ", "claim": "1"})
    assert started.headers["Location"] == "/fr/learning/read/assessment/questions/1/"
    answer_all(client)
    assert "Vérifiez vos réponses" in text_of(client.get("/fr/learning/read/assessment/check/"))
    result = client.post("/fr/learning/read/assessment/check/", follow=True)
    assert "Vous avez réussi" in text_of(result)
    made = Award.objects.get()
    assert (made.holder_name, made.language) == ("Éloïse Ångström", "fr")
    assert made.code in text_of(result)


def test_whoever_passed_without_reading_is_told_which_units_are_missing(client: Client, programme: Programme) -> None:
    client.force_login(LearnerFactory())
    client.post("/en/learning/read/assessment/", {"name": "Ana"})
    answer_all(client)
    result = text_of(client.post("/en/learning/read/assessment/check/", follow=True))
    assert "The certificate follows when you have read these units" in result
    assert Award.objects.count() == 0
    for number in range(1, 5):
        client.post(f"/en/learning/read/units/unit-{number}/done/")
    assert Award.objects.count() == 1


def test_answers_are_kept_page_by_page_and_can_be_changed(client: Client, programme: Programme) -> None:
    client.force_login(LearnerFactory())
    client.post("/en/learning/read/assessment/", {"name": "Ana"})
    item = domain.paper_of(Attempt.objects.get())[0]
    first, second = item.options[1].key, item.options[0].key
    path = "/en/learning/read/assessment/questions/1/"
    assert client.post(path, {"answer": first}).headers["Location"].endswith("/questions/2/")
    assert re.search(rf'value="{first}" checked', client.get(path).content.decode())
    assert client.post(f"{path}?check=1", {"answer": second}).headers["Location"].endswith("/assessment/check/")
    assert Attempt.objects.get().answers["1"]["chosen"] == [second]
    check = text_of(client.get("/en/learning/read/assessment/check/"))
    assert "3 questions have no answer yet" in check


def test_no_choice_is_asked_again_and_nothing_is_stored(client: Client, programme: Programme) -> None:
    client.force_login(LearnerFactory())
    client.post("/en/learning/read/assessment/", {"name": "Ana"})
    page = client.post("/en/learning/read/assessment/questions/1/", {})
    assert "Choose an answer." in text_of(page)
    assert Attempt.objects.get().answers == {}


@pytest.mark.parametrize(("name", "said"), [("", "Write your name"), ("12345", "with letters"), ("x" * 121, "at most")])
def test_a_name_is_needed(client: Client, programme: Programme, name: str, said: str) -> None:
    client.force_login(LearnerFactory())
    assert said in text_of(client.post("/en/learning/read/assessment/", {"name": name}))
    assert Attempt.objects.count() == 0


def test_a_forged_score_changes_nothing(client: Client, programme: Programme) -> None:
    client.force_login(LearnerFactory())
    client.post("/en/learning/read/assessment/", {"name": "Ana"})
    forged = {"right": "4", "of": "4", "passed": "1", "score": "100"}
    result = client.post("/en/learning/read/assessment/check/", forged, follow=True)
    assert "Not passed yet" in text_of(result)
    assert "0 of 4 questions are right" in text_of(result)


def test_a_second_click_on_hand_in_leads_to_the_same_result(client: Client, programme: Programme) -> None:
    client.force_login(LearnerFactory())
    client.post("/en/learning/read/assessment/", {"name": "Ana"})
    answer_all(client)
    first = client.post("/en/learning/read/assessment/check/")
    second = client.post("/en/learning/read/assessment/check/")
    assert first.headers["Location"] == second.headers["Location"] == "/en/learning/read/assessment/results/1/"


def test_a_wrong_paper_is_reviewed_question_by_question(client: Client, programme: Programme) -> None:
    client.force_login(LearnerFactory())
    client.post("/en/learning/read/assessment/", {"name": "Ana"})
    answer_all(client, right=False)
    result = text_of(client.post("/en/learning/read/assessment/check/", follow=True))
    assert result.count("Right would be: Answer 1 (en)") == 4
    assert result.count("Because 2 (en)") == 4
    assert result.count("Read again: unit-1 (en)") == 4
    assert "You can try again from" in result


def test_nobody_sees_another_s_paper_or_certificate(client: Client, programme: Programme) -> None:
    made = award(programme)
    client.force_login(LearnerFactory())
    assert client.get("/en/learning/read/assessment/results/1/").status_code == 404
    assert client.get(f"/en/learning/certificates/{made.code}.pdf").status_code == 404
    assert Client().get(f"/en/learning/certificates/{made.code}.pdf").status_code == 404


def test_the_pdf_is_tagged_has_a_title_and_is_the_same_each_time(client: Client, programme: Programme) -> None:
    person = LearnerFactory()
    made = award(programme, person)
    client.force_login(person)
    for code in ("en", "fr", "ru"):
        first, second = (client.get(f"/{code}/learning/certificates/{made.code}.pdf") for _time in range(2))
        assert first["Content-Type"] == "application/pdf"
        assert first.content == second.content
        assert first.content.startswith(b"%PDF-")
        for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid"):
            assert mark in first.content, mark


# Checking it ---------------------------------------------------------------------------------------------------------


def test_a_stranger_reads_every_printed_field_in_another_language(client: Client, programme: Programme) -> None:
    made = award(programme)
    page = client.get(f"/ru/learning/verify/{made.code}/")
    said = text_of(page)
    for part in (
        "Действителен",
        "Éloïse Ångström",
        "Read a register (ru)",
        "You can read an entry.",
        "верно 4 из 4 вопросов",
        "Чего он не доказывает",
        made.code,
        made.sha256,
    ):
        assert part in said
    assert page["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in page.content.decode()


def test_the_same_address_answers_machines_with_the_same_facts(client: Client, programme: Programme) -> None:
    made = award(programme)
    path = f"/en/learning/verify/{made.code}/"
    by_query = client.get(f"{path}?format=json")
    by_header = client.get(path, headers={"accept": "application/json"})
    assert by_query.json() == by_header.json()
    said = by_query.json()
    assert (said["status"], said["name"], said["right"], said["sha256"]) == ("valid", "Éloïse Ångström", 4, made.sha256)
    assert {name: said[name] for name in made.facts if name in said and name != "code"} == {
        name: value for name, value in made.facts.items() if name not in {"code", "template"}
    }


@pytest.mark.parametrize("typed", ["{code}", "{lower}", "{bare}", " {code} "])
def test_a_code_is_read_however_it_is_typed(client: Client, programme: Programme, typed: str) -> None:
    code = award(programme).code
    asked = typed.format(code=code, lower=code.lower(), bare=code.replace("-", "").lower())
    page = client.get("/en/learning/verify/", {"code": asked}, follow=True)
    assert page.redirect_chain[-1][0] == f"/en/learning/verify/{code}/"
    assert page.status_code == 200


def test_each_mistake_has_its_own_answer(client: Client, programme: Programme) -> None:
    code = award(programme).code
    other_check = next(sign for sign in "23456789" if sign != code[-1])
    said = {
        "unknown": text_of(client.get(f"/en/learning/verify/{new_tracking_number('T')}/")),
        "mistyped": text_of(client.get(f"/en/learning/verify/{code[:-1]}{other_check}/")),
        "short": text_of(client.get("/en/learning/verify/T-7KQ2/")),
        "other": text_of(client.get(f"/en/learning/verify/{new_tracking_number('C')}/")),
    }
    assert "No certificate has this code." in said["unknown"]
    assert "The code was mistyped" in said["mistyped"]
    assert "Yours has 5." in said["short"]
    assert "codes of certificates begin with T" in said["other"]
    assert client.get(f"/en/learning/verify/{new_tracking_number('T')}/").status_code == 404


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "💥" * 30, "../../etc", "<script>alert(1)</script>", "T" * 200])
def test_whatever_is_typed_is_answered(client: Client, typed: str) -> None:
    page = client.get("/en/learning/verify/", {"code": typed}, follow=True)
    assert page.status_code in {200, 404}
    assert "There is a problem" in text_of(page)


def test_whoever_guesses_is_slowed_down(client: Client, programme: Programme) -> None:
    for _guess in range(10):
        client.get(f"/en/learning/verify/{new_tracking_number('T')}/")
    assert client.get(f"/en/learning/verify/{award(programme).code}/").status_code == 429


def test_superseded_revoked_and_expired_certificates_say_so(client: Client, programme: Programme) -> None:
    first = award(programme)
    take(first.registration, at=NOON + timedelta(days=30))
    second = Award.objects.exclude(pk=first.pk).get()
    domain.revoke_award(second, actor=OfficialFactory(role=Role.ADMINISTRATOR), reason="The holder asked a friend.")
    old = award(ProgrammeFactory(pages=True, valid_months=1))
    pages = {made: text_of(client.get(f"/en/learning/verify/{made.code}/")) for made in (first, second, old)}
    assert "Replaced by a newer one" in pages[first]
    assert "Revoked" in pages[second]
    assert "friend" not in pages[second]
    assert "It held until Thursday 2 April 2026." in pages[old]


def test_an_erased_person_leaves_a_valid_certificate_without_a_name(client: Client, programme: Programme) -> None:
    person = LearnerFactory()
    made = award(programme, person)
    person.delete()
    page = text_of(client.get(f"/en/learning/verify/{made.code}/"))
    assert "Valid" in page
    assert f"Name erased on {format_date_short(timezone.now())}" in page
    assert "Éloïse" not in page
    said = json.loads(client.get(f"/en/learning/verify/{made.code}/?format=json").content)
    assert (said["status"], said["name"]) == ("valid", None)


def test_a_name_is_never_markup(client: Client, programme: Programme) -> None:
    person = LearnerFactory()
    registration = register(programme, person, name="#panic() <b>$x$ *y* @z \\ `q` Ångström")
    read_everything(registration)
    take(registration)
    made = Award.objects.get()
    client.force_login(person)
    assert client.get(f"/fr/learning/certificates/{made.code}.pdf").status_code == 200
    assert "#panic() <b>$x$ *y* @z \\ `q` Ångström" in text_of(client.get(f"/fr/learning/verify/{made.code}/"))


def test_the_form_for_a_code_speaks_the_language_of_the_page(client: Client) -> None:
    assert "рядом с QR-кодом" in text_of(client.get("/ru/learning/verify/"))
    assert "à côté du code QR" in text_of(client.get("/fr/learning/verify/"))
