"""Entering what came by post, by e-mail, in person or at a hearing: into the same register, under its true author."""

import secrets
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.widgets import AdminAutoHeightTextInput

from consultations.acts import Act
from consultations.admin.act_views import ConsultationActView, RoleRequiredMixin
from consultations.admin.logs import log_act
from consultations.domain import receive_submission
from consultations.domain.intake import sent_before
from consultations.enums import OFFLINE_CHANNELS, Channel, PublicationPreference, SubmitterType
from consultations.measures import measure_label
from consultations.models import Docket, Submission
from consultations.receipts import COMMENT_KIND
from consultations.refusals import Refusal
from design.desk.fields import AuthorityDateTimeField
from design.forms import PlainForm
from files.forms import FIELD, Chosen, UploadsField
from notices.addresses import AddressField
from receipts.handing import receipt_to_hand_over

_MEASURE_FIELD = "measure_"


class EntryForm(PlainForm):
    """Asks for everything that the paper, the mail or the minutes say; what they do not say stays empty."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(channel.value, channel.label) for channel in OFFLINE_CHANNELS],
        widget=forms.RadioSelect,
    )
    received_at = AuthorityDateTimeField(label=_("Received"))
    language = forms.ChoiceField(label=_("Language it is written in"), choices=settings.LANGUAGES)
    submitter_type = forms.ChoiceField(
        label=_("The author speaks as"), choices=SubmitterType.choices, initial=SubmitterType.ANONYMOUS
    )
    name = forms.CharField(
        label=_("Name of the author"),
        max_length=200,
        required=False,
        help_text=_("Who wrote it, not who types it in: that is kept in the history only."),
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    email = AddressField(
        label=_("E-mail address of the author"),
        required=False,
        help_text=_("Where there is one, the receipt, the answer and the decision are sent there."),
    )
    publication_preference = forms.ChoiceField(
        label=_("What the author wants"),
        choices=PublicationPreference.choices,
        widget=forms.RadioSelect,
        help_text=_("Where nothing is said, choose “without my name”."),
        initial=PublicationPreference.WITHOUT_NAME,
    )
    text = forms.CharField(
        label=_("On the proposal as a whole"), required=False, widget=AdminAutoHeightTextInput(attrs={"rows": 6})
    )
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, docket: Docket, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.docket = docket
        self.initial.setdefault("form_token", secrets.token_urlsafe(24))
        self.initial.setdefault("received_at", timezone.now())
        for measure in docket.measures.select_related("pollutant", "activity"):
            self.fields[f"{_MEASURE_FIELD}{measure.number}"] = forms.CharField(
                label=_now("On %(code)s, %(label)s") % {"code": measure.code, "label": measure_label(measure)},
                required=False,
                widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
            )
        self.fields[FIELD] = UploadsField(chosen)
        self.fields["text"].help_text = _now("Copy it in full, in the author’s own words.")

    def clean_received_at(self) -> datetime:
        """Return when it came; typed to the minute, the minute of publication means: right after publication."""
        typed: datetime = self.cleaned_data["received_at"]
        published = self.docket.published_at
        same_minute = published is not None and published.replace(second=0, microsecond=0) == typed.replace(second=0)
        return published if published is not None and same_minute else typed

    @property
    def measure_texts(self) -> dict[int, str]:
        """What was said on each measure, by its number."""
        return {
            int(name.removeprefix(_MEASURE_FIELD)): words
            for name, words in self.cleaned_data.items()
            if name.startswith(_MEASURE_FIELD) and words
        }

    @property
    def about_the_comment(self) -> list[forms.BoundField]:
        """The fields that say how and when it came."""
        return [self[name] for name in ("channel", "received_at", "language")]

    @property
    def about_the_author(self) -> list[forms.BoundField]:
        """The fields that say who wrote it, and what they want."""
        return [self[name] for name in ("submitter_type", "name", "organisation", "email", "publication_preference")]

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields for what was said."""
        return [self[name] for name in self.fields if name.startswith(_MEASURE_FIELD)] + [self["text"], self[FIELD]]


class EnterSubmissionView(ConsultationActView):
    """Enters a comment for somebody; the answer page holds the number and key to be handed or sent to them."""

    act = Act.RECORD_SUBMISSION
    form_class = EntryForm
    template_name = "consultations/admin/enter.html"
    header_icon = "mail"
    submit_label = _("Enter the comment")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which measures there are, and which files are held for it."""
        return {**super().get_form_kwargs(), "docket": self.docket, "chosen": self.chosen}

    @cached_property
    def chosen(self) -> Chosen:
        """The files of the form; what came with this request is taken once."""
        if self.request.method != "POST":
            return Chosen()
        return Chosen.from_request(self.request, self.request.POST.get("form_token", ""))

    def form_valid(self, form: Any) -> HttpResponse:
        """Store it and show the receipt; the key stands in no address, so there is no redirect.

        The same form sent again finds the same submission, so that a page loaded twice enters nothing twice.
        """
        data = form.cleaned_data
        try:
            with transaction.atomic():
                sent = receive_submission(
                    self.docket,
                    language=data["language"],
                    publication_preference=PublicationPreference(data["publication_preference"]),
                    text=data["text"],
                    measure_texts=form.measure_texts,
                    submitter_type=SubmitterType(data["submitter_type"]),
                    name=data["name"].strip(),
                    organisation=data["organisation"].strip(),
                    email=data["email"],
                    files=data[FIELD],
                    form_token=data["form_token"],
                    channel=Channel(data["channel"]),
                    entered_by=self.request.user,
                    received_at=data["received_at"],
                )
                if sent.is_new:
                    log_act(self.act, sent.submission, actor=self.request.user)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        self.template_name = "consultations/admin/entered.html"
        return self.render_to_response(
            self.get_context_data(
                form=form,
                submission=sent.submission,
                secret=sent.secret,
                submission_url=reverse("submissions:desk", args=[sent.submission.pk]),
                receipt_url=reverse("dockets:entered_receipt", args=[self.docket.pk]),
                again_url=reverse("dockets:enter", args=[self.docket.pk]),
            )
        )


class EnteredReceiptView(RoleRequiredMixin, View):
    """Gives the receipt of what was just entered, to be handed or sent to its author; later nobody here has the key."""

    act = Act.RECORD_SUBMISSION

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the PDF: whoever has the token of the form has entered it, and the key follows from the token."""
        sent = sent_before(request.POST.get("form_token", ""))
        if sent is None or sent.submission.docket_id != pk:
            raise Http404
        submission = Submission.objects.with_points().get(pk=sent.submission.pk)
        return receipt_to_hand_over(COMMENT_KIND, submission, key=sent.secret, language=submission.language)
