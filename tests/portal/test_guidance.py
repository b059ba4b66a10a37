"""The guidance that comes with the platform: whole in three languages, planted on every site, an editor's to change."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from design.guidance import PageText, PlantedGuides, plant_guides, read_guide
from design.languages import CODES
from design.markup import MarkupError
from explainers import contents
from explainers.models import ExplainerIndexPage
from learning import loading
from learning.models import LearningIndexPage
from portal.models import StandardPage
from tests.register.factories import PollutantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
GUIDES = [(contents.GUIDANCE, slug) for slug in contents.GUIDES] + [(loading.GUIDANCE, slug) for slug in loading.GUIDES]
LINK = re.compile(r'href="([^"]+)"')


def whole(text: PageText) -> str:
    """Everything that a page says, as markup."""
    return "".join([text.introduction, *(str(block["value"]) for block in text.blocks)])


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Page]]:
    """The lists of a new site with the platform's guidance below them, and the pollutant that it leads to."""
    with django_db_blocker.unblock(), transaction.atomic():
        PollutantFactory.create(mercury=True)
        explainers, learning = list(ExplainerIndexPage.objects.all()), list(LearningIndexPage.objects.all())
        plant_guides(explainers, contents.GUIDANCE, contents.GUIDES)
        plant_guides(learning, loading.GUIDANCE, loading.GUIDES)
        yield [*explainers, *learning]
        transaction.set_rollback(True)


class TestTexts:
    def test_every_guide_is_there_in_every_language_and_no_other(self) -> None:
        for folder in (contents.GUIDANCE, loading.GUIDANCE):
            slugs = [slug for place, slug in GUIDES if place == folder]
            assert {path.name for path in folder.iterdir()} == {f"{slug}.{code}.md" for slug in slugs for code in CODES}

    @pytest.mark.parametrize(("folder", "slug"), GUIDES)
    def test_the_languages_say_the_same_things_and_nothing_of_one_country(self, folder: Path, slug: str) -> None:
        texts = [read_guide(folder, slug, code) for code in CODES]
        shapes = [[block["type"] for block in text.blocks] for text in texts]
        links = [
            Counter(link.removeprefix(f"/{code}") for link in LINK.findall(whole(text)))
            for code, text in zip(CODES, texts, strict=True)
        ]
        assert (shapes, links) == ([shapes[0]] * 3, [links[0]] * 3)
        for text in texts:
            assert (0 < len(text.title) <= 80, 40 <= len(text.description) <= 260) == (True, True)
            assert "$" not in whole(text)
            assert all(block["value"]["source"] for block in text.blocks if block["type"] == "quote")
            plain = [str(block["value"]) for block in text.blocks if block["type"] != "paragraph"]
            assert [words for words in plain if "](" in words or "**" in words] == []

    def test_a_link_to_nowhere_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "g.en.md").write_text("title: A\ndescription: B\n\nSee [this](page:about).\n", encoding="utf-8")
        with pytest.raises(MarkupError, match="page:about"):
            read_guide(tmp_path, "g", "en")


class TestOnANewSite:
    @pytest.mark.parametrize("code", CODES)
    def test_a_citizen_finds_every_guide_in_its_list_and_every_link_in_it_leads_somewhere(
        self, site: list[Page], client: Client, code: str
    ) -> None:
        paths = [f"/{code}/explainers/{slug}/" for slug in contents.GUIDES]
        paths += [f"/{code}/learning/{slug}/" for slug in loading.GUIDES]
        lists = "".join(client.get(f"/{code}/{name}/").content.decode() for name in ("explainers", "learning"))
        assert [path for path in paths if f'href="{path}"' not in lists] == []
        linked = {link for folder, slug in GUIDES for link in LINK.findall(whole(read_guide(folder, slug, code)))}
        wanted = [*paths, *(link for link in linked if link.startswith("/"))]
        assert {path: client.get(path).status_code for path in wanted} == dict.fromkeys(wanted, 200)

    def test_the_languages_of_a_guide_are_translations_of_each_other(self, site: list[Page]) -> None:
        guides = StandardPage.objects.filter(slug__in=[slug for _folder, slug in GUIDES])
        assert {page.get_translations().live().count() for page in guides} == {2}


