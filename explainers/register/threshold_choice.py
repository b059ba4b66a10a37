"""The page in /admin/ on which an administrator says which thresholds apply in this country."""

from typing import Any, Final

from django.db.models import TextChoices
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import EditView, InspectView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from design.desk.act_views import HOME_CRUMBS, ActView
from register.domain.threshold_sets import apply_threshold_set, refusal_to_apply
from register.models import ThresholdSet
from register.permissions import user_can_choose_threshold_set


class Act(TextChoices):
    """What can be done with a set of thresholds, besides naming it."""

    APPLY = "apply_threshold_set", _("Let this set apply here")


APPLY_ACTION: Final = f"register.{Act.APPLY.value}"


class ApplyThresholdSetView(ActView):
    """Lets a set apply instead of the one that does."""

    act = Act.APPLY
    header_icon = "order"
    done_message = _("This set applies from now on. The public pages compare with it.")
    chosen: ThresholdSet

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the set."""
        super().setup(request, *args, **kwargs)
        self.chosen = get_object_or_404(ThresholdSet, pk=self.kwargs["pk"])

    def has_role(self, user: Any) -> bool:
        """Return whether the person may say which set applies."""
        return user_can_choose_threshold_set(user)

    def refusal_now(self) -> str:
        """Return why the set cannot be chosen; nothing where it can."""
        return refusal_to_apply(self.chosen)

    def consequences(self) -> list[str]:
        """Return what will happen."""
        before = ThresholdSet.objects.filter(applies=True).first()
        ends = [_now("“%(set)s” applies no more: exactly one set applies.") % {"set": before}] if before else []
        return [
            _now("The public pages say by these thresholds which quantities have to be reported."),
            *ends,
            _now("What was reported stays as it is, and so do the consultations that name a threshold."),
        ]

    def perform(self, form: Any) -> ThresholdSet:
        """Do it."""
        return apply_threshold_set(self.chosen, actor=self.request.user)  # type: ignore[arg-type]  # signed in

    def log(self) -> None:
        """Write it into the history of the set."""
        log(self.chosen, APPLY_ACTION, user=self.request.user)

    def get_page_subtitle(self) -> str:
        """Return which set."""
        return self.chosen.name

    def get_back_url(self) -> str:
        """Lead back to the list."""
        return reverse("threshold_sets:index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        label = capfirst(ThresholdSet._meta.verbose_name_plural)
        return [*HOME_CRUMBS, {"url": self.get_back_url(), "label": label}, {"url": "", "label": self.chosen.name}]


class ApplyButtonMixin:
    """Offers, on the pages of a set, to let it apply: to whom may, and where another one does."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the button, where it has its place."""
        one: ThresholdSet = self.object  # type: ignore[attr-defined]  # of the view
        user = self.request.user  # type: ignore[attr-defined]  # the same
        if one.applies or not user_can_choose_threshold_set(user):
            return []
        address = reverse("threshold_sets:apply", args=[one.pk])
        return [HeaderButton(str(Act.APPLY.label), url=address, icon_name="order")]


class ThresholdSetEditView(ApplyButtonMixin, EditView):
    """The names of a set."""


class ThresholdSetInspectView(ApplyButtonMixin, InspectView):
    """A set as it is."""
