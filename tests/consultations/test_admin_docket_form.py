"""Opening a file and changing it: everything in one form, nothing lost, and the domain's refusals in words."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations.enums import Channel, MeasureKind
from consultations.models import Docket
from design.formats import authority_zone
from register.enums import ThresholdKind
from tests.consultations.factories import PollutantFactory, paper, send
from tests.consultations.officials import DESKS, a_row, consultation, in_three_languages, sent_by, sentences, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NEW = f"{DESKS}new/"


def typed(moment: datetime) -> str:
    """An instant as an official types it: in the authority's zone, to the minute."""
    return moment.astimezone(authority_zone()).strftime("%Y-%m-%d %H:%M")


def a_whole_file(client: Client) -> dict[str, str]:
    """What an official sends who fills in everything."""
    pollutant, document = PollutantFactory.create(), paper().document
    now = timezone.now()
    data = sent_by(client.get(NEW).context["form"])
    data |= in_three_languages(
        {
            "title": "Lower threshold for mercury",
            "summary": "Facilities would report smaller releases.",
            "authority": "Environment Agency",
            "legal_basis": "Register Act, section 4",
        }
    )
    data |= {
        "slug": "mercury",
        "contact_email": "desk@example.org",
        "period_opens_at": typed(now + timedelta(days=1)),
        "period_closes_at": typed(now + timedelta(days=90)),
        "period_notice": "Gazette 7/2026",
        "decision_expected_by": (now + timedelta(days=150)).date().isoformat(),
        "measures-TOTAL_FORMS": "1",
        "documents-TOTAL_FORMS": "1",
        "ways-TOTAL_FORMS": "1",
    }
    data |= a_row(
        "measures",
        0,
        kind=MeasureKind.RELEASE_THRESHOLD_CHANGED.value,
        pollutant=pollutant.pk,
        threshold_kind=ThresholdKind.RELEASE_WATER.value,
        before_quantity_kg="1",
        after_quantity_kg="0.5",
        **in_three_languages({"rationale": "Small releases add up."}),
    )
    data |= a_row("documents", 0, document=document.pk, language="en", **in_three_languages({"title": "Impact"}))
    data |= a_row("ways", 0, channel=Channel.POST.value, **in_three_languages({"details": "1 Harbour Road"}))
    return data


def error_texts(response: Any) -> list[str]:
    """Every sentence that the form says, its rows included."""
    form = response.context["form"]
    found = [str(error) for errors in form.errors.values() for error in errors]
    for formset in form.formsets.values():
        found += [str(error) for row in formset.forms for errors in row.errors.values() for error in errors]
    return found


def test_an_official_opens_a_file_with_everything_in_one_form() -> None:
    client = sign_in(Role.CASE_OFFICER)
    data = a_whole_file(client)
    answer = client.post(NEW, data)
    docket = Docket.objects.get()
    assert answer["Location"] == f"{DESKS}{docket.pk}/"
    assert (docket.reference, docket.slug, docket.title_ru) == (
        f"C-{timezone.now():%Y}-001",
        "mercury",
        "Lower threshold for mercury (ru)",
    )
    measure, document, way = docket.measures.get(), docket.documents.get(), docket.ways.get()
    assert (measure.number, str(measure.after_quantity_kg.normalize()), measure.rationale_fr) == (
        1,
        "0.5",
        "Small releases add up. (fr)",
    )
    assert (document.title_en, way.channel) == ("Impact (en)", Channel.POST)
    [period] = docket.periods.all()
    assert typed(period.opens_at) == data["period_opens_at"]
    assert period.notice == "Gazette 7/2026"
    desk = client.get(answer["Location"])
    assert [check.is_done for check in desk.context["checks"]] == [True] * 6
    assert desk.context["is_ready"]


