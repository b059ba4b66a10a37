"""Where the pages of the officials' side are found: two viewsets in one group of the menu."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from consultations.admin import decision_views, docket_acts, docket_views, file_acts, submission_acts
from consultations.admin.desk_view import DeskView
from consultations.admin.docket_form import DOCKET_PANELS
from consultations.admin.docket_listing import DocketIndexView
from consultations.admin.entry import EnteredReceiptView, EnterSubmissionView
from consultations.admin.preview import PreviewView
from consultations.admin.submission_desk import SubmissionDeskView, SubmissionHistoryView
from consultations.admin.submission_listing import SubmissionIndexView
from consultations.models import Docket, Submission


class FileViewSet(ModelViewSet):
    """What both viewsets have in common: nothing is copied, nothing is deleted, roles are given as a whole."""

    copy_view_enabled = False

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the pages that there are none of."""
        return {**super().get_common_view_kwargs(**kwargs), "delete_url_name": None, "usage_url_name": None}

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer none in the form of a group: what a role may do is written in `acts.py`."""
        return Permission.objects.none()


class DocketViewSet(FileViewSet):
    """The files of consultations."""

    model = Docket
    name = "dockets"
    url_prefix = "consultations"
    icon = "comment"
    menu_label = _("Consultations")
    edit_handler = DOCKET_PANELS
    index_view_class = DocketIndexView
    add_view_class = docket_views.DocketCreateView
    edit_view_class = docket_views.DocketEditView
    history_view_class = docket_views.DocketHistoryView
    export_filename = "consultations"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses below /admin/consultations/."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/", DeskView.as_view(), name="desk"),
            path("<int:pk>/change/", self.edit_view, name="edit"),
            path("<int:pk>/preview/", PreviewView.as_view(), name="preview"),
            path("<int:pk>/preview/<slug:code>/", PreviewView.as_view(), name="preview"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
            path("<int:pk>/publish/", docket_acts.PublishDocketView.as_view(), name="publish"),
            path("<int:pk>/extend/", docket_acts.ExtendPeriodView.as_view(), name="extend"),
            path("<int:pk>/reopen/", docket_acts.ReopenDocketView.as_view(), name="reopen"),
            path("<int:pk>/discontinue/", docket_acts.DiscontinueDocketView.as_view(), name="discontinue"),
            path("<int:pk>/enter/", EnterSubmissionView.as_view(), name="enter"),
            path("<int:pk>/enter/receipt/", EnteredReceiptView.as_view(), name="entered_receipt"),
            path("<int:pk>/answers/publish/", docket_acts.PublishAnswersView.as_view(), name="publish_answers"),
            path("<int:pk>/decision/", decision_views.DraftDecisionView.as_view(), name="decision"),
            path("<int:pk>/decision/publish/", decision_views.PublishDecisionView.as_view(), name="publish_decision"),
        ]


class SubmissionViewSet(FileViewSet):
    """What the public has sent."""

    model = Submission
    name = "submissions"
    url_prefix = "submissions"
    icon = "mail"
    menu_label = _("Submissions")
    index_view_class = SubmissionIndexView
    history_view_class = SubmissionHistoryView
    export_filename = "submissions"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses below /admin/submissions/."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", SubmissionDeskView.as_view(), name="desk"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
            path("<int:pk>/read/", submission_acts.MarkReadView.as_view(), name="read"),
            path("<int:pk>/publish/", submission_acts.PublishSubmissionView.as_view(), name="publish"),
            path("<int:pk>/withhold/", submission_acts.WithholdSubmissionView.as_view(), name="withhold"),
            path("<int:pk>/admissibility/", submission_acts.AdmissibilityView.as_view(), name="admissibility"),
            path("<int:pk>/files/<slug:code>/release/", file_acts.ReleaseFileView.as_view(), name="release_file"),
            path("<int:pk>/files/<slug:code>/withdraw/", file_acts.WithdrawFileView.as_view(), name="withdraw_file"),
            path("<int:pk>/point/", submission_acts.AddPointView.as_view(), name="point"),
        ]


class ConsultationsGroup(ModelViewSetGroup):
    """The part of the menu that belongs to consultations."""

    menu_label = _("Consultations")
    menu_icon = "comment"
    menu_order = 150
    items = (DocketViewSet, SubmissionViewSet)
