"""The acts on one thing asked: answer it, keep something back on a ground of Art. 12, drop that, disclose it later."""

import hashlib
import json
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput
from wagtail.log_actions import registry

from design.desk.conflicts import with_value
from design.desk.fields import ThreeLanguagesForm
from design.desk.words import time_of
from design.formats import date_of
from design.forms import PlainForm
from design.languages import CODES
from inforequests.acts import Act
from inforequests.admin.act_views import ItemActView
from inforequests.admin.entries import entries_for, entry_choices, entry_named
from inforequests.admin.words import language_hint
from inforequests.domain import answer_item, draft_of, drop_withholding, entry_of, lift_withholding, withhold_item
from inforequests.enums import DECIDED_DISPOSITIONS, KEEPING_BACK, Disposition, Substitute, WithheldType
from inforequests.models import Ground, ItemAnswer, RequestItem, Withholding
from inforequests.permissions import user_can_lift_withholding, user_can_withhold_item
from inforequests.refusals import WrongStateError
from register.domain.withholding import fields_to_disclose

PUBLIC_INTEREST: Final = "public_interest"
CONSIDERATION: Final = "releases_consideration"
_YES: Final = "yes"
_NO: Final = "no"


class AnswerForm(PlainForm):
    """Asks what becomes of the question. It remembers the draft it was loaded with, in case a colleague was quicker."""

    disposition = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[(value.value, value.label) for value in DECIDED_DISPOSITIONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of this question.")},
    )
    text = forms.CharField(
        label=_("Answer"),
        required=False,  # the domain says where it is needed
        max_length=20_000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 6}),
        help_text=_(
            "In plain words. For “not in the register”: where you looked, and where it might be found. A file cannot "
            "be attached here. If everybody may read it, have an editor add it under “Documents” and paste its address "
            "into the answer; if not, agree with the requester in a message on how to hand it over."
        ),
    )
    public_url = forms.URLField(
        label=_("Where it can be read"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("For “already public” only: the full address of the page."),
    )
    checked_on = forms.DateField(
        label=_("Seen there on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("For “already public” only: the day on which you opened the page and found it there."),
    )
    loaded = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: RequestItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.draft = draft_of(item)
        if self.draft is not None:
            for name in ("disposition", "text", "public_url", "checked_on"):
                self.initial.setdefault(name, getattr(self.draft, name))
        self.initial.setdefault("checked_on", date_of(timezone.now()))
        self.initial["loaded"] = version_of(self.draft)
        self.fields["text"].widget.attrs["lang"] = item.request.language

    def clean(self) -> dict[str, Any] | None:
        """Warn once where a colleague has answered meanwhile; sent again, this answer takes the place of theirs."""
        cleaned = super().clean()
        now = version_of(self.draft)
        if self.data.get("loaded", "") != now:
            entry = registry.get_logs_for_instance(self.item.request).select_related("user").first()
            draft = self.draft
            self.add_error(
                None,
                _now(
                    "%(person)s changed this answer while you were writing, at %(time)s. Stored is now: %(answer)s "
                    "What you typed is kept below; if you save again, yours takes its place."
                )
                % {
                    "person": str(entry.user) if entry and entry.user else _now("Somebody else"),
                    "time": time_of(entry.timestamp) if entry else "–",
                    "answer": f"{draft.get_disposition_display()}. {draft.text}" if draft else "–",
                },
            )
            self.data = with_value(self.data, "loaded", now)
        return cleaned


def version_of(draft: ItemAnswer | None) -> str:
    """Return a short digest of a draft and of what it keeps back."""
    if draft is None:
        return ""
    held = [withholding.pk for withholding in draft.sorted_withholdings]
    parts = [draft.pk, draft.disposition, draft.text, draft.public_url, str(draft.checked_on), held]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


class AnswerItemView(ItemActView):
    """Drafts the answer to one question, or changes the draft."""

    act = Act.ANSWER_ITEM
    form_class = AnswerForm
    header_icon = "edit"
    submit_label = _("Save the draft")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which question it is."""
        return {**super().get_form_kwargs(), "item": self.item}

    def consequences(self) -> list[str]:
        """Return what will happen."""
        lines = [
            language_hint(self.subject),
            _now("This is a draft: nobody is told before the answer is sent."),
        ]
        if self.subject.pending_decision:
            lines.append(_now("The answer that was ready has to be marked as ready again."))
        return lines

    def perform(self, form: Any) -> ItemAnswer:
        """Store the draft."""
        data = form.cleaned_data
        return answer_item(
            self.item,
            actor=self.request.user,
            disposition=Disposition(data["disposition"]),
            text=data["text"],
            public_url=data["public_url"],
            checked_on=data["checked_on"],
        )

    def get_done_message(self, result: ItemAnswer) -> str:
        """Return what is said when it is done."""
        if self._needs_ground(result):
            return _now("The draft is saved. Say now what is kept back, on which ground and why.")
        return _now("The draft is saved.")

    def form_valid(self, form: Any) -> Any:
        """Store the draft, and go on to the grounds where something is kept back."""
        response = super().form_valid(form)
        draft = ItemAnswer.objects.filter(item=self.item).order_by("-pk").first()
        if response.status_code == 302 and draft is not None and self._needs_ground(draft):
            response["Location"] = reverse("requests:withhold", args=[self.subject.pk, self.item.number])
        return response

    def _needs_ground(self, draft: ItemAnswer) -> bool:
        return draft.disposition in KEEPING_BACK and not draft.withholdings.exists()


class WithholdForm(ThreeLanguagesForm):
    """Asks for everything that Art. 12 asks for; what is missing, the domain says in a sentence for each."""

    text_label = _("Reason, in plain words")
    text_help = _(
        "One language is enough, best the one in which the requester asked. Readers of the others see in which it is."
    )

    ground = forms.ModelChoiceField(
        label=_("Ground"),
        queryset=Ground.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("There are no other grounds. Each is read narrowly (Art. 12(1))."),
        error_messages={"required": _("Choose the ground in law on which this is kept back.")},
    )
    withheld_type = forms.ChoiceField(
        label=_("Type of information"),
        choices=WithheldType.choices,
        widget=forms.RadioSelect,
        help_text=_("The register has to say it (Art. 12(3))."),
        error_messages={"required": _("Say what type of information is kept back.")},
    )
    entry = forms.ChoiceField(
        label=_("Entry of the register"),
        required=False,
        help_text=_("Where a value of the register is kept back: then the register says so too."),
    )
    concerns_releases = forms.ChoiceField(
        label=_("Is it about releases into the environment?"),
        choices=[(_YES, _("Yes")), (_NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is about releases into the environment.")},
    )
    substitute = forms.ChoiceField(
        label=_("Given instead"), choices=Substitute.choices, initial=Substitute.NONE, widget=forms.RadioSelect
    )
    substitute_text = forms.CharField(
        label=_("What is given instead"),
        required=False,
        max_length=400,
        help_text=_(
            "In the language in which the requester asked. For example: “a chlorinated solvent”, or “between 1 and 10 "
            "tonnes”."
        ),
    )
    review_by = forms.DateField(
        label=_("To be looked at again by"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Nothing is confidential for ever."),
    )
    field_order = [
        "ground",
        "withheld_type",
        "entry",
        "text_en",
        "text_fr",
        "text_ru",
        *(f"{PUBLIC_INTEREST}_{code}" for code in CODES),
        "concerns_releases",
        *(f"{CONSIDERATION}_{code}" for code in CODES),
        "substitute",
        "substitute_text",
        "review_by",
    ]

    def __init__(self, *args: Any, item: RequestItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries_for(item)
        ground, entry = self.fields["ground"], self.fields["entry"]
        if isinstance(ground, forms.ModelChoiceField) and isinstance(entry, forms.ChoiceField):
            ground.queryset = Ground.objects.active()
            entry.choices = entry_choices(self.entries)
        if not self.entries:
            del self.fields["entry"]
        self.ask_text(
            PUBLIC_INTEREST,
            _("What interest the public has in it, and why that does not outweigh"),
            rows=4,
            longest=4000,
        )
        self.ask_text(
            CONSIDERATION,
            _("Why not even the information on releases is disclosed"),
            rows=4,
            longest=4000,
            hint=_("Needed for commercial and industrial confidentiality, if it is about releases (Art. 12(2))."),
        )
        self.fields["substitute_text"].widget.attrs["lang"] = item.request.language
        self.order_fields(self.field_order)


class WithholdItemView(ItemActView):
    """Drafts that something is kept back, on one ground; a question may have several of these."""

    act = Act.WITHHOLD_ITEM
    form_class = WithholdForm
    header_icon = "lock"
    submit_label = _("Save what is kept back")

    def get_done_message(self, result: Withholding) -> str:
        """Return what is said when it is done: the register speaks of it only where an entry was named."""
        if result.entry_key:
            return _now("Saved. The answer will say so, and so will the register.")
        return _now("Saved. The answer will say so.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which question it is."""
        return {**super().get_form_kwargs(), "item": self.item}

    def refusal_now(self) -> str:
        """Return why nothing can be kept back of this question now."""
        refusal = super().refusal_now()
        if not refusal and not user_can_withhold_item(self.request.user, self.item):
            return _now("Answer the question first: choose “kept back” or “provided in part”.")
        return refusal

    def consequences(self) -> list[str]:
        """Return in which language it will be read first."""
        return [language_hint(self.subject)]

    def perform(self, form: Any) -> Withholding:
        """Store it."""
        data = form.cleaned_data
        return withhold_item(
            self.item,
            actor=self.request.user,
            ground=data["ground"],
            withheld_type=WithheldType(data["withheld_type"]),
            reason=form.texts,
            public_interest=form.given_texts(PUBLIC_INTEREST),
            concerns_releases=data["concerns_releases"] == _YES,
            releases_consideration=form.given_texts(CONSIDERATION),
            substitute=Substitute(data["substitute"]),
            substitute_text=data["substitute_text"],
            review_by=data["review_by"],
            entry=entry_named(form.entries, data.get("entry", "")),
        )


class WithholdingActView(ItemActView):
    """The page of an act on one withholding."""

    template_name = "inforequests/admin/withholding_act.html"
    withholding: Withholding

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the withholding among those of the question."""
        super().setup(request, *args, **kwargs)
        found = Withholding.objects.select_related("ground", "answer__decision", "answer__item__request")
        withholding = found.filter(pk=self.kwargs["withholding"], answer__item=self.item).first()
        if withholding is None:
            raise Http404
        self.withholding = withholding

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is kept back."""
        return super().get_context_data(**kwargs, withholding=self.withholding)


class DropWithholdingView(WithholdingActView):
    """Drops a withholding that is only drafted."""

    act = Act.WITHHOLD_ITEM
    header_icon = "bin"
    page_title = _("Keep this back no longer")
    submit_label = _("Drop it from the draft")
    done_message = _("It is dropped from the draft.")

    def perform(self, form: Any) -> None:
        """Drop it."""
        drop_withholding(self.withholding, actor=self.request.user)


class LiftForm(PlainForm):
    """Asks for the value that the register kept no copy of."""

    def __init__(self, *args: Any, entry: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in fields_to_disclose(entry) if entry is not None else ():
            field = entry._meta.get_field(name).formfield(required=False)
            if field is not None:
                self.fields[name] = field


class LiftWithholdingView(WithholdingActView):
    """Discloses what was kept back; where the register keeps it back, there too."""

    act = Act.LIFT_WITHHOLDING
    form_class = LiftForm
    header_icon = "lock-open"
    done_message = _("It is kept back no longer, here and in the register.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which entry of the register it is about."""
        return {**super().get_form_kwargs(), "entry": entry_of(self.withholding)}

    def refusal_now(self) -> str:
        """Return why it cannot be disclosed; nothing where it can."""
        if user_can_lift_withholding(self.request.user, self.withholding):
            return ""
        return _now("Only what the requester was told is kept back, and still is, can be disclosed.")

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [_now("The record says that it is disclosed. If it is about an entry of the register, so does that.")]

    def perform(self, form: Any) -> Withholding:
        """Disclose it."""
        if self.withholding.is_lifted:
            raise WrongStateError(_now("It is disclosed already."))
        return lift_withholding(self.withholding, actor=self.request.user, values=form.cleaned_data)