def test_a_first_sketch_needs_no_more_than_a_title_an_address_and_a_summary_and_the_desk_says_what_is_missing() -> None:
    client = sign_in(Role.EDITOR)
    data = sent_by(client.get(NEW).context["form"])
    data |= {"title_en": "Sketch", "slug": "sketch", "summary_en": "To come.", "authority_en": "Agency"}
    desk = client.post(NEW, data, follow=True)
    docket = Docket.objects.get()
    assert desk.redirect_chain == [(f"{DESKS}{docket.pk}/", 302)]
    assert [check.is_done for check in desk.context["checks"]] == [False] * 6
    page = sentences(desk)
    for words in ("Missing before publication", "Set a comment period.", "Add at least one measure"):
        assert words in page, words
    mended = {check.url for check in desk.context["checks"]}
    assert mended == {f"{DESKS}{docket.pk}/change/#tab-{tab}" for tab in ("texts", "measures", "dossier", "times")}
    for tab in ("texts", "measures", "dossier", "times"):
        assert f'id="tab-{tab}"' in client.get(f"{DESKS}{docket.pk}/change/").content.decode()


def test_the_links_that_mend_lead_to_the_same_places_in_every_language() -> None:
    docket = consultation()
    client = sign_in(Role.EDITOR)
    for code in ("en", "fr", "ru"):
        html = client.get(f"{DESKS}{docket.pk}/change/?language={code}").content.decode()
        assert 'id="tab-measures"' in html, code


def test_a_new_file_begins_with_the_authority_and_contact_of_the_last_one() -> None:
    consultation()
    form = sign_in(Role.CASE_OFFICER).get(NEW).context["form"]
    assert form["authority_fr"].value() == "Environment Agency (fr)"
    assert form["contact_email"].value() == "desk@example.org"
    assert not form["title_en"].value()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"period_closes_at": ""}, "Say also when comments close: a period without an end is none."),
        ({"period_opens_at": ""}, "Say also when comments open."),
        ({"period_closes_at": "2020-01-01 00:00"}, "Comments must close after they open: choose a later end."),
        ({"slug": "track"}, "This address is taken by another page. Please choose another one."),
        ({"measures-0-after_quantity_kg": "1"}, "The proposed threshold is the same as the present one."),
        ({"measures-0-pollutant": ""}, "Choose the pollutant whose threshold would change."),
        (
            {"measures-0-threshold_kind": ThresholdKind.OFFSITE_TRANSFER.value},
            "This kind of measure changes one of these thresholds: "
            "releases to air, releases to water, releases to land.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_everything_typed_is_kept(
    changed: dict[str, str], sentence: str
) -> None:
    client = sign_in(Role.CASE_OFFICER)
    data = a_whole_file(client) | changed
    answer = client.post(NEW, data)
    assert answer.status_code == 200
    assert sentence in error_texts(answer)
    assert not Docket.objects.exists()
    sent_again = sent_by(answer.context["form"])
    kept = {name: value for name, value in data.items() if value and not name.endswith(("-ORDER", "FORMS"))}
    assert {name: sent_again.get(name) for name in kept} == kept


def test_what_is_missing_is_named_with_its_label_in_the_rows_too() -> None:
    client = sign_in(Role.CASE_OFFICER)
    said = error_texts(client.post(NEW, a_whole_file(client) | {"title_en": "", "measures-0-kind": ""}))
    assert "Fill in “Title in English”: it is empty." in said
    assert "Make a choice under “What changes”." in said
    assert "This field is required." not in said


def test_a_quantity_that_is_negative_infinite_absurd_or_no_number_is_refused_in_the_form() -> None:
    client = sign_in(Role.CASE_OFFICER)
    data = a_whole_file(client)
    for nonsense in ("-1", "Infinity", "NaN", "1e400", "9" * 60, "one"):
        answer = client.post(NEW, data | {"measures-0-after_quantity_kg": nonsense})
        assert answer.status_code == 200, nonsense
        assert "after_quantity_kg" in answer.context["form"].formsets["measures"].forms[0].errors, nonsense
    assert not Docket.objects.exists()


