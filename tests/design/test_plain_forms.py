"""What a form says when something is missing: its name, and how to mend it."""

from importlib import import_module

import pytest
from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import PlainForm


class Everything(PlainForm):
    """One field of each kind."""

    words = forms.CharField(label=_("Reason"))
    way = forms.ChoiceField(label="How it came", choices=[("post", "post")])
    day = forms.DateField(label="Seen there on")
    moment = forms.DateTimeField(label="Sent or said")
    paper = forms.FileField(label="Paper")
    sure = forms.BooleanField(label="I am sure")
    own = forms.CharField(label="Name", error_messages={"required": "Say who."})


def test_a_form_names_what_is_missing_and_says_how_to_mend_it() -> None:
    assert {name: list(errors) for name, errors in Everything({}).errors.items()} == {
        "words": ["Fill in “Reason”: it is empty."],
        "way": ["Make a choice under “How it came”."],
        "day": ["Give the day under “Seen there on”, for example 2026-03-31."],
        "moment": ["Give the day and the time under “Sent or said”, for example 2026-03-31 17:00."],
        "paper": ["Choose a file under “Paper”."],
        "sure": ["Tick the box “I am sure”."],
        "own": ["Say who."],
    }


@pytest.mark.parametrize(
    "module",
    [
        "inforequests.forms",
        "inforequests.admin.item_acts",
        "inforequests.admin.request_acts",
        "inforequests.admin.review_desk",
        "inforequests.admin.entry",
        "consultations.forms",
        "consultations.admin.answers",
        "consultations.admin.decision_views",
        "consultations.admin.docket_acts",
        "consultations.admin.docket_form",
        "consultations.admin.entry",
        "consultations.admin.submission_acts",
    ],
)
def test_every_form_of_consultations_and_requests_speaks_so(module: str) -> None:
    found = [value for value in vars(import_module(module)).values() if isinstance(value, type)]
    asking = [value for value in found if issubclass(value, forms.BaseForm) and value.__module__ == module]
    assert asking
    assert [form.__name__ for form in asking if not issubclass(form, PlainForm)] == []
