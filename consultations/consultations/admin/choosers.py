"""Choosing a pollutant or an activity of the register by name, code or number, in the admin's own chooser."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import BaseChooseView, ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from design.desk.searching import any_field_contains
from register.models import Activity, Pollutant


class VocabularyFilterForm(BaseFilterForm):
    """Finds entries of a vocabulary by what officials know of them."""

    fields_searched: ClassVar[tuple[str, ...]] = ("name_en", "name_fr", "name_ru", "code")

    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Name, code or number")})
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Return the entries of which a field contains the words."""
        objects = super().filter(objects)
        words = self.cleaned_data.get("q", "").strip()
        if words:
            self.is_searching = True
            self.search_query = words
            objects = objects.filter(self.matching(words))
        return objects

    def matching(self, words: str) -> Q:
        """Return the condition that an entry has to meet."""
        return any_field_contains(self.fields_searched, words)


class PollutantFilterForm(VocabularyFilterForm):
    """Finds pollutants also by CAS number and by their number in Annex II."""

    fields_searched = (*VocabularyFilterForm.fields_searched, "cas")

    def matching(self, words: str) -> Q:
        """Return the condition that a pollutant has to meet."""
        found = super().matching(words)
        return found | Q(number=int(words)) if words.isascii() and words.isdigit() and len(words) <= 3 else found


class PollutantChoosing(BaseChooseView):
    """Lists pollutants with the numbers by which they are known."""

    filter_form_class = PollutantFilterForm

    @property
    def columns(self) -> list[Column]:
        """The columns of the list."""
        return [
            *super().columns,
            Column("number", label=_("No. in Annex II")),
            Column("cas", label=_("CAS number")),
        ]


class PollutantChooseView(PollutantChoosing, ChooseView):
    """The chooser's first page."""


class PollutantChooseResultsView(PollutantChoosing, ChooseResultsView):
    """The chooser's list alone."""


class ActivityChooseView(ChooseView):
    """The chooser's first page."""

    filter_form_class = VocabularyFilterForm


class ActivityChooseResultsView(ChooseResultsView):
    """The chooser's list alone."""

    filter_form_class = VocabularyFilterForm


class PollutantChooserViewSet(ChooserViewSet):
    """Chooses a pollutant of the register."""

    model = Pollutant
    icon = "warning"
    choose_one_text = _("Choose a pollutant")
    choose_another_text = _("Choose another pollutant")
    per_page = 15
    choose_view_class = PollutantChooseView
    choose_results_view_class = PollutantChooseResultsView


class ActivityChooserViewSet(ChooserViewSet):
    """Chooses an activity of the register."""

    model = Activity
    icon = "cogs"
    choose_one_text = _("Choose an activity")
    choose_another_text = _("Choose another activity")
    per_page = 15
    choose_view_class = ActivityChooseView
    choose_results_view_class = ActivityChooseResultsView


pollutant_chooser = PollutantChooserViewSet("pollutant_chooser", url_prefix="pollutants/choose")
activity_chooser = ActivityChooserViewSet("activity_chooser", url_prefix="activities/choose")