def test_a_period_that_the_domain_refuses_opens_no_file_at_all() -> None:
    client = sign_in(Role.CASE_OFFICER)
    past = timezone.now() - timedelta(days=9)
    data = a_whole_file(client)
    data |= {"period_opens_at": typed(past - timedelta(days=9)), "period_closes_at": typed(past)}
    answer = client.post(NEW, data)
    assert error_texts(answer) == ["Comments would close in the past: choose a later end."]
    assert not Docket.objects.exists()


def test_a_time_is_read_in_the_zone_of_the_authority_wherever_the_official_is() -> None:
    client = sign_in(Role.CASE_OFFICER)
    data = a_whole_file(client) | {"period_opens_at": "2030-07-01 09:00", "period_closes_at": "2030-12-01 17:00"}
    client.post(NEW, data | {"decision_expected_by": "2031-01-01"})
    period = Docket.objects.get().periods.get()
    zone = authority_zone()
    assert period.opens_at == datetime(2030, 7, 1, 9, tzinfo=zone)
    assert period.closes_at == datetime(2030, 12, 1, 17, tzinfo=zone)


def test_measures_are_put_in_order_and_keep_their_numbers() -> None:
    docket = consultation()
    client = sign_in(Role.CASE_OFFICER)
    path = f"{DESKS}{docket.pk}/change/"
    data = sent_by(client.get(path).context["form"])
    client.post(path, data | {"measures-0-ORDER": "2", "measures-1-ORDER": "1"})
    assert [measure.number for measure in docket.measures.order_by("sort_order")] == [2, 1]


def test_saving_a_form_without_a_change_changes_nothing_but_the_record() -> None:
    docket = consultation(open=True)
    client = sign_in(Role.CASE_OFFICER)
    path = f"{DESKS}{docket.pk}/change/"
    before = Docket.objects.values().get(pk=docket.pk)
    assert client.post(path, sent_by(client.get(path).context["form"])).status_code == 302
    assert Docket.objects.values().get(pk=docket.pk) == before
    assert docket.versions.count() == 1


def test_while_comments_are_taken_the_proposal_is_locked_and_its_texts_are_not() -> None:
    docket = consultation(open=True)
    client = sign_in(Role.CASE_OFFICER)
    path = f"{DESKS}{docket.pk}/change/"
    page = client.get(path)
    assert "Comments are being taken on this proposal." in sentences(page)
    data = sent_by(page.context["form"])
    refused = client.post(path, data | {"measures-0-after_quantity_kg": "0.1"})
    assert "Comments are being taken on this proposal." in error_texts(refused)[0]
    assert refused.context["form"].formsets["measures"].forms[0]["after_quantity_kg"].value() == "0.1"
    assert str(docket.measures.get(number=1).after_quantity_kg.normalize()) == "0.5"
    assert client.post(path, data | {"contact_phone": "+358 1"}).status_code == 302
    assert Docket.objects.get(pk=docket.pk).contact_phone == "+358 1"


def test_the_address_and_the_first_period_of_a_public_consultation_are_fixed() -> None:
    docket = consultation(open=True)
    client = sign_in(Role.CASE_OFFICER)
    path = f"{DESKS}{docket.pk}/change/"
    form = client.get(path).context["form"]
    assert not [name for name in form.fields if name.startswith("period_")]
    client.post(path, sent_by(form) | {"slug": "elsewhere", "period_closes_at": "2099-01-01 00:00"})
    stored = Docket.objects.get(pk=docket.pk)
    assert stored.slug == docket.slug
    assert stored.periods.count() == 1


