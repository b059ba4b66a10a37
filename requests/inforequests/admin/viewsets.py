"""Where the pages of the officials' and the reviewers' side are found: one group of the menu."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from inforequests.admin import item_acts, request_acts, review_desk
from inforequests.admin.desk_view import DeskView, RequestHistoryView
from inforequests.admin.entry import EnteredReceiptView, EnterRequestView
from inforequests.admin.home import DueMenuItem
from inforequests.admin.listing import RequestIndexView
from inforequests.models import InformationRequest, ReviewCase


class FileViewSet(ModelViewSet):
    """What both viewsets have in common: nothing is copied, nothing is deleted, roles are given as a whole."""

    copy_view_enabled = False
    exclude_form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the pages that there are none of."""
        return {**super().get_common_view_kwargs(**kwargs), "delete_url_name": None, "usage_url_name": None}

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer none in the form of a group: what a role may do is written in `acts.py`."""
        return Permission.objects.none()


class RequestViewSet(FileViewSet):
    """What was asked."""

    model = InformationRequest
    name = "requests"
    url_prefix = "requests"
    icon = "openquote"
    menu_label = _("Requests")
    index_view_class = RequestIndexView
    history_view_class = RequestHistoryView
    export_filename = "requests"

    @property
    def menu_item_class(self) -> type[MenuItem]:
        """The entry of the menu: shown to whom Wagtail shows it, with the count of what is due."""
        return type("RequestMenuItem", (DueMenuItem, super().menu_item_class), {})

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses below /admin/requests/."""
        item = "<int:pk>/questions/<int:number>/"
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", EnterRequestView.as_view(), name="add"),
            path("new/receipt/", EnteredReceiptView.as_view(), name="entered_receipt"),
            path("<int:pk>/", DeskView.as_view(), name="desk"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
            path("<int:pk>/acknowledge/", request_acts.AcknowledgeView.as_view(), name="acknowledge"),
            path("<int:pk>/message/", request_acts.WriteMessageView.as_view(), name="message"),
            path("<int:pk>/messages/read/", request_acts.MarkMessagesReadView.as_view(), name="read_messages"),
            path("<int:pk>/ready/", request_acts.MarkReadyView.as_view(), name="ready"),
            path("<int:pk>/send/", request_acts.SendDecisionView.as_view(), name="send"),
            path("<int:pk>/publish/", request_acts.DiscloseView.as_view(), name="disclose"),
            path("<int:pk>/conceal/", request_acts.ConcealView.as_view(), name="conceal"),
            path(f"{item}answer/", item_acts.AnswerItemView.as_view(), name="answer"),
            path(f"{item}keep-back/", item_acts.WithholdItemView.as_view(), name="withhold"),
            path(f"{item}kept-back/<int:withholding>/drop/", item_acts.DropWithholdingView.as_view(), name="drop"),
            path(f"{item}kept-back/<int:withholding>/disclose/", item_acts.LiftWithholdingView.as_view(), name="lift"),
        ]


class ReviewViewSet(FileViewSet):
    """The cases before the reviewer's own body."""

    model = ReviewCase
    name = "reviews"
    url_prefix = "reviews"
    icon = "lock-open"
    menu_label = _("Reviews")
    index_view_class = review_desk.CaseIndexView
    export_filename = "reviews"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses below /admin/reviews/."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", review_desk.CaseDeskView.as_view(), name="desk"),
            path("<int:pk>/stage/", review_desk.RecordStageView.as_view(), name="stage"),
            path("<int:pk>/decide/", review_desk.DecideReviewView.as_view(), name="decide"),
        ]


class RequestsGroup(ModelViewSetGroup):
    """The part of the menu that belongs to requests for information."""

    menu_label = _("Requests")
    menu_icon = "openquote"
    menu_order = 160
    items = (RequestViewSet, ReviewViewSet)
