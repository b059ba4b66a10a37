"""The acts on a request as a whole: acknowledge it, write to who asked, make the answer ready, send it, publish it."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from design.desk.fields import ThreeLanguagesForm
from design.formats import format_date_long
from design.forms import PlainForm
from design.texts import Texts
from inforequests.acts import Act
from inforequests.admin.act_views import RequestActView
from inforequests.admin.desk import item_rows, nothing_drafted
from inforequests.admin.logs import log_act
from inforequests.admin.words import language_hint
from inforequests.domain import (
    acknowledge_request,
    mark_answer_ready,
    mark_messages_read,
    missing_for_decision,
    publish_in_disclosure_log,
    send_decision,
    send_message_to_requester,
    take_from_disclosure_log,
)
from inforequests.enums import FULLY_GIVEN, KEEPING_BACK, AnswerPrivacy
from inforequests.models import Decision, Disclosure, InformationRequest, Message, ReviewBody
from inforequests.permissions import act_of_sending, user_can_send_decision, user_has_role_for
from inforequests.refusals import WrongStateError


def told_by_mail(request: InformationRequest) -> str:
    """Return in a sentence how the requester learns of an act."""
    if request.email:
        return _now("The requester is told by e-mail.")
    return _now("The requester gave no e-mail address, and reads it on the page of the request.")


class AcknowledgeView(RequestActView):
    """Says that the request is in hand."""

    act = Act.ACKNOWLEDGE
    header_icon = "check"
    done_message = _("The request is acknowledged and in hand.")

    def consequences(self) -> list[str]:
        """Return what will happen."""
        lines = [told_by_mail(self.subject), _now("An acknowledgement is no answer: the last day stays as it is.")]
        if self.subject.clock:
            day = format_date_long(self.subject.clock.last_day)
            lines.append(_now("The answer is due by the end of %(day)s.") % {"day": day})
        return lines

    def perform(self, form: Any) -> InformationRequest:
        """Acknowledge it."""
        return acknowledge_request(self.subject, actor=self.request.user)


class MessageForm(PlainForm):
    """Asks for the words, and whether they hold a question."""

    text = forms.CharField(
        label=_("Message"), required=False, max_length=20_000, widget=AdminAutoHeightTextInput(attrs={"rows": 6})
    )
    asks_for_clarification = forms.BooleanField(
        label=_("I ask the requester to be more precise"),
        required=False,
        help_text=_("Answering is optional, and the message says so. The last day stays as it is."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = language


class WriteMessageView(RequestActView):
    """Writes to the requester."""

    act = Act.WRITE_MESSAGE
    form_class = MessageForm
    header_icon = "mail"
    submit_label = _("Send the message")
    done_message = _("The message is sent.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form in which language the requester reads."""
        return {**super().get_form_kwargs(), "language": self.subject.language}

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [language_hint(self.subject), told_by_mail(self.subject)]

    def perform(self, form: Any) -> Message:
        """Send it."""
        return send_message_to_requester(
            self.subject,
            actor=self.request.user,
            text=form.cleaned_data["text"],
            asks_for_clarification=form.cleaned_data["asks_for_clarification"],
        )


class MarkMessagesReadView(RequestActView):
    """Says that the requester's messages were read."""

    act = Act.WRITE_MESSAGE
    header_icon = "check"
    page_title = _("Mark the messages as read")
    done_message = _("The messages are marked as read.")

    def perform(self, form: Any) -> int:
        """Mark them."""
        return mark_messages_read(self.subject, actor=self.request.user)

    def log(self) -> None:
        """Write nothing: reading is no act on the request."""


class ReadyForm(PlainForm):
    """Asks for covering words, and whether something is left for later."""

    letter = forms.CharField(
        label=_("Covering words"),
        required=False,
        max_length=4000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=_("They stand above the answers. What the law asks for is added by itself."),
    )
    in_part = forms.BooleanField(
        label=_("Send what is answered, and the rest later"),
        required=False,
        help_text=_("The last day of the rest stays as it is: on the day after it, that part is not answered in time."),
    )