def test_whoever_saves_second_is_told_what_the_first_has_changed_and_loses_nothing() -> None:
    docket = consultation()
    olga, pekka = sign_in(Role.CASE_OFFICER, name="Olga"), sign_in(Role.EDITOR, name="Pekka")
    path = f"{DESKS}{docket.pk}/change/"
    olgas, pekkas = (sent_by(client.get(path).context["form"]) for client in (olga, pekka))
    assert olga.post(path, olgas | {"title_fr": "Le titre d’Olga"}).status_code == 302
    warned = pekka.post(path, pekkas | {"summary_ru": "Слова Пекки"})
    assert warned.status_code == 200
    [warning] = error_texts(warned)
    assert warning.startswith("Olga Official saved this while you were writing")
    assert "and changed: Title in French." in warning
    assert warned.context["form"]["summary_ru"].value() == "Слова Пекки"
    stored = Docket.objects.get(pk=docket.pk)
    assert (stored.title_fr, stored.summary_ru) == ("Le titre d’Olga", docket.summary_ru)
    again = sent_by(warned.context["form"])
    assert pekka.post(path, again | {"title_fr": "Le titre d’Olga"}).status_code == 302
    stored.refresh_from_db()
    assert (stored.title_fr, stored.summary_ru) == ("Le titre d’Olga", "Слова Пекки")


def test_a_measure_that_somebody_else_has_changed_is_named_as_well() -> None:
    docket = consultation()
    olga, pekka = sign_in(Role.CASE_OFFICER, name="Olga"), sign_in(Role.EDITOR, name="Pekka")
    path = f"{DESKS}{docket.pk}/change/"
    olgas, pekkas = (sent_by(client.get(path).context["form"]) for client in (olga, pekka))
    olga.post(path, olgas | {"measures-0-after_quantity_kg": "0.25"})
    [warning] = error_texts(pekka.post(path, pekkas | {"title_en": "Mine"}))
    assert "and changed: measures." in warning


def test_a_form_with_a_broken_memory_of_what_it_was_loaded_with_is_stored_all_the_same() -> None:
    docket = consultation()
    client = sign_in(Role.CASE_OFFICER)
    path = f"{DESKS}{docket.pk}/change/"
    data = sent_by(client.get(path).context["form"])
    for broken in ("", "{", "[]", "null", '{"x": 1}'):
        assert client.post(path, data | {"loaded": broken}).status_code == 302, broken


def test_the_history_says_who_opened_planned_and_changed_the_file() -> None:
    client = sign_in(Role.CASE_OFFICER, name="Olga")
    client.post(NEW, a_whole_file(client))
    docket = Docket.objects.get()
    page = sentences(sign_in(Role.AUDITOR).get(f"{DESKS}{docket.pk}/history/"))
    for words in ("Olga Official", "The file was opened.", "A comment period was set."):
        assert words in page, words


def test_pollutants_are_chosen_by_name_in_any_language_by_number_and_by_cas() -> None:
    mercury = PollutantFactory.create(cas="7439-97-6")
    PollutantFactory.create(
        code="PB", slug="lead", number=23, name_en="Lead", name_fr="Plomb", name_ru="Свинец", cas="7439-92-1"
    )
    client = sign_in(Role.CASE_OFFICER)
    for words in ("mercury", "MERCURE", "ртуть", "21", "7439-97", "hgand"):
        page = client.get("/admin/pollutants/choose/results/", {"q": words}).content.decode()
        assert f"/admin/pollutants/choose/chosen/{mercury.pk}/" in page, words
        assert "Lead" not in page, words
    assert client.get("/admin/activities/choose/results/", {"q": "%00"}).status_code == 200


def test_the_style_that_shows_a_measure_what_its_kind_needs_knows_every_kind() -> None:
    path = finders.find("consultations/admin/measures.css")
    assert path
    style = Path(path).read_text("utf-8")
    assert [kind for kind in MeasureKind if f'[value="{kind}"]' not in style] == []


def test_a_comment_does_not_keep_the_texts_from_being_mended() -> None:
    docket = consultation(open=True)
    send(docket)
    client = sign_in(Role.EDITOR)
    path = f"{DESKS}{docket.pk}/change/"
    data = sent_by(client.get(path).context["form"])
    assert client.post(path, data | {"title_fr": "Un titre plus clair"}).status_code == 302
    assert docket.pages.get(locale__language_code="fr").title == "Un titre plus clair"
