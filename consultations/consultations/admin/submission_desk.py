"""Reading one submission and answering its points."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import Button, HeaderButton

from consultations import permissions
from consultations.acts import Act
from consultations.admin.act_views import RoleRequiredMixin, docket_crumbs
from consultations.admin.answers import answer_forms, store_answers
from consultations.admin.desk import submission_timeline
from consultations.admin.docket_views import ReadableHistoryMixin
from consultations.admin.words import consideration_tag, publication_tag
from consultations.file_subject import files_of_submission
from consultations.models import Submission
from consultations.permissions import require, user_can_see_submitter


class SubmissionDeskView(RoleRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """One submission: its words, what may be done with it, and an answer to each of its points."""

    act = Act.READ_FILE
    template_name = "consultations/admin/submission.html"
    header_icon = "mail"
    submission: Submission

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the submission."""
        super().setup(request, *args, **kwargs)
        found = Submission.objects.with_points().prefetch_related("docket__periods")
        self.submission = get_object_or_404(found, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store the answers and say so, or show what is wrong, with every word kept."""
        require(Act.ANSWER_POINT, request.user)
        forms = answer_forms(request.user, self.submission, request.POST)
        stored = store_answers(request.user, self.submission, forms)
        if stored is None:
            messages.error(request, _("Nothing is saved yet: see what is marked."))
            return self.render_to_response(self.get_context_data(forms=forms))
        if stored:
            text = ngettext("%(count)s answer is saved.", "%(count)s answers are saved.", stored) % {"count": stored}
            messages.success(request, text)
        else:
            messages.info(request, _("There was nothing new to save."))
        following = self._next_waiting() if "next" in request.POST else None
        return redirect(reverse("submissions:desk", args=[following.pk if following else self.submission.pk]))

    def get_page_title(self) -> str:
        """Return the tracking number."""
        return self.submission.tracking_number

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        docket = self.submission.docket
        listing = {"url": f"{reverse('submissions:index')}?docket={docket.pk}", "label": _("Submissions")}
        return [*docket_crumbs(docket), listing, {"url": "", "label": self.submission.tracking_number}]

    def get_header_more_buttons(self) -> list[Button]:
        """Return what is needed now and then."""
        address = reverse("submissions:history", args=[self.submission.pk])
        return [Button(_("History"), url=address, icon_name="history")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that the page shows."""
        submission, person = self.submission, self.request.user
        forms = kwargs.pop("forms", None)
        if forms is None:
            forms = answer_forms(person, submission)
        points = list(submission.points.all())
        return super().get_context_data(
            **kwargs,
            submission=submission,
            docket=submission.docket,
            tags=[publication_tag(submission), consideration_tag(submission)],
            points=[{"point": point, "form": forms.get(point.pk)} for point in points],
            has_forms=bool(forms),
            has_errors=any(form.is_bound and form.errors for form in forms.values()),
            acts=self._acts(),
            files=files_of_submission(submission),
            sees_submitter=user_can_see_submitter(person),
            timeline=submission_timeline(submission),
            **self._neighbours(),
        )

    def _acts(self) -> dict[str, bool]:
        """Return which acts the person may do now, by the names of their pages."""
        person, now = self.request.user, timezone.now()
        ask = {
            "read": permissions.user_can_mark_read,
            "publish": permissions.user_can_publish_submission,
            "withhold": permissions.user_can_withhold_submission,
            "admissibility": permissions.user_can_decide_admissibility,
            "point": permissions.user_can_add_point,
            "release_file": permissions.user_can_release_file,
            "withdraw_file": permissions.user_can_withdraw_file,
        }
        return {name: may(person, self.submission, now) for name, may in ask.items()}

    def _neighbours(self) -> dict[str, Any]:
        """Return the submissions before and after this one, and the next that waits."""
        others = Submission.objects.filter(docket=self.submission.docket_id).order_by("received_at", "pk")
        here = self.submission
        before = Q(received_at__lt=here.received_at) | Q(received_at=here.received_at, pk__lt=here.pk)
        after = Q(received_at__gt=here.received_at) | Q(received_at=here.received_at, pk__gt=here.pk)
        return {
            "position": others.filter(before).count() + 1,
            "total": others.count(),
            "previous": others.filter(before).last(),
            "next": others.filter(after).first(),
            "next_waiting": self._next_waiting(),
        }

    def _next_waiting(self) -> Submission | None:
        """Return the next submission that is not read or not answered, from here on and then from the beginning."""
        waiting = (
            Submission.objects.filter(docket=self.submission.docket_id)
            .countable()
            .exclude(pk__in=Submission.objects.disposed())
            .exclude(pk=self.submission.pk)
            .order_by("received_at", "pk")
        )
        return waiting.filter(received_at__gte=self.submission.received_at).first() or waiting.first()


class SubmissionHistoryView(ReadableHistoryMixin, HistoryView):
    """Who did what with a submission, and when."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead back to the submission."""
        address = reverse("submissions:desk", args=[self.object.pk])
        return [HeaderButton(_("Read"), url=address, icon_name="view")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        desk = {"url": reverse("submissions:desk", args=[self.object.pk]), "label": str(self.object)}
        return [*docket_crumbs(self.object.docket), desk, {"url": "", "label": _("History")}]
