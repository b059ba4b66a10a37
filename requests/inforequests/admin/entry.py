"""Entering what came by post, by e-mail, by telephone or in person: a request like any other."""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.widgets import AdminAutoHeightTextInput

from design.desk import act_views
from design.desk.act_views import HOME_CRUMBS
from design.desk.fields import AuthorityDateTimeField
from design.forms import PlainForm
from inforequests.acts import Act
from inforequests.admin.act_views import RoleRequiredMixin
from inforequests.admin.logs import log_act
from inforequests.domain import Question, receive_request
from inforequests.domain.intake import sent_before
from inforequests.enums import OFFLINE_KINDS, AnswerPrivacy, MessageKind
from inforequests.receipts import REQUEST_KIND
from inforequests.refusals import Refusal
from notices.addresses import AddressField
from receipts.handing import receipt_to_hand_over

_MOST_QUESTIONS = 5
_QUESTION = "question_"


class EntryForm(PlainForm):
    """Asks for what the letter says or the caller said; what is not said stays empty. Nobody is asked why."""

    kind = forms.ChoiceField(
        label=_("How it came"),
        choices=[(kind.value, kind.label) for kind in OFFLINE_KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it came.")},
    )
    submitted_at = AuthorityDateTimeField(
        label=_("Sent or said"),
        error_messages={"required": _("Say when it was sent or said: the last day is counted from then.")},
    )
    received_at = AuthorityDateTimeField(
        label=_("Received"), required=False, help_text=_("Where it came later than it was sent. It moves no date.")
    )
    language = forms.ChoiceField(label=_("Language it is written in"), choices=settings.LANGUAGES)
    name = forms.CharField(label=_("Name of who asks"), max_length=200, required=False)
    email = AddressField(label=_("E-mail address of who asks"), required=False)
    postal_address = forms.CharField(
        label=_("Postal address of who asks"),
        max_length=500,
        required=False,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("Only where the answer is to go on paper."),
    )
    privacy = forms.ChoiceField(
        label=_("Who may read the answer"),
        choices=AnswerPrivacy.choices,
        initial=AnswerPrivacy.REQUESTER,
        widget=forms.RadioSelect,
        help_text=_("Where nothing was said: the requester only."),
    )
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("form_token", secrets.token_urlsafe(24))
        self.initial.setdefault("submitted_at", timezone.now())
        for number in range(1, _MOST_QUESTIONS + 1):
            self.fields[f"{_QUESTION}{number}"] = forms.CharField(
                label=_now("Question %(number)s") % {"number": number},
                required=False,
                max_length=20_000,
                widget=AdminAutoHeightTextInput(attrs={"rows": 4 if number == 1 else 2}),
                help_text=_now("One thing asked in each, in the requester’s own words.") if number == 1 else "",
            )

    @property
    def questions(self) -> list[Question]:
        """What is asked, one by one."""
        words = [self.cleaned_data[name] for name in self.fields if name.startswith(_QUESTION)]
        return [Question(text) for text in words if text.strip()]

    @property
    def about_the_request(self) -> list[forms.BoundField]:
        """The fields that say how and when it came."""
        return [self[name] for name in ("kind", "submitted_at", "received_at", "language")]

    @property
    def about_the_requester(self) -> list[forms.BoundField]:
        """The fields that say who asks; nobody has to."""
        return [self[name] for name in ("name", "email", "postal_address", "privacy")]

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields for what is asked."""
        return [self[name] for name in self.fields if name.startswith(_QUESTION)]


class EnterRequestView(RoleRequiredMixin, act_views.ActView):
    """Enters a request for somebody; the answer page holds the number and key to be handed or sent to them."""

    act = Act.RECORD_REQUEST
    form_class = EntryForm
    template_name = "inforequests/admin/enter.html"
    header_icon = "mail"
    submit_label = _("Enter the request")

    def refusal_now(self) -> str:
        """Return nothing: requests are taken at any time."""
        return ""

    def get_back_url(self) -> str:
        """Lead back to the list."""
        return reverse("requests:index")

    def get_page_subtitle(self) -> str:
        """Return what follows from it."""
        return _now("The last day is counted from the day on which it was sent or said.")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        index = {"url": self.get_back_url(), "label": _now("Requests")}
        return [*HOME_CRUMBS, index, {"url": "", "label": self.get_page_title()}]

    def form_valid(self, form: Any) -> HttpResponse:
        """Store it and show the receipt; the key stands in no address, so there is no redirect.

        The same form sent again finds the same request, so that a page loaded twice enters nothing twice.
        """
        data = form.cleaned_data
        try:
            with transaction.atomic():
                sent = receive_request(
                    language=data["language"],
                    questions=form.questions,
                    name=data["name"].strip(),
                    email=data["email"],
                    postal_address=data["postal_address"].strip(),
                    privacy=AnswerPrivacy(data["privacy"]),
                    form_token=data["form_token"],
                    kind=MessageKind(data["kind"]),
                    entered_by=self.request.user,
                    submitted_at=data["submitted_at"],
                    received_at=data["received_at"],
                )
                if sent.is_new:
                    log_act(self.act, sent.request, actor=self.request.user)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        self.template_name = "inforequests/admin/entered.html"
        return self.render_to_response(
            self.get_context_data(
                form=form,
                subject=sent.request,
                secret=sent.secret,
                desk_url=reverse("requests:desk", args=[sent.request.pk]),
                receipt_url=reverse("requests:entered_receipt"),
                again_url=reverse("requests:add"),
            )
        )


class EnteredReceiptView(RoleRequiredMixin, View):
    """Gives the receipt of what was just entered, to be handed to whoever asked; later nobody here has the key."""

    act = Act.RECORD_REQUEST

    def post(self, request: HttpRequest) -> HttpResponse:
        """Return the PDF: whoever has the token of the form has entered it, and the key follows from the token."""
        sent = sent_before(request.POST.get("form_token", ""))
        if sent is None:
            raise Http404
        return receipt_to_hand_over(REQUEST_KIND, sent.request, key=sent.secret, language=sent.request.language)
