"""`load_explainers`: a page for every pollutant in three languages, and nothing of an editor's is ever lost."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.roles import Role
from design.languages import CODES
from explainers import contents
from explainers.domain.loading import load_explainers
from explainers.models import ExplainerIndexPage, ExplainerPage, GlossaryTerm, Reference
from register.domain.reference import load_reference
from register.models import Pollutant
from tests.accounts.factories import PersonFactory
from tests.explainers.factories import list_in
from tests.register.factories import PollutantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.any_database]
TEXT = "title: {title}\ndescription: A metal.\n\n## uses\nIn lamps.\n\n## health\nIt harms nerves.\n"
Write = Callable[..., None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the project's text on mercury, in a folder that holds nothing else."""
    monkeypatch.setattr(contents, "FOLDER", tmp_path)

    def put(uses: str = "In lamps.", title: str = "Mercury") -> None:
        for code in CODES:
            text = TEXT.format(title=title).replace("In lamps.", uses)
            (tmp_path / f"mercury-and-compounds.{code}.md").write_text(text, encoding="utf-8")

    put()
    return put


@pytest.fixture
def mercury() -> Pollutant:
    return PollutantFactory.create(mercury=True)


def english() -> ExplainerPage:
    return ExplainerPage.objects.get(locale__language_code="en", slug="mercury-and-compounds")


def test_every_pollutant_of_annex_ii_gets_a_page_in_three_languages_and_eight_are_written() -> None:
    load_reference()
    done = load_explainers()
    annex = Pollutant.objects.filter(in_protocol=True)
    assert annex.count() == 86
    for code in CODES:
        pages = ExplainerPage.objects.live().child_of(list_in(code))
        assert pages.filter(pollutant__in=annex).count() == 86
        assert pages.written().count() == 8
    guides = list_in("fr").get_children().live().in_menu().not_type(ExplainerPage)
    assert [page.slug for page in guides] == list(contents.GUIDES)
    assert done.pages_made == ExplainerPage.objects.count()
    assert Reference.objects.count() == done.references
    assert GlossaryTerm.objects.count() == done.terms


@pytest.mark.usefixtures("write")
class TestLoading:
    def test_the_languages_of_a_page_are_translations_of_each_other(self, mercury: Pollutant) -> None:
        load_explainers()
        keys = set(ExplainerPage.objects.filter(pollutant=mercury).values_list("translation_key", flat=True))
        assert len(keys) == 1

    def test_loading_twice_changes_nothing(self, mercury: Pollutant) -> None:
        load_explainers()
        before = list(ExplainerPage.objects.order_by("pk").values())
        done = load_explainers()
        assert (done.pages_made, done.pages_changed, done.pages_edited) == (0, 0, 0)
        assert list(ExplainerPage.objects.order_by("pk").values()) == before

    def test_a_newer_text_of_the_project_arrives(self, mercury: Pollutant, write: Write) -> None:
        load_explainers()
        write("In scales.")
        assert load_explainers().pages_changed == 3
        assert english().uses == "<p>In scales.</p>"

    def test_what_an_editor_has_changed_stays_and_the_rest_arrives(self, mercury: Pollutant, write: Write) -> None:
        load_explainers()
        page = english()
        page.uses = "<p>What the editor knows.</p>"
        page.save_revision().publish()
        write("In scales.", title="Quicksilver")
        assert load_explainers().pages_edited == 1
        page = english()
        assert (page.uses, page.title) == ("<p>What the editor knows.</p>", "Quicksilver")

    def test_the_paragraph_names_of_the_editing_page_are_no_change(self, mercury: Pollutant, write: Write) -> None:
        load_explainers()
        page = english()
        page.uses = '<p data-block-key="a1b2c">In lamps.</p>'
        page.save_revision().publish()
        write("In scales.")
        load_explainers()
        assert english().uses == "<p>In scales.</p>"

    def test_a_draft_is_not_overwritten(self, mercury: Pollutant, write: Write) -> None:
        load_explainers()
        page = english()
        page.health = "<p>A draft.</p>"
        page.save_revision()
        write("In scales.")
        load_explainers()
        assert english().get_latest_revision_as_object().health == "<p>A draft.</p>"
        assert english().uses == "<p>In lamps.</p>"

    def test_a_page_that_was_taken_down_stays_down(self, mercury: Pollutant, write: Write) -> None:
        load_explainers()
        english().unpublish()
        write("In scales.")
        load_explainers()
        assert english().live is False

    def test_a_new_pollutant_gets_its_pages_later(self, mercury: Pollutant) -> None:
        load_explainers()
        PollutantFactory.create(carbon_dioxide=True)
        assert load_explainers().pages_made == 3

    def test_a_part_of_an_entry_has_no_page_of_its_own(self) -> None:
        part = PollutantFactory.create(without_biomass=True)
        load_explainers()
        assert not ExplainerPage.objects.filter(pollutant=part).exists()

    def test_the_history_says_who_loaded_it(self, mercury: Pollutant) -> None:
        person = PersonFactory(role=Role.EDITOR)
        load_explainers(actor=person)
        assert english().latest_revision.user == person


class TestTheCommand:
    def test_it_says_what_it_has_done(self, mercury: Pollutant, write: Write) -> None:
        out = StringIO()
        call_command("load_explainers", stdout=out)
        assert out.getvalue().startswith("Pages made: 3, brought up to date: 0")

    def test_without_pollutants_it_says_what_to_do_first(self) -> None:
        with pytest.raises(CommandError, match="load_reference"):
            call_command("load_explainers")

    def test_without_a_list_it_says_what_to_make_first(self, mercury: Pollutant) -> None:
        ExplainerIndexPage.objects.all().delete()
        with pytest.raises(CommandError, match="list of explainers"):
            call_command("load_explainers")

    def test_a_text_over_the_limit_fails_the_check_of_readability(self, mercury: Pollutant, write: Write) -> None:
        write(
            "Quantitative determinations of bioaccumulative organometallic contaminants necessitate sophistication. "
            * 9
        )
        load_explainers()
        with pytest.raises(CommandError, match="over the limit"):
            call_command("check_readability", stdout=StringIO())
