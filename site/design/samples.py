"""A sample of every component in every state, so that each renders alone: for the style guide and its test.

The samples are specimens, in English whatever the language of the style guide.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.core.paginator import Page, Paginator
from django.templatetags.static import static

_NOW: Final = datetime(2025, 3, 3, 10, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """One state of one component."""

    state: str
    values: Callable[[], dict[str, Any]]  # made when shown: forms and pages belong to one request


class _SampleForm(forms.Form):
    """Every kind of control."""

    name = forms.CharField(
        label="Your name", required=False, max_length=80, help_text="Leave it empty to stay unnamed."
    )
    email = forms.EmailField(label="E-mail address", help_text="For the receipt only; it is never published.")
    comment = forms.CharField(label="Your comment", widget=forms.Textarea)
    medium = forms.ChoiceField(
        label="Which medium is it about?",
        widget=forms.RadioSelect,
        choices=[("air", "Air"), ("water", "Water"), ("land", "Land")],
    )
    topics = forms.MultipleChoiceField(
        label="Which topics does it touch?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("thresholds", "Thresholds"), ("activities", "Activities")],
    )
    language = forms.ChoiceField(label="Language of the answer", choices=[("en", "English"), ("fr", "Français")])
    since = forms.DateField(label="Since", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label="A file", required=False, help_text="PDF, at most 20 megabytes.")
    agree = forms.BooleanField(label="I have read what happens to my comment")


def _page(number: int) -> Page:
    return Paginator(range(95), 20).page(number)


def _tones(*tones_and_labels: tuple[str, str]) -> list[Sample]:
    return [
        Sample(tone, lambda tone=tone, label=label: {"tone": tone, "label": label})  # type: ignore[misc]  # bound now
        for tone, label in tones_and_labels
    ]


def _clock(deadline: date | datetime, **others: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {"label": "Comments close", "deadline": deadline, "at": _NOW, **others}


_MEASURE: Final = {
    "number": "1",
    "label": "Threshold for releases of mercury to water",
    "before": "1",
    "after": "0.5",
    "unit": "kg/year",
}
_ENTRIES: Final = [
    {"instant": _NOW - timedelta(days=40), "actor": "The authority", "text": "The consultation was announced."},
    {
        "instant": _NOW - timedelta(days=12),
        "actor": "You",
        "text": "You sent a comment on measure 1.",
        "url": "#timeline",
        "document": {"title": "Receipt (PDF, 40 kB)", "url": "#timeline"},
    },
    {"instant": _NOW, "actor": "The independent body", "text": "A review was opened."},
]
_FACT: Final = {
    "value": "12.4",
    "unit": "kg",
    "year": "2024",
    "medium": "to water",
    "medium_code": "water",
    "method": "measured",
    "source": "National register, load of 1 October 2025",
    "sentence": "About a tenth less than in the year before.",
}
_FIGURE: Final = {
    "id": "sample-figure",
    "caption": "Releases of mercury to water fell by a third in ten years.",
    "source": "National register, 2015 to 2024.",
    "alt": "Column chart of mercury released to water, in kilograms a year.",
}
_POINT: Final = {
    "number": "1",
    "topic": "Threshold for mercury",
    "author": "River Watch, an association",
    "comment": "The threshold should follow what laboratories can measure.\n\nSee https://example.org/limits.",
}

_DISPOSITIONS: Final = (
    ("Accepted", "done"),
    ("Accepted in part", "done"),
    ("Not accepted", "closed"),
    ("Already covered", "neutral"),
    ("Outside this consultation", "neutral"),
    ("Noted", "neutral"),
)


def _disposed(number: int, disposition: str, tone: str) -> dict[str, Any]:
    """Return a point that was answered in one of the ways there are."""
    row = {**_POINT, "number": str(number), "disposition": disposition, "tone": tone, "answer": "We have weighed it."}
    return {**row, "answer_language": "en", "change": "Measure 1: 1 kg becomes 0.5 kg." if tone == "done" else ""}


SAMPLES: Final[dict[str, list[Sample]]] = {
    "state_tag": _tones(
        ("open", "Open for comments"),
        ("soon", "Closing soon"),
        ("closed", "Closed for comments"),
        ("done", "Decided"),
        ("overdue", "Answer overdue"),
        ("neutral", "Announced"),
    ),
    "clock": [
        Sample(
            "not begun",
            lambda: {
                "label": "Comments open",
                "deadline": datetime(2025, 3, 17, 8, tzinfo=UTC),
                "at": _NOW,
                "explanation": ["Announced two weeks before it opens."],
            },
        ),
        Sample(
            "open, with how it was worked out",
            _clock(
                datetime(2025, 3, 31, 15, tzinfo=UTC),
                explanation=["Published on Monday 17 February 2025.", "Six weeks for comments: 42 days."],
            ),
        ),
        Sample("closing soon", _clock(datetime(2025, 3, 6, 15, tzinfo=UTC))),
        Sample("last day, a date", _clock(date(2025, 3, 3))),
        Sample("closed", _clock(datetime(2025, 2, 28, 15, tzinfo=UTC))),
        Sample(
            "overdue",
            lambda: {"label": "Answer due", "deadline": date(2025, 2, 20), "at": _NOW, "state": "overdue"},
        ),
        Sample(
            "overdue by one day, a date",
            lambda: {"label": "Answer due", "deadline": date(2025, 3, 2), "at": _NOW, "state": "overdue"},
        ),
    ],
    "timeline": [
        Sample("three entries, newest first", lambda: {"entries": _ENTRIES}),
        Sample("one entry", lambda: {"entries": _ENTRIES[:1]}),
        Sample("no entry yet", lambda: {"entries": []}),
    ],
    "before_after": [
        Sample("the least there is", lambda: {"rows": [_MEASURE]}),
        Sample(
            "everything, after the decision",
            lambda: {
                "before_label": "Before",
                "after_label": "From 1 January 2027",
                "rows": [
                    {
                        **_MEASURE,
                        "url": "#before_after",
                        "change_in_words": "The threshold is halved.",
                        "note": "Annex II, entry 21.",
                        "explained_in": "Mercury and its compounds",
                        "explained_url": "#before_after",
                        "entries": [{"text": "14 facilities reported between 0.5 and 1 kg in 2024", "url": "#"}],
                    },
                    {
                        "label": "Activity 5(g): waste-water treatment plants",
                        "before": "100,000 population equivalents",
                        "after": "50,000 population equivalents",
                    },
                ],
            },
        ),
    ],
    "receipt": [
        Sample(
            "the least there is",
            lambda: {"title": "Your comment", "number": "C-7KQ2-M4XD-9", "received_at": _NOW, "check_url": "#receipt"},
        ),
        Sample(
            "with contents and a file",
            lambda: {
                "title": "Receipt for your comment on the thresholds for mercury",
                "number": "C-7KQ2-M4XD-9",
                "received_at": _NOW,
                "lines": ["A comment on measure 1 (214 words)", "One file: limits.pdf"],
                "check_url": "#receipt",
                "downloads": [{"label": "PDF", "url": "#receipt"}, {"label": "JSON", "url": "#receipt"}],
                "key": "H4TZ-9WQM-K2R7-XB5D",
            },
        ),
    ],
    "figure": [
        Sample(
            "the least there is",
            lambda: {**_FIGURE, "id": "sample-figure-plain", "svg_url": static("img/sample-chart.svg")},
        ),
        Sample(
            "everything",
            lambda: {
                **_FIGURE,
                "svg_url": static("img/sample-chart.svg"),
                "wide_svg_url": static("img/sample-chart.svg"),
                "description": "From 18.6 kg in 2015 to 12.4 kg in 2024, with a rise in 2019.",
                "table": {"columns": ["Year", "Quantity (kg)"], "rows": [["2015", "18.6"], ["2024", "12.4"]]},
                "csv_url": "#figure",
                "citation": "National register of releases and transfers, mercury to water 2015–2024, load 12.",
            },
        ),
    ],
    "fact_strip": [
        Sample("one value", lambda: {"facts": [{"value": "87"}]}),
        Sample(
            "each medium",
            lambda: {
                "facts": [
                    {**_FACT, "medium": "to air", "medium_code": "air", "value": "103.2"},
                    _FACT,
                    {**_FACT, "medium": "to land", "medium_code": "land", "value": "0.8"},
                    {**_FACT, "medium": "off-site transfer", "medium_code": "transfer", "value": "41"},
                ]
            },
        ),
        Sample(
            "without a number, and not comparable",
            lambda: {
                "facts": [
                    {
                        **_FACT,
                        "value": "confidential",
                        "unit": "",
                        "method": "",
                        "sentence": "Confidential: a value exists and is withheld.",
                    },
                    {
                        **_FACT,
                        "medium": "to air",
                        "medium_code": "air",
                        "sentence": "The rule of reporting changed in 2024, so it cannot be compared with the year "
                        "before.",
                    },
                ]
            },
        ),
    ],
    "side_note": [
        Sample(
            "a caveat",
            lambda: {
                "title": "Release is not exposure",
                "text": "A release says what left a facility, not what you breathe.",
            },
        )
    ],
    "matrix": [
        Sample(
            "answered and not yet answered",
            lambda: {
                "rows": [
                    {
                        **_POINT,
                        "answer": "We agree. The new threshold is half of the old one.",
                        "disposition": "Accepted",
                        "tone": "done",
                        "change": "Measure 1: 1 kg becomes 0.5 kg.",
                        "answer_language": "en",
                        "change_language": "en",
                        "anchor": "sample-point-1",
                    },
                    {
                        **_POINT,
                        "number": "2",
                        "topic": "Petites installations",
                        "comment": "Les petites installations devraient déclarer aussi.",
                        "comment_language": "fr",
                    },
                ]
            },
        ),
        Sample(
            "answered in each way there is",
            lambda: {
                "rows": [_disposed(number, *answered) for number, answered in enumerate(_DISPOSITIONS, start=1)],
                "caption": "Points by their answer",
            },
        ),
    ],
    "empty": [
        Sample("words only", lambda: {"title": "No comments yet", "text": "The first one may be yours."}),
        Sample(
            "with a way on",
            lambda: {
                "title": "Nothing was found",
                "text": "No facility reported this pollutant in these years.",
                "action_url": "#empty",
                "action_label": "Search all years",
            },
        ),
    ],
    "pagination": [
        Sample("first page", lambda: {"page_obj": _page(1), "query": "pollutant=HG", "label": "Pages, the first"}),
        Sample(
            "a page between", lambda: {"page_obj": _page(3), "query": {"pollutant": "HG"}, "label": "Pages, between"}
        ),
        Sample("last page", lambda: {"page_obj": _page(5)}),
    ],
    "breadcrumbs": [
        Sample("two steps", lambda: {"items": [{"title": "Home", "url": "#"}, {"title": "Consultations", "url": "#"}]})
    ],
    "error_summary": [Sample("errors of a form", lambda: {"form": _SampleForm({"email": "nobody"}, prefix="summary")})],
    "notice": [
        Sample("neutral", lambda: {"tone": "neutral", "title": "The register is loaded once a year, in October."}),
        Sample(
            "done", lambda: {"tone": "done", "title": "Your comment was received.", "text": "A receipt is on its way."}
        ),
        Sample("soon", lambda: {"tone": "soon", "title": "Comments close tomorrow at 17:00 CET."}),
        Sample(
            "overdue",
            lambda: {"tone": "overdue", "title": "The answer is overdue.", "text": "You may ask for a review."},
        ),
    ],
    "summary_list": [
        Sample(
            "plain",
            lambda: {"rows": [{"label": "Name", "value": "River Watch"}, {"label": "Kind", "value": "Association"}]},
        ),
        Sample(
            "with answers to change",
            lambda: {
                "rows": [
                    {"label": "Your comment", "value": "The threshold should be lower.", "change_url": "#summary_list"},
                    {"label": "Name", "value": "None", "change_url": "#summary_list", "change_label": "Give a name"},
                ]
            },
        ),
    ],
    "question_progress": [Sample("second of four", lambda: {"step": 2, "steps": 4})],
    "form": [
        Sample("empty", lambda: {"form": _SampleForm(prefix="empty"), "submit_label": "Send comment"}),
        Sample(
            "sent with mistakes",
            lambda: {
                "form": _SampleForm({"wrong-email": "nobody", "wrong-medium": "fire"}, prefix="wrong"),
                "submit_label": "Send comment",
                "secondary_label": "Keep for later",
                "secondary_url": "#form",
                "reassurance": "When you press the button you get a tracking number at once.",
            },
        ),
    ],
}
