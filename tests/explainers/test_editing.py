"""The editor's desk: what a text may claim and cite, who may write, and the note that figures are newer than words."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, rich_text

from accounts.roles import Role
from explainers.domain.reviewing import reasons_to_review
from explainers.enums import WRITTEN_SLOTS, SlotState, TaskReason
from explainers.models import ExplainerPage
from explainers.wording import forbidden_in
from register.models import Release
from tests.accounts.factories import PersonFactory
from tests.explainers.factories import a_reference, a_term, address, an_explainer
from tests.register.factories import RegisterLoadFactory, ReleaseFactory
from tests.register.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = False


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(PersonFactory.create(role=role))
    return client


def form_of(explainer: ExplainerPage, **texts: str) -> dict[str, Any]:
    """What the editing page sends."""
    fields: dict[str, Any] = {"title": explainer.title, "summary": explainer.summary, "slug": explainer.slug}
    for kind in WRITTEN_SLOTS:
        fields[kind.value] = rich_text(texts.get(kind.value, ""))
        fields[f"{kind.value}_state"] = SlotState.FILLED.value
    return nested_form_data({**fields, "comments": _NO_COMMENTS})


_NO_COMMENTS = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}


class TestWriting:
    def test_an_editor_answers_a_question_and_publishes(self) -> None:
        explainer = an_explainer()
        form = form_of(explainer, uses="<p>In lamps.</p>") | {"action-publish": "yes"}
        response = signed_in(Role.EDITOR).post(f"/admin/pages/{explainer.pk}/edit/", form)
        assert response.status_code == 302
        assert "What is it used for? In lamps." in page(Client(), address(explainer.pollutant))

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("<p>A claim.[^nowhere]</p>", "There is no reference with the key “nowhere”."),
            ("<p>A safe level was kept.</p>", "“safe level” cannot stand here."),
        ],
    )
    def test_a_text_that_claims_or_cites_what_it_may_not_is_refused_beside_it(self, text: str, sentence: str) -> None:
        explainer = an_explainer()
        form = form_of(explainer, uses=text) | {"action-publish": "yes"}
        response = signed_in(Role.EDITOR).post(f"/admin/pages/{explainer.pk}/edit/", form)
        assert response.status_code == 200
        assert sentence in response.content.decode()
        assert ExplainerPage.objects.get(pk=explainer.pk).uses == ""

    def test_each_question_has_its_own_part_of_the_form(self) -> None:
        explainer = an_explainer()
        html = signed_in(Role.EDITOR).get(f"/admin/pages/{explainer.pk}/edit/").content.decode()
        for kind in WRITTEN_SLOTS:
            assert str(kind.label) in html
            assert f'name="{kind.value}_state"' in html

    @pytest.mark.parametrize("role", [role for role in Role if role not in {Role.EDITOR, Role.ADMINISTRATOR}])
    def test_nobody_else_publishes_an_explainer(self, role: Role) -> None:
        explainer = an_explainer()
        form = form_of(explainer, uses="<p>In lamps.</p>") | {"action-publish": "yes"}
        signed_in(role).post(f"/admin/pages/{explainer.pk}/edit/", form)
        assert ExplainerPage.objects.get(pk=explainer.pk).uses == ""

    @pytest.mark.parametrize("listing", ["explainer_pages", "glossary_terms", "explainer_references"])
    def test_an_editor_finds_pages_terms_and_references(self, listing: str) -> None:
        an_explainer()
        a_term()
        a_reference()
        assert signed_in(Role.EDITOR).get(f"/admin/{listing}/").status_code == 200

    @pytest.mark.parametrize(
        ("role", "status"),
        [(Role.EDITOR, 200), (Role.ADMINISTRATOR, 200), (Role.CASE_OFFICER, 302), (Role.REVIEWER, 302)],
    )
    def test_the_glossary_is_the_editors(self, role: Role, status: int) -> None:
        assert signed_in(role).get("/admin/glossary_terms/new/").status_code == status


@pytest.mark.parametrize(
    "text",
    [
        "Below the safe level.",
        "A toxic amount was released.",
        "Des quantités toxiques.",
        "Смертельная доза.",
        "The polluter reported it.",
    ],
)
def test_no_mass_is_called_safe_or_deadly_and_nobody_a_polluter(text: str) -> None:
    assert len(list(forbidden_in(text))) == 1


class TestReview:
    def test_figures_of_another_word_put_a_dated_note_on_the_page(self, client: Client) -> None:
        explainer = an_explainer(uses="<p>In lamps.</p>")
        load = RegisterLoadFactory(loaded_at=timezone.now() - timedelta(days=9))
        for year in (2022, 2023):
            ReleaseFactory(pollutant=explainer.pollutant, reporting_year=year, quantity_kg=Decimal(100), load=load)
        explainer.save_revision().publish()
        assert "The figures are newer than the text" not in page(client, address(explainer.pollutant))
        Release.objects.filter(reporting_year=2023).update(quantity_kg=Decimal(40))
        assert "The figures are newer than the text" in page(client, address(explainer.pollutant))

    def test_publishing_again_ends_it(self, client: Client) -> None:
        explainer = an_explainer(uses="<p>In lamps.</p>")
        ReleaseFactory(pollutant=explainer.pollutant)
        explainer.save_revision().publish()
        ReleaseFactory(pollutant=explainer.pollutant, reporting_year=2024)
        assert "is under review" in page(client, address(explainer.pollutant))
        ExplainerPage.objects.get(pk=explainer.pk).save_revision().publish()
        assert "is under review" not in page(client, address(explainer.pollutant))

    def test_a_page_that_nobody_has_written_has_no_text_to_review(self, client: Client) -> None:
        explainer = an_explainer()
        explainer.save_revision().publish()
        ReleaseFactory(pollutant=explainer.pollutant)
        assert "under review" not in page(client, address(explainer.pollutant))

    @pytest.mark.parametrize(
        ("now", "reasons"),
        [
            ({"year": 2023, "quantity_kg": "100", "direction": "fell"}, []),
            ({"year": 2023, "quantity_kg": "120", "direction": "fell"}, []),
            ({"year": 2023, "quantity_kg": "121", "direction": "fell"}, [TaskReason.CHANGE_OVER_LIMIT]),
            ({"year": 2023, "quantity_kg": "100", "direction": "rose"}, [TaskReason.WORD_BOUNDARY_CROSSED]),
            ({"year": 2024, "quantity_kg": "100", "direction": "fell"}, [TaskReason.NEW_YEAR]),
            ({"year": 2023, "quantity_kg": None, "direction": "fell"}, [TaskReason.CHANGE_OVER_LIMIT]),
        ],
    )
    def test_reasons_follow_the_figures(self, now: dict[str, Any], reasons: list[TaskReason]) -> None:
        before = {"water": {"year": 2023, "quantity_kg": "100", "direction": "fell"}}
        assert reasons_to_review(before, {"water": now}) == reasons