class MarkReadyView(RequestActView):
    """Makes the answer ready; the day on which it was ready is kept, besides the day on which it is sent."""

    act = Act.MARK_READY
    form_class = ReadyForm
    template_name = "inforequests/admin/ready.html"
    header_icon = "clipboard-list"
    done_message = _("The answer is ready. Where something is kept back, a decision-maker sends it; else you may.")

    def refusal_now(self) -> str:
        """Return why nothing can be made ready: without a draft there is nothing to send."""
        return super().refusal_now() or nothing_drafted(self.subject)

    def consequences(self) -> list[str]:
        """Return in which language the covering words will be read."""
        return [language_hint(self.subject)]

    def get_form(self, form_class: Any = None) -> forms.Form:
        """Return the form; nothing can be left for later where everything is answered."""
        form = super().get_form(form_class)
        form.fields["letter"].widget.attrs["lang"] = self.subject.language
        if not missing_for_decision(self.subject):
            del form.fields["in_part"]
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is still missing, unless the refusal above the form says it, and what is drafted."""
        context = super().get_context_data(**kwargs, rows=item_rows(self.request.user, self.subject))
        is_said = bool(context["form"].non_field_errors())
        return {**context, "missing": [] if is_said else missing_for_decision(self.subject)}

    def perform(self, form: Any) -> Decision:
        """Make it ready."""
        return mark_answer_ready(
            self.subject,
            actor=self.request.user,
            letter=form.cleaned_data["letter"],
            in_part=form.cleaned_data.get("in_part", False),
        )


class SendForm(PlainForm):
    """Remembers which answer was read before it was sent."""

    decision = forms.IntegerField(widget=forms.HiddenInput)


class SendDecisionView(RequestActView):
    """Sends the answer that is ready, after a look at all of it."""

    act = Act.SEND_ANSWER
    form_class = SendForm
    template_name = "inforequests/admin/send.html"
    header_icon = "mail"
    submit_label = _("Send it now")
    done_message = _("The answer is sent.")

    def has_role(self, user: Any) -> bool:
        """Return whether a person has a role for this answer; without one at hand, for any."""
        decision = self.decision
        if decision is not None:
            return user_has_role_for(user, act_of_sending(decision))
        return user_has_role_for(user, Act.SEND_ANSWER) or user_has_role_for(user, Act.SEND_REFUSAL)

    @cached_property
    def decision(self) -> Decision | None:
        """The answer that is ready."""
        found = self.subject.decisions.ready().prefetch_related("answers__withholdings__ground", "answers__item")
        return found.first()

    def get_initial(self) -> dict[str, Any]:
        """Begin with the answer that is shown."""
        decision = self.decision
        return {"decision": decision.pk if decision else None}

    def keeps_back(self, decision: Decision | None) -> bool:
        """Return whether an answer gives less than what was asked: then it names the ways to a review."""
        return decision is not None and any(answer.disposition not in FULLY_GIVEN for answer in decision.answers.all())

    def consequences(self) -> list[str]:
        """Return what will happen."""
        decision = self.decision
        lines = [told_by_mail(self.subject), _now("What is sent stands as it is: only a review can re-open it.")]
        if decision and any(answer.disposition in KEEPING_BACK for answer in decision.answers.all()):
            lines.append(_now("The register says of its entries what is kept back, and why (Art. 12(3))."))
        if decision and decision.is_partial:
            lines.append(_now("Only a part is sent: the rest stays due on the same last day."))
        return lines

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the answer as it will be sent, with the ways to a review."""
        decision = self.decision
        return super().get_context_data(
            **kwargs,
            decision=decision,
            rows=item_rows(self.request.user, self.subject),
            bodies=ReviewBody.objects.active() if self.keeps_back(decision) else [],
            keeps_back=self.keeps_back(decision),
        )

    def perform(self, form: Any) -> Decision:
        """Send it; not another one than was read."""
        decision = self.decision
        if decision is None or decision.pk != form.cleaned_data["decision"]:
            raise WrongStateError(
                _now("A colleague has changed the answer while you were reading it. Go back, and read it as it is now.")
            )
        try:
            return send_decision(decision, actor=self.request.user)
        except Decision.DoesNotExist as gone:
            raise WrongStateError(
                _now("A colleague is changing the answer at this moment. Go back, and read it as it is now.")
            ) from gone

    def log(self) -> None:
        """Write into the history whether something was kept back."""
        decision = self.subject.decisions.sent().order_by("-sent_at").first()
        act = act_of_sending(decision) if decision else self.act
        log_act(act, self.subject, actor=self.request.user)

    def refusal_now(self) -> str:
        """Return why nothing can be sent now."""
        refusal = super().refusal_now()
        decision = self.decision
        if refusal or decision is None:
            return refusal or _now("No answer is ready: mark it as ready first.")
        return "" if user_can_send_decision(self.request.user, decision) else str(self.act.label)


class TitleForm(ThreeLanguagesForm):
    """Asks for a title in each language."""

    text_label: Promise | str = _("Title")
    text_rows = 1
    text_max_length = 200
    text_help = _(
        "It must not name who asked. If all three stay empty, the first words of the question stand as the title, in "
        "the language in which it was asked."
    )


class DiscloseView(RequestActView):
    """Publishes question and answer in the disclosure log, without the requester's name."""

    act = Act.DISCLOSE
    form_class = TitleForm
    template_name = "inforequests/admin/disclose.html"
    header_icon = "globe"
    submit_label = _("Publish it")

    def refusal_now(self) -> str:
        """Return why it cannot be published; nothing where it can."""
        refusal = super().refusal_now()
        if not refusal and self.subject.privacy != AnswerPrivacy.PUBLIC:
            return _now("The requester has not agreed to publication.")
        if not refusal and getattr(self.subject, "disclosure", None) is not None:
            return _now("This request is in the disclosure log already.")
        return refusal

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [
            language_hint(self.subject),
            _now("Everybody can read and search questions and answers, without the name of who asked."),
            _now("Look once more whether the question names a person: the title is yours, the words are not."),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what will be public."""
        return super().get_context_data(**kwargs, rows=item_rows(self.request.user, self.subject))

    def perform(self, form: Any) -> Disclosure:
        """Publish it."""
        titles: Texts = form.texts
        return publish_in_disclosure_log(self.subject, actor=self.request.user, title=titles)

    def get_done_message(self, result: Disclosure) -> str:
        """Return what is said when it is done."""
        return _now("%(number)s is in the disclosure log.") % {"number": self.subject.tracking_number}

    def get_done_buttons(self) -> list[Any]:
        """Lead to the public page."""
        address = reverse("inforequests:disclosure", args=[self.subject.tracking_number])
        return [messages.button(address, _now("See the public page"))]


class ConcealView(RequestActView):
    """Takes question and answer from the disclosure log."""

    act = Act.CONCEAL
    header_icon = "no-view"
    is_grave = True
    done_message = _("The disclosure log does not show this request any more.")

    def refusal_now(self) -> str:
        """Return why there is nothing to take away."""
        has_entry = getattr(self.subject, "disclosure", None) is not None
        return "" if has_entry else _now("The disclosure log does not have this request.")

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [_now("The public no longer finds it. It can be published again.")]

    def perform(self, form: Any) -> None:
        """Take it away."""
        take_from_disclosure_log(self.subject, actor=self.request.user)
