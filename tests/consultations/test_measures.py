"""A change in words, and the entries of the register that it touches."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from consultations.enums import MeasureKind
from consultations.measures import change_in_words, describe_measure, touched_entries
from consultations.models import Measure
from register.enums import LoadKind, Medium, Presence, ThresholdKind
from register.models import Activity, Facility, RegisterLoad, Release
from tests.consultations.factories import PollutantFactory, access_measure, mercury_measure, texts


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("1", "0.5", "Halved: from 1 kg to 0.5 kg a year."),
        ("10", "1", "Reduced to a tenth: from 10 kg to 1 kg a year."),
        ("1", "2", "Doubled: from 1 kg to 2 kg a year."),
        ("100000", "80000", "Lowered by 20 per cent: from 100,000 kg to 80,000 kg a year."),
        ("10", "12.5", "Raised by 25 per cent: from 10 kg to 12.5 kg a year."),
        ("0.001", "0.0001", "Reduced to a tenth: from 0.001 kg to 0.0001 kg a year."),
        (None, "0.5", "New threshold: 0.5 kg a year."),
        ("1", None, "The threshold of 1 kg a year would go."),
        ("0", "1", "Raised from 0 kg to 1 kg a year."),
    ],
)
def test_a_change_is_told_as_people_say_it(before: str | None, after: str | None, words: str) -> None:
    told = change_in_words(before and Decimal(before), after and Decimal(after))
    assert told.replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.django_db
def test_a_threshold_has_its_label_and_both_sides() -> None:
    described = describe_measure(mercury_measure(number=1))
    assert (described.code, described.label) == ("M1", "Mercury and compounds: threshold for releases to water")
    assert (described.before, described.after) == ("1\N{NO-BREAK SPACE}kg a year", "0.5\N{NO-BREAK SPACE}kg a year")


@pytest.mark.django_db
def test_a_measure_in_words_keeps_its_words() -> None:
    described = describe_measure(access_measure())
    assert described.label == "Time of publication (en): access to information"
    assert (described.before, described.after) == (
        "Fifteen months after the year. (en)",
        "Nine months after the year. (en)",
    )


@pytest.mark.django_db
def test_a_measure_speaks_the_language_of_the_page() -> None:
    with translation.override("fr"):
        assert describe_measure(mercury_measure()).rationale == "Small releases add up. (fr)"
        assert "Mercure et composés" in describe_measure(mercury_measure()).label


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [MeasureKind.POLLUTANT_ADDED, MeasureKind.POLLUTANT_REMOVED])
def test_a_pollutant_comes_or_goes(kind: MeasureKind) -> None:
    described = describe_measure(mercury_measure(kind=kind, before_quantity_kg=None, after_quantity_kg=None))
    sides = {"Not in the register", "In the register"}
    assert {described.before, described.after} == sides


def release(number: int, quantity: str | None, *, year: int = 2024, **fields: Any) -> Release:
    facility, _made = Facility.objects.get_or_create(
        public_id=f"plant-{number}", defaults={"name": f"Plant {number}", "country": "FI"}
    )
    load, _made = RegisterLoad.objects.get_or_create(
        sha256="0" * 64,
        defaults={
            "kind": LoadKind.RELEASES,
            "source": "test",
            "file_name": "releases.csv",
            "loaded_at": timezone.now(),
        },
    )
    return Release.objects.create(
        facility=facility,
        pollutant=PollutantFactory(),
        load=load,
        reporting_year=year,
        **{
            "medium": Medium.WATER,
            "quantity_kg": quantity and Decimal(quantity),
            "presence": Presence.REPORTED if quantity else Presence.BELOW_THRESHOLD,
            **fields,
        },
    )


def told(measure: Measure) -> list[str]:
    return [line["text"] for line in touched_entries(measure).lines]


@pytest.mark.django_db
def test_a_lower_threshold_tells_who_reported_already_and_who_may_have_to() -> None:
    release(1, "4")
    release(2, "0.7")
    release(3, None)
    release(4, "9", year=2023)
    release(5, "9", medium=Medium.AIR)
    assert told(mercury_measure()) == [
        "In 2024, 2 facilities reported such releases (entries: 2).",
        "1 entry that was reported of the operator’s own accord would become a duty.",
        "1 facility said that it was below the threshold: it may have to report the quantity.",
    ]


@pytest.mark.django_db
def test_where_the_register_cannot_know_it_says_so() -> None:
    release(1, "4")
    assert told(mercury_measure())[-1] == (
        "How many more would report cannot be seen here: the register holds nothing below the threshold."
    )


@pytest.mark.django_db
def test_a_higher_threshold_tells_what_would_leave() -> None:
    release(1, "4")
    release(2, "1.5")
    release(3, "2")
    higher = mercury_measure(after_quantity_kg=Decimal(2))
    assert told(higher)[1:] == ["2 of these entries would no longer have to be reported (facilities: 2)."]


@pytest.mark.django_db
def test_each_line_about_entries_leads_to_the_search_that_shows_them() -> None:
    release(1, "4")
    [line] = [line for line in touched_entries(mercury_measure()).lines if "url" in line]
    assert line["url"].endswith("/register/search/?pollutant=HGANDCOMPOUNDS&medium=water&year_from=2024&year_to=2024")


@pytest.mark.django_db
def test_a_register_without_such_releases_says_so() -> None:
    assert told(mercury_measure()) == ["The register holds no such releases."]


@pytest.mark.django_db
def test_an_activity_counts_the_facilities_that_have_it_with_its_parts() -> None:
    energy = Activity.objects.create(code="1", name_en="Energy", sector=1, level=1)
    refineries = Activity.objects.create(code="1.(a)", name_en="Refineries", sector=1, level=2, parent=energy)
    Facility.objects.create(public_id="plant", name="Plant", country="FI", activity=refineries)
    measure = Measure(kind=MeasureKind.ACTIVITY_REMOVED, activity=energy, **texts("Why.").fields("rationale"))
    assert told(measure) == ["1 facility in the register has this as its main activity."]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        (
            {"after_quantity_kg": Decimal(1)},
            "after_quantity_kg",
            "The proposed threshold is the same as the present one.",
        ),
        (
            {"before_quantity_kg": None, "after_quantity_kg": None},
            "after_quantity_kg",
            "Give the threshold now, the proposed one, or both, in kilograms a year.",
        ),
        (
            {"threshold_kind": ThresholdKind.OFFSITE_TRANSFER},
            "threshold_kind",
            "This kind of measure changes one of these thresholds: "
            "releases to air, releases to water, releases to land.",
        ),
    ],
)
def test_a_change_that_is_none_is_refused_with_a_sentence(fields: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        mercury_measure(**fields).clean()
    assert refusal.value.message_dict == {field: [sentence]}


def test_a_measure_must_be_about_something() -> None:
    with pytest.raises(ValidationError) as refusal:
        Measure(kind=MeasureKind.OTHER, after_text_en="Different.").clean()
    assert refusal.value.message_dict == {
        "subject_en": ["Choose an entry of the register, or say what the measure is about."]
    }
