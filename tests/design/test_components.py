"""A component takes what it states and nothing else; every component has a sample and renders alone."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from pytest_django import Settings

import design
from design.components import ComponentError, render_component, variables_of
from design.samples import SAMPLES, Sample
from design.templatetags.design import clock_tone, page_address
from tests.design.html import one, parsed, texts

pytestmark = pytest.mark.any_database

FOLDER = Path(design.__file__).parent / "templates" / "components"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))
STATES = [(name, sample) for name, samples in SAMPLES.items() for sample in samples]


def render(source: str, **context: object) -> str:
    return Template("{% load design %}" + source).render(Context(context))


def test_every_component_has_a_sample_and_every_sample_a_component() -> None:
    assert sorted(SAMPLES) == NAMES


@pytest.mark.parametrize(("name", "sample"), STATES, ids=[f"{name}-{sample.state}" for name, sample in STATES])
@pytest.mark.parametrize("language", [code for code, _name in site_settings.LANGUAGES])
def test_a_sample_renders_alone_in_each_language(name: str, sample: Sample, language: str) -> None:
    with translation.override(language):
        html = render_component(name, sample.values())
    soup = parsed(html)
    assert soup.get_text(strip=True)
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_the_samples_show_every_variable_and_every_choice(name: str) -> None:
    given = [sample.values() for sample in SAMPLES[name]]
    for variable in variables_of(name).values():
        values = [values[variable.name] for values in given if variable.name in values]
        assert values or variable.name in UNSHOWN, f"no sample of {name} has {variable.name}"
        if variable.choices and variable.name != "state":
            assert {str(value) for value in values} >= variable.choices - {"post", "get"}
        keys = {key for items in values for item in items for key in item} if variable.item_keys else set()
        assert keys == set(variable.item_keys)


# Where a form is sent has no look of its own.
UNSHOWN = {"action", "method", "caption", "label"}


def test_an_unknown_variable_is_refused_by_name() -> None:
    with pytest.raises(ComponentError, match='"state_tag" does not take colour'):
        render('{% component "state_tag" label="Open" tone="open" colour="red" %}')


def test_a_missing_variable_is_refused_by_name() -> None:
    with pytest.raises(ComponentError, match='"state_tag" needs tone'):
        render('{% component "state_tag" label="Open" %}')


def test_a_misspelt_value_is_refused_where_django_would_show_nothing() -> None:
    with pytest.raises(ComponentError, match=r"label=docket\.titel, which does not exist"):
        render('{% component "state_tag" label=docket.titel tone="open" %}', docket={"title": "A"})


def test_a_value_that_may_be_absent_says_so_with_default() -> None:
    html = render('{% component "notice" tone="done" title="Kept" text=remark|default:"" %}')
    assert parsed(html).get_text(strip=True) == "Kept"


def test_a_tone_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(ComponentError, match="one of closed, done, neutral, open, overdue, soon; it was given 'green'"):
        render('{% component "state_tag" label="Open" tone="green" %}')


def test_an_item_with_an_unknown_or_missing_key_is_refused() -> None:
    with pytest.raises(ComponentError, match=r'"summary_list\.rows" does not take colour'):
        render_component("summary_list", {"rows": [{"label": "a", "value": "b", "colour": "c"}]})
    with pytest.raises(ComponentError, match=r'"summary_list\.rows" needs value'):
        render_component("summary_list", {"rows": [{"label": "a"}]})


def test_a_component_sees_nothing_of_the_page_around_it() -> None:
    html = render('{% component "state_tag" label="Open" tone="open" %}', row="x", label="outer")
    assert parsed(html).get_text() == "Open"


def test_text_given_to_a_component_is_escaped() -> None:
    html = render('{% component "state_tag" label=words tone="open" %}', words="<script>alert(1)</script>")
    assert "<script>" not in html
    assert parsed(html).get_text() == "<script>alert(1)</script>"


def test_a_component_can_be_kept_under_a_name() -> None:
    html = render('{% component "state_tag" label="Open" tone="open" as tag %}[{{ tag }}]')
    assert html.startswith("[<strong")


@pytest.mark.parametrize("source", ["{% component %}", '{% component "state_tag" "Open" %}'])
def test_a_malformed_tag_is_a_syntax_error(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render(source)


def test_a_timeline_is_newest_first_whatever_order_it_is_given_in() -> None:
    entries = [
        {"instant": datetime(2025, 1, day, tzinfo=UTC), "actor": "The authority", "text": text}
        for day, text in ((3, "second"), (1, "first"), (9, "third"))
    ]
    soup = parsed(render_component("timeline", {"entries": entries}))
    assert texts(soup, ".timeline-what") == ["third", "second", "first"]


def test_a_clock_gives_date_time_zone_and_days_left_never_a_countdown_alone(settings: Settings) -> None:
    settings.TIME_ZONE = "UTC"
    deadline = datetime(2025, 3, 31, 15, tzinfo=UTC)
    values = {"label": "Comments close", "deadline": deadline, "at": datetime(2025, 3, 3, 10, tzinfo=UTC)}
    soup = parsed(render_component("clock", {**values, "explanation": ["Six weeks."]}))
    assert [part.get_text(strip=True) for part in soup.select("p")] == [
        "Comments close",
        "Monday 31 March 2025, 15:00\N{NO-BREAK SPACE}UTC",
        "28 days left",
    ]
    assert one(soup, "time")["datetime"] == "2025-03-31T15:00+00:00"
    assert texts(soup, "details li") == ["Six weeks."]


@pytest.mark.parametrize(
    ("deadline", "tone"),
    [
        (datetime(2025, 3, 10, 10, 1, tzinfo=UTC), "open"),
        (datetime(2025, 3, 10, 10, 0, tzinfo=UTC), "soon"),
        (datetime(2025, 3, 3, 10, 0, tzinfo=UTC), "closed"),
        (date(2025, 3, 11), "open"),
        (date(2025, 3, 10), "soon"),
        (date(2025, 3, 3), "soon"),
        (date(2025, 3, 2), "closed"),
    ],
)
def test_the_last_week_of_a_deadline_is_soon(deadline: date, tone: str) -> None:
    assert clock_tone(deadline, datetime(2025, 3, 3, 10, tzinfo=UTC)) == tone


@pytest.mark.parametrize(
    "query",
    ["pollutant=HG&page=2&year=2024", QueryDict("pollutant=HG&page=2&year=2024"), {"pollutant": "HG", "year": 2024}],
)
def test_another_page_of_a_list_keeps_what_was_asked(query: QueryDict | dict[str, object] | str) -> None:
    assert QueryDict(page_address(query, 3)[1:]).dict() == {"pollutant": "HG", "year": "2024", "page": "3"}
