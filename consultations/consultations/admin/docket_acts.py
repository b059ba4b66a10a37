"""The acts on a docket as a whole: publish it, extend its period, re-open it, discontinue it, publish its answers."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from consultations.acts import Act
from consultations.admin.act_views import ConsultationActView
from consultations.admin.desk import checklist
from consultations.admin.words import letters_line
from consultations.domain import discontinue_docket, extend_period, publish_docket, publish_responses, reopen_docket
from consultations.models import Docket, OfficialResponse, Submission
from consultations.permissions import user_can_change_docket
from design.desk.fields import AuthorityDateTimeField, ThreeLanguagesForm
from design.formats import format_instant, format_number


class PublishDocketView(ConsultationActView):
    """Makes a consultation public, after a look at all that this means."""

    act = Act.PUBLISH_DOCKET
    template_name = "consultations/admin/publish.html"
    header_icon = "globe"
    submit_label = _("Yes, publish it now")

    def consequences(self) -> list[str]:
        """Return what will happen."""
        period = next(iter(self.docket.windows), None)
        lines = [
            _now("Its page appears in English, French and Russian, at an address that never changes."),
            _now("The measures and the papers of the dossier are frozen as version 1, with their hashes."),
        ]
        if period is None:
            return lines
        opens_at = max(period.opens_at, timezone.now())
        if opens_at > period.opens_at:
            lines.append(
                _now("Comments are taken from now on, until %(closing)s.")
                % {"closing": format_instant(period.closes_at)}
            )
        else:
            lines.append(
                _now("Comments are taken from %(opening)s until %(closing)s.")
                % {"opening": format_instant(period.opens_at), "closing": format_instant(period.closes_at)}
            )
        return [*lines, _now("From then on the period can be extended, but not shortened.")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is still missing."""
        checks = checklist(self.docket, timezone.now())
        return super().get_context_data(
            **kwargs,
            checks=checks,
            is_ready=all(check.is_done for check in checks),
            can_change=user_can_change_docket(self.request.user, self.docket),
        )

    def perform(self, form: Any) -> Docket:
        """Publish."""
        return publish_docket(self.docket, actor=self.request.user)

    def get_done_message(self, result: Docket) -> str:
        """Return what is said when it is done."""
        return _now("%(docket)s is public.") % {"docket": result}

    def get_done_buttons(self) -> list[Any]:
        """Lead to the public page."""
        return [messages.button(self.docket.get_absolute_url(), _now("See the public page"))]


class PeriodForm(ThreeLanguagesForm):
    """Asks for new ends of a period and for the reason, which is published with them."""

    closes_at = AuthorityDateTimeField(label=_("Comments close"))
    notice = forms.CharField(
        label=_("Where it was announced"),
        max_length=300,
        required=False,
        help_text=_("For example the number of the official gazette."),
    )
    field_order = ["opens_at", "closes_at", "text_en", "text_fr", "text_ru", "notice"]


class ReopeningForm(PeriodForm):
    """Asks also when the new period opens."""

    opens_at = AuthorityDateTimeField(label=_("Comments open"))


class ExtendPeriodView(ConsultationActView):
    """Lets comments close later."""

    act = Act.EXTEND_PERIOD
    form_class = PeriodForm
    header_icon = "calendar-alt"
    submit_label = _("Extend the period")
    done_message = _("The period is extended. The page says so, with the reason.")

    def consequences(self) -> list[str]:
        """Return what stands now, and what will happen."""
        lines = [_now("The dates announced before stay on record; the extension is shown with its reason.")]
        closing = max((window.closes_at for window in self.docket.windows), default=None)
        if closing is not None:
            lines.insert(0, _now("Now comments close on %(closing)s.") % {"closing": format_instant(closing)})
        return lines

    def perform(self, form: Any) -> Any:
        """Extend."""
        data = form.cleaned_data
        return extend_period(
            self.docket,
            actor=self.request.user,
            closes_at=data["closes_at"],
            reason=form.texts,
            notice=data["notice"],
        )


class ReopenDocketView(ConsultationActView):
    """Takes comments again."""

    act = Act.REOPEN_DOCKET
    form_class = ReopeningForm
    header_icon = "rotate"
    submit_label = _("Re-open the consultation")
    done_message = _("The consultation will take comments again. Until it opens, the proposal may be changed.")

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [
            _now("Until the new period opens, measures and dossier may be changed; a change becomes a new version."),
            _now("Comments made before stay tied to the version they were made on, and count."),
            _now("A drafted decision is kept, and is a draft again."),
        ]

    def perform(self, form: Any) -> Any:
        """Re-open."""
        data = form.cleaned_data
        return reopen_docket(
            self.docket,
            actor=self.request.user,
            opens_at=data["opens_at"],
            closes_at=data["closes_at"],
            reason=form.texts,
            notice=data["notice"],
        )


class DiscontinueDocketView(ConsultationActView):
    """Ends a consultation without a decision."""

    act = Act.DISCONTINUE_DOCKET
    form_class = ThreeLanguagesForm
    header_icon = "circle-xmark"
    submit_label = _("Discontinue the consultation")
    is_grave = True
    done_message = _("The consultation is discontinued. Its page stays and says why.")

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [
            _now("Comments are taken no more, and there will be no decision. This cannot be undone."),
            _now("The page and all comments stay public, with the reason."),
        ]

    def perform(self, form: Any) -> Docket:
        """Discontinue."""
        return discontinue_docket(self.docket, actor=self.request.user, reason=form.texts)


class PublishAnswersView(ConsultationActView):
    """Publishes every answer that is ready, at once."""

    act = Act.PUBLISH_RESPONSES
    template_name = "consultations/admin/publish_answers.html"
    header_icon = "openquote"
    submit_label = _("Publish the answers")

    def waiting(self) -> Any:
        """Return the answers that are ready and not public."""
        answers = OfficialResponse.objects.unpublished().filter(point__submission__docket=self.docket)
        return answers.select_related("point__submission").order_by(
            "point__submission__received_at", "point__submission_id", "point__sort_order"
        )

    def consequences(self) -> list[str]:
        """Return what will happen."""
        told = (
            Submission.objects.filter(docket=self.docket, points__response__published_at=None)
            .exclude(points__response=None)
            .exclude(submitter=None)
            .exclude(submitter__email="")
            .distinct()
            .count()
        )
        return [_now("A published answer stands as it is: it can no longer be changed."), *letters_line(told)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the answers."""
        return super().get_context_data(**kwargs, answers=list(self.waiting()))

    def perform(self, form: Any) -> int:
        """Publish."""
        return publish_responses(self.docket, actor=self.request.user)

    def get_done_message(self, result: int) -> str:
        """Return what is said when it is done."""
        return ngettext("%(count)s answer is public.", "%(count)s answers are public.", result) % {
            "count": format_number(result)
        }
