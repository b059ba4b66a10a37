"""Every word of direction and share follows the figures, and is the same wherever it is said."""

from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from explainers.perspectives import multiple
from register.enums import ThresholdKind
from register.models import Pollutant, RuleChange
from tests.explainers.factories import address, an_explainer
from tests.register.factories import FacilityFactory, PollutantFactory, ReleaseFactory, ThresholdFactory
from tests.register.pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def mercury() -> Pollutant:
    """Mercury, with a page in English."""
    pollutant = PollutantFactory.create(mercury=True)
    an_explainer(pollutant)
    return pollutant


def released(pollutant: Pollutant, year: int, quantity: str, **more: object) -> None:
    ReleaseFactory(pollutant=pollutant, reporting_year=year, quantity_kg=Decimal(quantity), **more)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("1000", "1049", "stayed about the same"),
        ("1000", "1050", "stayed about the same"),
        ("1000", "1051", "rose"),
        ("1000", "951", "stayed about the same"),
        ("1000", "950", "stayed about the same"),
        ("1000", "949", "fell"),
        ("1000", "500", "fell"),
        ("1000", "499", "fell by more than half"),
        ("1000", "2001", "more than doubled"),
    ],
)
def test_the_word_of_change_follows_the_figures_in_fact_sentence_and_caption_alike(
    client: Client, mercury: Pollutant, before: str, after: str, word: str
) -> None:
    released(mercury, 2022, before)
    released(mercury, 2023, after)
    said = page(client, address(mercury))
    assert f"Against 2022 it {word} (1,000 kg)." in said
    # In the perspective, the caption, the table's caption and the long description.
    assert said.count(f"Releases to water {word}:") == 4


def test_from_zero_there_is_no_percentage(client: Client, mercury: Pollutant) -> None:
    ReleaseFactory(pollutant=mercury, reporting_year=2022, zero=True)
    released(mercury, 2023, "5")
    assert "Against 2022 it rose from zero" in page(client, address(mercury))


def test_a_missing_year_is_not_compared(client: Client, mercury: Pollutant) -> None:
    released(mercury, 2021, "5")
    released(mercury, 2023, "9")
    assert "There is no value for the year before to compare it with." in page(client, address(mercury))


def test_a_withheld_value_is_not_compared_and_never_zero(client: Client, mercury: Pollutant) -> None:
    released(mercury, 2022, "5")
    ReleaseFactory(pollutant=mercury, reporting_year=2023, confidential=True)
    said = page(client, address(mercury))
    assert "■ confidential" in said
    assert "1 value is withheld and is missing from every sum." in said
    for wrong in ("fell to zero", "○ zero", " 0 kg"):
        assert wrong not in said


@pytest.mark.parametrize(
    ("largest", "word"),
    [("449", "less than half"), ("450", "about half"), ("550", "about half"), ("551", "more than half")],
)
def test_a_share_names_its_total_and_takes_its_word_from_the_table(
    client: Client, mercury: Pollutant, largest: str, word: str
) -> None:
    released(mercury, 2023, largest, facility=FacilityFactory(name="Pulp Mill"))
    rest = Decimal(1000) - Decimal(largest)
    # In three parts, so that none of them is larger.
    for part in (rest / 4, rest / 4, rest / 2):
        released(mercury, 2023, str(part))
    said = page(client, address(mercury))
    assert (
        f"Of the 1,000 kg that facilities reported to water for 2023, one facility released {word}: "
        f"Pulp Mill, with {largest} kg." in said
    )


def test_of_one_facility_no_share_is_told(client: Client, mercury: Pollutant) -> None:
    released(mercury, 2023, "5")
    assert "one facility released" not in page(client, address(mercury))


def test_of_a_total_with_a_withheld_part_no_share_is_told(client: Client, mercury: Pollutant) -> None:
    released(mercury, 2023, "5")
    released(mercury, 2023, "3")
    ReleaseFactory(pollutant=mercury, reporting_year=2023, confidential=True)
    assert "one facility released" not in page(client, address(mercury))


def test_the_largest_release_is_told_as_a_multiple_of_the_threshold_that_applies(
    client: Client, mercury: Pollutant
) -> None:
    ThresholdFactory(pollutant=mercury, kind=ThresholdKind.RELEASE_WATER, quantity_kg=Decimal(2))
    released(mercury, 2023, "25")
    said = page(client, address(mercury))
    assert "The largest single release to water in 2023 is 12 times the threshold of 2 kg" in said


def test_a_release_below_the_threshold_is_no_multiple_of_it(client: Client, mercury: Pollutant) -> None:
    ThresholdFactory(pollutant=mercury, kind=ThresholdKind.RELEASE_WATER, quantity_kg=Decimal(2))
    released(mercury, 2023, "1")
    assert "lies below the threshold of 2 kg; it was reported all the same." in page(client, address(mercury))


@pytest.mark.parametrize(
    ("ratio", "told"), [("1", "1"), ("1.26", "1.3"), ("12.4", "12"), ("999.6", "1,000"), ("1000.1", "more than 1,000")]
)
def test_a_multiple_has_two_digits_and_ends_at_a_thousand(ratio: str, told: str) -> None:
    assert multiple(Decimal(ratio)) == told


class TestRuleChanges:
    @pytest.fixture
    def changed(self, mercury: Pollutant) -> Pollutant:
        """Mercury that fell by half just when the rule changed."""
        texts = {"text_en": "A new factor.", "text_fr": "Un nouveau facteur.", "text_ru": "Новый коэффициент."}
        RuleChange.objects.create(year=2023, pollutant=mercury, medium="water", **texts)
        released(mercury, 2022, "1000")
        released(mercury, 2023, "400")
        return mercury

    def test_a_step_at_a_change_of_the_rule_is_never_called_a_fall(self, client: Client, changed: Pollutant) -> None:
        said = page(client, address(changed))
        assert "The rule of reporting changed in 2023, so it cannot be compared with the year before." in said
        assert "cannot be compared, because the rule of reporting changed in 2023." in said
        assert "fell" not in said

    def test_the_caveat_says_what_changed(self, client: Client, changed: Pollutant) -> None:
        said = page(client, address(changed))
        assert "From reporting year 2023: A new factor. A step in that year may come from the rule" in said

    def test_a_rule_on_another_medium_changes_nothing(self, client: Client, changed: Pollutant) -> None:
        RuleChange.objects.update(medium="air")
        assert "Against 2022 it fell by more than half" in page(client, address(changed))

    def test_the_drawing_marks_the_year(self, client: Client, changed: Pollutant) -> None:
        said = unescape(client.get(address(changed)).content.decode())
        drawing = next(part for part in said.split('"') if part.endswith("-wide.svg"))
        assert ">new rule</text>" in client.get(drawing).content.decode()
