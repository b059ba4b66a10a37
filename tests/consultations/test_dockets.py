"""From an official's draft to a page in three languages, and what cannot change any more after that."""

import hashlib
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from accounts.roles import Role
from consultations import domain
from consultations.domain.proposals import proposal_lock
from consultations.enums import Verb
from consultations.models import ConsultationPage, Docket, Measure, Point
from consultations.models.dossier import FixedVersionError
from consultations.refusals import IncompleteError, ProposalLockedError
from design.texts import Texts
from ledger.canonical import canonical_json
from ledger.models import Entry
from tests.consultations.factories import (
    NOON,
    DocketFactory,
    OfficialFactory,
    access_measure,
    mercury_measure,
    new_docket,
    paper,
    send,
    texts,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def officer() -> Any:
    return OfficialFactory(role=Role.CASE_OFFICER)


def chief() -> Any:
    return OfficialFactory(role=Role.DECISION_MAKER)


def halve_again(docket: Docket) -> Docket:
    """The docket with a material change, held in memory."""
    docket = Docket.objects.get(pk=docket.pk)
    measures = list(docket.measures.all())
    measures[0].after_quantity_kg = Decimal("0.25")
    docket.measures = measures
    return docket


def test_references_count_through_the_year_of_the_authority() -> None:
    references = [
        domain.create_docket(new_docket(slug=f"file-{number}"), actor=officer(), at=NOON).reference
        for number in range(2)
    ]
    later = domain.create_docket(new_docket(slug="later"), actor=officer(), at=NOON + 366 * DAY)
    assert [*references, later.reference] == ["C-2026-001", "C-2026-002", "C-2027-001"]


def test_the_thousandth_file_of_a_year_follows_the_nine_hundred_and_ninety_ninth() -> None:
    for number in (999, 1000):
        Docket.objects.create(slug=f"file-{number}", reference=f"C-2026-{number:03}", created_at=NOON)
    made = domain.create_docket(new_docket(slug="next"), actor=officer(), at=NOON)
    assert made.reference == "C-2026-1001"


def test_measures_are_numbered_and_a_number_is_never_given_again() -> None:
    docket = DocketFactory(upcoming=True)
    measures = list(docket.measures.all())
    assert [measure.code for measure in measures] == ["M1", "M2"]
    docket.measures = [measures[0], access_measure()]
    docket = domain.change_docket(docket, actor=officer(), at=NOON)
    assert [measure.code for measure in docket.measures.all()] == ["M1", "M3"]


def test_an_address_that_another_page_has_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        domain.create_docket(new_docket(slug="track"), actor=officer(), at=NOON)
    assert refusal.value.message_dict == {"slug": ["This address is taken by another page. Please choose another one."]}


def test_a_draft_that_lacks_everything_says_so_in_sentences() -> None:
    docket = Docket(slug="bare", title_en="Bare", summary_en="Bare.", authority_en="Agency")
    docket = domain.create_docket(docket, actor=officer(), at=NOON)
    assert domain.missing_for_publication(docket, NOON) == [
        "The title is missing in: Français, Русский.",
        "The summary is missing in: Français, Русский.",
        "The authority is missing in: Français, Русский.",
        "The legal basis is missing in: English, Français, Русский.",
        "Add at least one measure: what would be different in the register.",
        "Add at least one document to the dossier: the public may see what the proposal rests on.",
        "Set a comment period.",
        "Say by when the decision is expected: the public must know when to look again.",
        "Give an e-mail address or a telephone number for questions.",
    ]
    with pytest.raises(IncompleteError):
        domain.publish_docket(docket, actor=chief(), at=NOON)
    assert Docket.objects.get().is_draft


def test_a_complete_draft_lacks_nothing() -> None:
    assert domain.missing_for_publication(DocketFactory(), NOON) == []


def test_a_decision_expected_before_comments_close_is_refused() -> None:
    docket = DocketFactory()
    docket.decision_expected_by = (NOON + 2 * DAY).date()
    docket = domain.change_docket(docket, actor=officer(), at=NOON)
    assert domain.missing_for_publication(docket, NOON) == [
        "The decision is expected before comments close. Choose a later day."
    ]


def test_publishing_makes_a_page_in_each_language_at_the_same_address(client: Any) -> None:
    docket = domain.publish_docket(DocketFactory(), actor=chief(), at=NOON)
    pages = ConsultationPage.objects.filter(docket=docket).live()
    assert {page.locale.language_code: (page.title, page.slug) for page in pages} == {
        code: (f"Lower threshold for mercury ({code})", docket.slug) for code in ("en", "fr", "ru")
    }
    assert len({page.translation_key for page in pages}) == 1
    for code in ("en", "fr", "ru"):
        assert client.get(f"/{code}/consultations/{docket.slug}/").status_code == 200


def test_publishing_freezes_the_proposal_with_a_hash_that_anybody_can_repeat() -> None:
    docket = domain.publish_docket(DocketFactory(), actor=chief(), at=NOON)
    version = docket.versions.get()
    assert version.number == 1
    assert hashlib.sha256(canonical_json(version.content).encode()).hexdigest() == version.sha256
    assert [facts["after_quantity_kg"] for facts in version.content["measures"]] == ["0.5", None]
    frozen = version.files.get()
    assert hashlib.sha256(frozen.file.read()).hexdigest() == frozen.sha256
    assert version.content["documents"][0]["sha256"] == frozen.sha256


def test_what_the_public_downloads_stays_when_the_document_is_replaced() -> None:
    docket = domain.publish_docket(DocketFactory(), actor=chief(), at=NOON)
    document = docket.documents.get().document
    document.file = ContentFile(b"Something else.", name="impact.txt")
    document.save()
    assert docket.versions.get().files.get().file.read() == b"The impact of the proposal."


def test_a_published_version_cannot_be_changed_or_deleted() -> None:
    version = DocketFactory(upcoming=True).versions.get()
    with pytest.raises(FixedVersionError):
        version.save()
    with pytest.raises(FixedVersionError):
        version.delete()
    with pytest.raises(FixedVersionError):
        version.files.get().save()


def test_a_period_whose_opening_passed_unseen_opens_with_publication() -> None:
    docket = DocketFactory()
    published_at = NOON + 3 * DAY
    docket = domain.publish_docket(docket, actor=chief(), at=published_at)
    assert docket.windows[0].opens_at == published_at
    assert docket.windows[0].closes_at == NOON + 29 * DAY


def test_a_wording_outside_the_proposal_can_be_mended_while_comments_are_taken() -> None:
    docket = DocketFactory(open=True)
    docket.title_en = "Mercury: a lower threshold"
    docket = domain.change_docket(docket, actor=officer(), at=NOON)
    assert ConsultationPage.objects.get(docket=docket, locale__language_code="en").title == "Mercury: a lower threshold"
    assert docket.versions.count() == 1


def test_the_address_of_a_published_consultation_stays() -> None:
    docket = DocketFactory(open=True)
    slug, docket.slug = docket.slug, "other"
    assert domain.change_docket(docket, actor=officer(), at=NOON).slug == slug


def test_a_material_change_while_comments_are_taken_is_refused() -> None:
    docket = DocketFactory(open=True)
    with pytest.raises(ProposalLockedError) as refusal:
        domain.change_docket(halve_again(docket), actor=officer(), at=NOON)
    assert refusal.value.sentences == [
        "Comments are being taken on this proposal. To change it, wait until they close and re-open for comments."
    ]
    assert docket.measures.first().after_quantity_kg == Decimal("0.5")


def test_another_paper_in_the_dossier_is_a_material_change() -> None:
    docket = DocketFactory(open=True)
    docket.documents = [*docket.documents.all(), paper(b"More.")]
    with pytest.raises(ProposalLockedError):
        domain.change_docket(docket, actor=officer(), at=NOON)


def test_after_closing_a_material_change_needs_a_new_period_first() -> None:
    docket = DocketFactory(closed=True)
    with pytest.raises(ProposalLockedError):
        domain.change_docket(halve_again(docket), actor=officer(), at=NOON)
    domain.reopen_docket(
        docket, actor=chief(), opens_at=NOON + DAY, closes_at=NOON + 9 * DAY, reason=texts("New facts."), at=NOON
    )
    changed = domain.change_docket(halve_again(docket), actor=officer(), at=NOON)
    assert [version.number for version in changed.versions.all()] == [1, 2]
    entry = Entry.objects.about("docket", docket.reference).get(verb=Verb.PROPOSAL_CHANGED)
    assert (entry.public, entry.facts["version"]) == (True, 2)
    assert proposal_lock(changed, NOON + 2 * DAY) != ""


def test_points_stay_with_the_version_they_were_made_on_even_when_their_measure_goes() -> None:
    docket = DocketFactory(closed=True)
    point = send(docket).points.first()
    domain.reopen_docket(
        docket, actor=chief(), opens_at=NOON + DAY, closes_at=NOON + 9 * DAY, reason=texts("New facts."), at=NOON
    )
    docket = Docket.objects.get(pk=docket.pk)
    docket.measures = [measure for measure in docket.measures.all() if measure.number != 1]
    domain.change_docket(docket, actor=officer(), at=NOON)
    assert not Measure.objects.filter(docket=docket, number=1).exists()
    point = Point.objects.get(pk=point.pk)
    assert (point.measure, point.measure_code, point.text) == (None, "M1", "Half a kilogram is right.")
    assert point.submission.proposal_version.number == 1


def test_a_published_consultation_cannot_lose_a_language() -> None:
    docket = DocketFactory(open=True)
    docket.title_ru = ""
    with pytest.raises(IncompleteError) as refusal:
        domain.change_docket(docket, actor=officer(), at=NOON)
    assert refusal.value.sentences == ["The title is missing in: Русский."]


def test_a_measure_without_what_its_kind_needs_is_refused() -> None:
    docket = new_docket(measures=[lambda: mercury_measure(pollutant=None, subject_en="Mercury")])
    with pytest.raises(ValidationError) as refusal:
        domain.create_docket(docket, actor=officer(), at=NOON)
    assert refusal.value.message_dict["pollutant"] == ["Choose the pollutant whose threshold would change."]


def test_discontinuing_needs_a_reason_in_every_language_and_ends_intake() -> None:
    docket = DocketFactory(open=True)
    with pytest.raises(IncompleteError):
        domain.discontinue_docket(docket, actor=chief(), reason=Texts(en="Only here."), at=NOON)
    docket = domain.discontinue_docket(docket, actor=chief(), reason=texts("The law changed."), at=NOON)
    assert not docket.intake_status(NOON).is_open
    assert (
        Entry.objects.about("docket", docket.reference).filter(verb=Verb.DOCKET_DISCONTINUED, public=True).count() == 1
    )
