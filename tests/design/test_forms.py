"""A form says what is wrong, where, and how to get there, to eyes and to screen readers alike."""

import pytest
from bs4 import Tag
from django import forms
from django.template import RequestContext, Template
from django.test import RequestFactory

from tests.design.html import one, parsed, texts, words

pytestmark = pytest.mark.any_database


class CommentForm(forms.Form):
    comment = forms.CharField(label="Your comment", widget=forms.Textarea, help_text="As long as you like.")
    name = forms.CharField(label="Your name", required=False)
    medium = forms.ChoiceField(
        label="Which medium?", widget=forms.RadioSelect, choices=[("air", "Air"), ("water", "Water")], help_text="One."
    )
    agree = forms.BooleanField(label="I agree", help_text="Read it first.")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        raise forms.ValidationError("The consultation closed while you were writing.")


def page(form: forms.Form, *, method: str = "post") -> Tag:
    source = "{% load design %}{% component 'form' form=form submit_label='Send comment' method=method %}"
    context = RequestContext(RequestFactory().get("/"), {"form": form, "method": method})
    return one(parsed(Template(source).render(context)), "form")


def test_every_control_has_its_label_and_its_hint() -> None:
    form = page(CommentForm())
    assert texts(form, "label[for=id_comment]") == ["Your comment"]
    assert words(one(form, "#id_comment"), "aria-describedby") == ["id_comment_helptext"]
    assert texts(form, "#id_comment_helptext") == ["As long as you like."]
    assert texts(form, "label[for=id_name]") == ["Your name (optional)"]
    assert texts(form, "fieldset legend") == ["Which medium?"]
    assert words(one(form, "fieldset"), "aria-describedby") == ["id_medium_helptext"]
    assert texts(form, "label[for=id_agree]") == ["I agree"]


def test_an_untouched_form_shows_no_errors() -> None:
    assert page(CommentForm()).select(".error-summary, .field-error, [aria-invalid]") == []


def test_the_summary_on_top_leads_to_each_field_that_is_wrong() -> None:
    form = page(CommentForm({"comment": "", "medium": "fire", "agree": ""}))
    summary = one(form, ".error-summary")
    assert (summary["role"], summary["tabindex"]) == ("alert", "-1")
    targets = [str(link["href"]) for link in summary.select("a")]
    assert targets == ["#id_comment", "#id_medium_0", "#id_agree"]
    assert [one(form, target).name for target in targets] == ["textarea", "input", "input"]
    assert texts(summary, "li:not(:has(a))") == [
        "The consultation closed while you were writing.",
        "This field is required.",
    ]


def test_an_error_is_said_at_the_control_and_tied_to_it() -> None:
    form = page(CommentForm({"comment": ""}))
    control = one(form, "#id_comment")
    assert control["aria-invalid"] == "true"
    assert words(control, "aria-describedby") == ["id_comment_helptext", "id_comment_error"]
    assert texts(form, "#id_comment_error") == ["Error: This field is required."]
    assert words(one(form, "fieldset"), "aria-describedby") == ["id_medium_helptext", "id_medium_error"]


def test_what_was_typed_is_kept_and_escaped() -> None:
    form = page(CommentForm({"comment": "</textarea><script>alert(1)</script>", "name": '"><b>'}))
    assert form.select("script, b") == []
    assert texts(form, "#id_comment") == ["</textarea><script>alert(1)</script>"]
    assert one(form, "#id_name")["value"] == '"><b>'


def test_the_form_carries_its_safety_token_and_leaves_the_checking_to_the_server() -> None:
    form = page(CommentForm())
    assert form["method"] == "post"
    assert form.has_attr("novalidate")
    assert len(form.select("input[name=csrfmiddlewaretoken]")) == 1
    assert texts(form, "button[type=submit]") == ["Send comment"]


def test_a_form_that_only_asks_has_no_token() -> None:
    form = page(CommentForm(), method="get")
    assert form["method"] == "get"
    assert form.select("input[name=csrfmiddlewaretoken]") == []


def test_a_form_with_a_file_can_carry_it() -> None:
    class WithFile(forms.Form):
        file = forms.FileField(label="A file")

    assert page(WithFile())["enctype"] == "multipart/form-data"
