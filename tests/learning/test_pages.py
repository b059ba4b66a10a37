"""What readers see: programmes, units, exercises, and how far they are, with no account and no script."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning import domain
from learning.enums import AttemptMode, ItemKind, MoveOn, RegisterQuestion, Verb
from learning.models import LearningIndexPage, LearningRecord, Programme, Registration, Unit, UnitPage
from learning.progress import COOKIE
from tests.conftest import AssertSameQueries
from tests.learning.factories import (
    LearnerFactory,
    ProgrammeFactory,
    award,
    choice_item,
    mercury_release,
    number_item,
    register,
    register_item,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def unit_url(number: int, code: str = "en") -> str:
    return f"/{code}/learning/read/module-{(number + 1) // 2}/unit-{number}/"


def text_of(response: object) -> str:
    html = response.content.decode()  # type: ignore[attr-defined]  # a response of the test client
    main = html[html.index("<main") : html.index("</main>")]
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def exercise(client: Client, key: str, *answers: str, code: str = "en") -> object:
    return client.post(f"/{code}/learning/read/exercise/{key}/", {"answer": list(answers)})


# Reading -------------------------------------------------------------------------------------------------------------


def test_everything_is_read_without_an_account(client: Client, programme: Programme) -> None:
    for path in ("", "read/", "read/module-1/", "read/module-1/unit-1/"):
        assert client.get(f"/en/learning/{path}").status_code == 200, path
    assert "Unit 3 of 4" in text_of(client.get(unit_url(3)))
    assert client.cookies == {}


def test_a_page_without_progress_is_the_same_for_all_and_kept(programme: Programme, settings: Any) -> None:
    settings.PAGE_CACHE_BYTES = 4_000_000
    client = Client()
    first, second = client.get(unit_url(1)), client.get(unit_url(1))
    assert (first["X-Page-Cache"], second["X-Page-Cache"]) == ("miss", "hit")


def test_whoever_has_progress_is_served_afresh_and_privately(client: Client, programme: Programme) -> None:
    client.get(unit_url(1))
    client.post("/en/learning/read/units/unit-1/done/")
    mine = client.get(unit_url(1))
    assert "You have marked this unit as read." in text_of(mine)
    assert (mine.has_header("X-Page-Cache"), mine["Cache-Control"]) == (False, "private, max-age=0")
    stranger = Client().get(unit_url(1))
    assert "You have marked this unit as read." not in text_of(stranger)


def test_the_list_groups_programmes_by_audience_and_keeps_the_guidance(client: Client, programme: Programme) -> None:
    listed = text_of(client.get("/en/learning/"))
    assert listed.index("For everybody") < listed.index("Read a register (en)") < listed.index("Certificates")


def test_a_draft_is_shown_to_nobody(client: Client, programme: Programme) -> None:
    UnitPage.objects.filter(unit__slug="unit-2").update(live=False)
    assert client.get(unit_url(2)).status_code == 404
    assert "unit-2" not in text_of(client.get("/en/learning/read/"))
    assert "Unit 2 of 3" in text_of(client.get(unit_url(3)))


# Progress ------------------------------------------------------------------------------------------------------------


def test_progress_is_shown_and_survives_a_switch_of_language(client: Client, programme: Programme) -> None:
    response = client.post("/en/learning/read/units/unit-1/done/")
    assert response.headers["Location"] == unit_url(2)
    client.post("/ru/learning/read/units/unit-2/done/")
    assert "2 of 4 units done" in text_of(client.get("/en/learning/read/"))
    assert "Unités faites : 2 sur 4" in text_of(client.get("/fr/learning/read/"))
    assert 'href="/fr/learning/read/module-2/unit-3/"' in client.get("/fr/learning/").content.decode()


def test_the_last_unit_leads_back_to_the_programme(client: Client, programme: Programme) -> None:
    response = client.post("/en/learning/read/units/unit-4/done/")
    assert response.headers["Location"] == "/en/learning/read/#progress"


def test_a_cookie_that_is_not_ours_is_nobody_s_progress(client: Client, programme: Programme) -> None:
    client.cookies[COOKIE] = "forged:1abc:xyz"
    page = client.get("/en/learning/read/")
    assert page.status_code == 200
    assert "units done" not in text_of(page)


def test_the_cookie_names_nobody_and_stays_small(client: Client, programme: Programme) -> None:
    for number in range(1, 5):
        client.post(f"/en/learning/read/units/unit-{number}/done/")
    assert len(client.cookies[COOKIE].value) < 120
    assert (client.cookies[COOKIE]["httponly"], client.cookies[COOKIE]["samesite"]) == (True, "Lax")


def test_whoever_is_signed_in_has_it_in_the_account(client: Client, programme: Programme) -> None:
    person = LearnerFactory()
    client.force_login(person)
    for _twice in range(2):
        client.post("/en/learning/read/units/unit-1/done/")
    verbs = [record.verb for record in LearningRecord.objects.all()]
    assert verbs == [Verb.REGISTERED, Verb.COMPLETED]
    assert COOKIE not in client.cookies
    elsewhere = Client()
    elsewhere.force_login(person)
    assert "1 of 4 units done" in text_of(elsewhere.get("/en/learning/read/"))


def test_what_the_browser_knows_can_be_added_or_forgotten(client: Client, programme: Programme) -> None:
    client.post("/en/learning/read/units/unit-1/done/")
    assert "In this browser: 1 of 4 units done" in text_of(client.get("/en/learning/mine/"))
    client.force_login(LearnerFactory())
    client.post("/en/learning/mine/add/")
    assert client.cookies[COOKIE].value == ""
    assert "In your account: 1 of 4 units done" in text_of(client.get("/en/learning/mine/"))
    assert Registration.objects.count() == 1
    other = Client()
    other.post("/en/learning/read/units/unit-1/done/")
    other.post("/en/learning/mine/forget/")
    assert "units done" not in text_of(other.get("/en/learning/read/"))


def test_a_lock_names_what_is_missing_and_the_text_stays_readable(client: Client, programme: Programme) -> None:
    Unit.objects.filter(module__programme=programme, slug="unit-2").update(requires="unit-1")
    client.post("/en/learning/read/units/unit-2/done/")
    page = text_of(client.get(unit_url(2)))
    assert "It counts once you have finished: “unit-1 (en)”." in page
    assert "An entry is one line." in page
    assert "0 of 4 units done" in text_of(client.get("/en/learning/read/"))
    client.post("/en/learning/read/units/unit-1/done/")
    assert "2 of 4 units done" in text_of(client.get("/en/learning/read/"))


def test_a_form_from_another_site_is_refused(client: Client, programme: Programme) -> None:
    path = "/en/learning/read/units/unit-1/done/"
    assert client.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post(path, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert client.post(path, headers={"sec-fetch-site": "same-origin"}).status_code == 302
    assert client.post(path, headers={"origin": "http://testserver"}).status_code == 302


# Exercises -----------------------------------------------------------------------------------------------------------


def test_a_wrong_answer_is_kept_with_its_reason_and_can_be_tried_again(client: Client, programme: Programme) -> None:
    wrong = programme.items.get(key="practice-1").options.get(sort_order=1)
    page = exercise(client, "practice-1", str(wrong.pk))
    html = page.content.decode()  # type: ignore[attr-defined]  # a response
    said = text_of(page)
    assert said.index("That is not right yet.") < said.index("What is practice-1?") < said.index("Because 2 (en)")
    assert "Because 1 (en)" not in said
    chosen = re.findall(rf'<input[^>]*value="{wrong.pk}"[^>]*checked', html)
    assert len(chosen) == 1
    assert f'aria-describedby="exercise-practice-1-{wrong.pk}-said"' in html
    assert 'id="result"' in html
    assert COOKIE not in client.cookies


def test_a_right_answer_is_remembered_once(client: Client, programme: Programme) -> None:
    Unit.objects.filter(module__programme=programme, slug="unit-1").update(move_on=MoveOn.PASSED)
    right = programme.items.get(key="practice-1").options.get(sort_order=0)
    for _twice in range(2):
        assert "That is right." in text_of(exercise(client, "practice-1", str(right.pk)))
    assert "1 of 4 units done" in text_of(client.get("/en/learning/read/"))


def test_every_kind_is_answered_by_fields_that_have_names(client: Client, programme: Programme) -> None:
    mercury_release("3.5")
    unit = programme.ordered_units[0]
    items = [
        choice_item(programme, "many", kind=ItemKind.MULTIPLE, unit=unit, use=AttemptMode.PRACTICE),
        number_item(programme, "number", "250", unit=unit),
        register_item(programme, "find", RegisterQuestion.LARGEST_RELEASE, unit=unit),
    ]
    for item in (programme.items.get(key="practice-1"), *items):
        html = client.get(f"/en/learning/read/exercise/{item.key}/").content.decode()
        fields = re.findall(r'<input id="([^"]+)" name="answer"|<input class="exercise-number" id="([^"]+)"', html)
        names = [first or second for first, second in fields]
        assert names
        assert all(f'<label for="{name}"' in html or f'<label class="label" for="{name}"' in html for name in names)
        assert ("<legend" in html) == item.is_choice


def test_a_number_in_french_is_read_or_asked_back_with_what_was_typed(client: Client, programme: Programme) -> None:
    number_item(programme, "tonnes", "1234.5")
    right = text_of(exercise(client, "tonnes", "1.234,5 kg", code="fr"))
    assert "C’est juste." in right
    assert "nous lisons 1 234,5 kg" in right
    asked = exercise(client, "tonnes", "1.234", code="fr")
    assert "peut se lire de deux façons" in text_of(asked)
    assert 'value="1.234"' in asked.content.decode()  # type: ignore[attr-defined]  # a response
    nothing = text_of(exercise(client, "tonnes", "", code="fr"))
    assert "Écrivez un nombre." in nothing


@pytest.mark.parametrize("answer", ["\x00", "a" * 5000, "<script>", "9" * 59, "💥"])
def test_whatever_is_sent_is_answered(client: Client, programme: Programme, answer: str) -> None:
    number_item(programme, "tonnes", "1234.5")
    assert exercise(client, "tonnes", answer).status_code == 200  # type: ignore[attr-defined]  # a response
    assert exercise(client, "practice-1", answer).status_code == 200  # type: ignore[attr-defined]  # a response


def test_find_in_register_is_answered_from_the_register(client: Client, programme: Programme) -> None:
    register_item(programme, "find", RegisterQuestion.LARGEST_RELEASE)
    assert "there is nothing to find" in text_of(client.get("/en/learning/read/exercise/find/"))
    assert exercise(client, "find", "1").status_code == 200  # type: ignore[attr-defined]  # a response
    mercury_release("3.5")
    page = client.get("/en/learning/read/exercise/find/")
    assert "Released to: water. Reporting year: 2025." in text_of(page)
    assert 'href="/en/register/pollutants/mercury/"' in page.content.decode()
    assert "That is right." in text_of(exercise(client, "find", "3500 g"))


def test_the_pool_of_the_assessment_is_no_practice(client: Client, programme: Programme) -> None:
    assert client.get("/en/learning/read/exercise/pool-1/").status_code == 404
    assert client.get("/en/learning/nowhere/exercise/practice-1/").status_code == 404


def test_a_question_that_an_editor_took_away_leaves_a_page_that_works(client: Client, programme: Programme) -> None:
    programme.items.get(key="practice-1").delete()
    assert client.get(unit_url(1)).status_code == 200


# Queries -------------------------------------------------------------------------------------------------------------


def test_the_list_asks_as_often_with_three_programmes_as_with_one(
    client: Client, assert_same_queries: AssertSameQueries
) -> None:
    client.cookies["messages"] = "x"  # so that no page is kept
    assert_same_queries(client, lambda: "/en/learning/", lambda: ProgrammeFactory(pages=True))


def test_the_list_of_whoever_has_begun_asks_as_often_with_three(
    client: Client, assert_same_queries: AssertSameQueries
) -> None:
    person = LearnerFactory()
    client.force_login(person)

    def add() -> None:
        programme = ProgrammeFactory(pages=True)
        client.post(f"/en/learning/{programme.slug}/units/unit-1/done/")

    assert_same_queries(client, lambda: "/en/learning/", add)


def test_one_s_own_page_asks_as_often_with_three_certificates(
    client: Client, assert_same_queries: AssertSameQueries
) -> None:
    person = LearnerFactory()
    client.force_login(person)
    assert_same_queries(client, lambda: "/en/learning/mine/", lambda: award(ProgrammeFactory(pages=True), person))


def test_a_unit_asks_as_often_with_three_exercises(
    client: Client, programme: Programme, assert_same_queries: AssertSameQueries
) -> None:
    client.cookies["messages"] = "x"

    def add() -> None:
        unit = programme.ordered_units[0]
        item = choice_item(programme, f"more-{programme.items.count()}", unit=unit, use=AttemptMode.PRACTICE)
        page = UnitPage.objects.get(unit=unit, locale__language_code="en")
        page.body.append(("exercise", {"item": item}))
        page.save()

    assert_same_queries(client, lambda: unit_url(1), add)


def test_there_is_a_list_of_programmes_in_every_language() -> None:
    codes = LearningIndexPage.objects.live().values_list("locale__language_code", flat=True)
    assert sorted(codes) == ["en", "fr", "ru"]


def test_a_try_under_way_and_its_wait_are_told(client: Client, programme: Programme) -> None:
    person = LearnerFactory()
    client.force_login(person)
    registration = register(programme, person)
    attempt = domain.start_attempt(registration, at=timezone.now() - timedelta(minutes=5))
    page = text_of(client.get("/en/learning/read/assessment/"))
    assert "Go on with the assessment" in page
    domain.hand_in(attempt, language="en")
    page = text_of(client.get("/en/learning/read/assessment/"))
    assert "You can try again from" in page
    refused = client.post("/en/learning/read/assessment/", {"name": "Ana"})
    assert "There is a problem" in text_of(refused)
    assert registration.attempts.count() == 1


def test_a_pollutant_leads_to_a_lesson_and_the_lesson_to_the_pollutant(client: Client, programme: Programme) -> None:
    mercury_release("3.5")
    register_item(programme, "find", RegisterQuestion.LARGEST_RELEASE, unit=programme.ordered_units[1])
    for code, words in (("en", "How to read this number"), ("fr", "Comment lire ce chiffre")):
        page = client.get(f"/{code}/register/pollutants/mercury/")
        assert words in text_of(page)
        assert f'href="{unit_url(2, code)}"' in page.content.decode()
