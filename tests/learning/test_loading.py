"""The programmes that come with the platform: they load, load again, and leave alone what an editor has changed."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from design.guidance import PlantedGuides
from design.languages import CODES
from learning.loading import CONTENTS, GUIDES, load_programmes, read_programmes
from learning.loading.planting import read_unit
from learning.models import Item, LearningIndexPage, Programme, ProgrammePage, UnitPage
from learning.refusals import ContentError
from register.domain.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.any_database]


@pytest.fixture
def loaded() -> None:
    load_reference()
    load_programmes()


def test_the_platforms_programmes_fit_together_in_three_languages() -> None:
    programmes = read_programmes()
    assert [programme.slug for programme in programmes] == [
        "read-a-register-in-20-minutes",
        "comment-so-that-it-counts",
        "answer-within-a-month",
    ]
    for programme in programmes:
        pool = [item for item in programme.items if item.use == "assessment"]
        assert len(pool) > programme.questions_drawn, programme.slug
        assert not [key for key in ("titles", "summaries", "outcomes") if getattr(programme, key).missing]


def test_what_a_title_says_of_minutes_is_what_its_units_take() -> None:
    [programme] = [one for one in read_programmes() if "minutes" in one.slug]
    minutes = sum(unit.minutes for unit in programme.units)
    assert [str(minutes) in title for title in programme.titles.by_code.values()] == [True] * len(CODES)


@pytest.mark.usefixtures("loaded")
def test_every_unit_has_its_page_in_each_language_with_its_exercises() -> None:
    units = sum(len(programme.units) for programme in read_programmes())
    assert UnitPage.objects.live().count() == units * len(CODES)
    for programme in read_programmes():
        for unit in programme.units:
            pages = UnitPage.objects.filter(unit__slug=unit.slug, unit__module__programme__slug=programme.slug)
            exercises = [[b.value["item"].key for b in page.body if b.block_type == "exercise"] for page in pages]
            assert exercises == [exercises[0]] * len(CODES)
            assert len({page.translation_key for page in pages}) == 1
    guides = LearningIndexPage.objects.get(locale__language_code="ru").get_children().live().in_menu()
    assert [page.slug for page in guides if page.slug in GUIDES] == list(GUIDES)


@pytest.mark.usefixtures("loaded")
def test_loading_again_makes_nothing_and_changes_nothing() -> None:
    before = (Page.objects.count(), Item.objects.count())
    again = load_programmes()
    assert (again.programmes, again.pages, again.items, again.guides) == (0, 0, 0, PlantedGuides())
    assert (Page.objects.count(), Item.objects.count()) == before


@pytest.mark.usefixtures("loaded")
def test_an_editors_words_stay_and_what_was_taken_away_comes_back() -> None:
    Programme.objects.filter(slug="comment-so-that-it-counts").update(title_en="Have your say")
    ProgrammePage.objects.filter(programme__slug="comment-so-that-it-counts").update(title="Have your say")
    Item.objects.filter(programme__slug="comment-so-that-it-counts").update(stem_en="What now?")
    Item.objects.filter(programme__slug="answer-within-a-month").first().delete()  # type: ignore[union-attr]  # it has some
    again = load_programmes()
    assert (again.pages, again.items) == (0, 1)
    assert Programme.objects.get(slug="comment-so-that-it-counts").title_en == "Have your say"
    assert ProgrammePage.objects.filter(title="Have your say").count() == len(CODES)
    assert not Item.objects.filter(programme__slug="comment-so-that-it-counts").exclude(stem_en="What now?").exists()


@pytest.mark.usefixtures("loaded")
def test_every_link_of_every_unit_leads_somewhere() -> None:
    import re  # noqa: PLC0415 -- as above

    from django.test import Client  # noqa: PLC0415 -- only this test walks

    client, found = Client(), set()
    for page in UnitPage.objects.live():
        for block in page.body:
            if block.block_type == "paragraph":
                found |= set(re.findall(r'href="(/[^"#]+)"', str(block.value)))
    broken = [path for path in sorted(found) if client.get(path).status_code != 200]
    assert broken == []


def test_without_reference_data_the_command_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_programmes")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ('move_on = "completed"\nrequires = []', 'move_on = "passed"\nrequires = ["nowhere"]'),
            "unknown units: nowhere",
        ),
        (('audience = "public"', 'audience = "everybody"'), "everybody"),
        (('slug = "read-one-entry"', 'slug = "no-such-file"'), "no-such-file"),
        (("pass_percent = 60", "pass_percent = "), "TOMLDecodeError"),
    ],
)
def test_files_that_do_not_fit_are_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    folder = tmp_path / "read-a-register-in-20-minutes"
    folder.mkdir()
    for path in (CONTENTS / folder.name).iterdir():
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(
            text.replace(*change) if path.name == "programme.toml" else text, encoding="utf-8"
        )
    with pytest.raises(ContentError, match=said):
        read_programmes(tmp_path)


def test_units_that_wait_for_each_other_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    for path in (CONTENTS / "read-a-register-in-20-minutes").iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "programme.toml":
            first, second = "what-a-register-is", "find-your-neighbourhood"
            head, _slug, tail = text.partition(f'slug = "{first}"')
            text = head + _slug + tail.replace("requires = []", f'requires = ["{second}"]', 1)
            head, _slug, tail = text.partition(f'slug = "{second}"')
            text = head + _slug + tail.replace("requires = []", f'requires = ["{first}"]', 1)
        (folder / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="in a circle: what-a-register-is → find-your-neighbourhood"):
        read_programmes(tmp_path)


def test_an_exercise_stands_where_its_line_stood() -> None:
    unit = read_programmes()[0].units[0]
    keys = {item.key: number for number, item in enumerate(read_programmes()[0].items, start=1)}
    introduction, blocks = read_unit(unit, "fr", keys, lambda target: "<a>")
    assert introduction.startswith("<p>")
    kinds = [block["type"] for block in blocks]
    assert "exercise" in kinds
    assert kinds[0] != "exercise"