def write(folder: Path, words: str, title: str = "How to ask") -> None:
    """A guide of the platform, in the version of an update."""
    source = f"title: {title}\ndescription: What one writes.\n\nIn short.\n\n## Asking\n{words} [Ask](/requests/).\n"
    for code in CODES:
        (folder / f"how-to-ask.{code}.md").write_text(source, encoding="utf-8")


class TestUpdates:
    @pytest.fixture
    def planted(self, tmp_path: Path) -> StandardPage:
        """The guide as it was first planted, in English."""
        write(tmp_path, "Write a letter.")
        assert self.plant(tmp_path) == PlantedGuides(made=1)
        return StandardPage.objects.get(slug="how-to-ask")

    def plant(self, folder: Path) -> PlantedGuides:
        lists = LearningIndexPage.objects.filter(locale__language_code="en")
        return plant_guides(lists, folder, ["how-to-ask"])

    def body(self) -> str:
        return str(StandardPage.objects.get(slug="how-to-ask").body)

    def test_planting_again_changes_nothing(self, planted: StandardPage, tmp_path: Path) -> None:
        before = StandardPage.objects.filter(pk=planted.pk).values().get()
        assert self.plant(tmp_path) == PlantedGuides()
        assert StandardPage.objects.filter(pk=planted.pk).values().get() == before

    def test_a_newer_text_arrives_also_after_an_editor_saved_the_page_as_it_was(
        self, planted: StandardPage, tmp_path: Path
    ) -> None:
        blocks = [
            {"type": child.block_type, "value": child.block.get_prep_value(child.value)} for child in planted.body
        ]
        blocks[1]["value"] = blocks[1]["value"].replace("<p>", '<p data-block-key="a1b2c">')
        planted.body = planted.body.stream_block.to_python(blocks)
        planted.save_revision().publish()
        write(tmp_path, "Send a letter.")
        assert self.plant(tmp_path) == PlantedGuides(changed=1)
        assert "Send a letter." in self.body()

    def test_what_an_editor_wrote_stays_and_the_rest_arrives(self, planted: StandardPage, tmp_path: Path) -> None:
        planted.body = planted.body.stream_block.to_python([{"type": "paragraph", "value": "<p>Call us.</p>"}])
        planted.save_revision().publish()
        write(tmp_path, "Send a letter.", title="Asking")
        assert self.plant(tmp_path) == PlantedGuides(changed=1, edited=1)
        assert ("Call us." in self.body(), StandardPage.objects.get(pk=planted.pk).title) == (True, "Asking")

    def test_a_draft_is_not_overwritten(self, planted: StandardPage, tmp_path: Path) -> None:
        planted.introduction = "<p>A draft.</p>"
        planted.save_revision()
        write(tmp_path, "Send a letter.")
        assert self.plant(tmp_path) == PlantedGuides(edited=1)
        assert "Write a letter." in self.body()

    def test_a_page_that_was_taken_down_stays_down(self, planted: StandardPage, tmp_path: Path) -> None:
        planted.unpublish()
        write(tmp_path, "Send a letter.")
        self.plant(tmp_path)
        assert StandardPage.objects.get(pk=planted.pk).live is False

    def test_a_page_of_somebody_elses_at_the_address_is_left_alone(self, tmp_path: Path) -> None:
        parent = LearningIndexPage.objects.get(locale__language_code="en")
        with translation.override("en"):
            own = parent.add_child(instance=Page(title="Ours", slug="how-to-ask"))
        write(tmp_path, "Write a letter.")
        assert self.plant(tmp_path) == PlantedGuides()
        assert Page.objects.get(pk=own.pk).title == "Ours"
