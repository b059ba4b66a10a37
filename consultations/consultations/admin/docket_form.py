"""The form of a docket: its texts, first period, measures, dossier and ways to respond, in Wagtail's panels."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TabbedInterface

from consultations.admin.panels import Tab, TitleForAddressPanel
from consultations.models import Docket
from design.desk.conflicts import ConflictAwareMixin
from design.desk.fields import AuthorityDateTimeField, QuantityInput
from design.desk.panels import LanguageFieldPanel, languages
from design.languages import CODES

_PERIOD_FIELDS: Final = ("period_opens_at", "period_closes_at", "period_notice")
_PREFILLED: Final = ("authority", "legal_basis")


class DocketForm(ConflictAwareMixin, WagtailAdminModelForm):
    """A docket with its rows; the first period is asked for here as long as the public has not seen it."""

    period_opens_at = AuthorityDateTimeField(label=_("Comments open"), required=False)
    period_closes_at = AuthorityDateTimeField(label=_("Comments close"), required=False)
    period_notice = forms.CharField(
        label=_("Where it was announced"),
        max_length=300,
        required=False,
        help_text=_("For example the number of the official gazette."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        docket = self.instance
        if docket.pk is None:
            self._prefill()
        elif docket.is_draft:
            self._show_period(docket)
        else:
            for name in _PERIOD_FIELDS:
                del self.fields[name]
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _now("Public already: it cannot be changed any more.")

    def _prefill(self) -> None:
        """Begin with what the office wrote in its last file: who it is and how it is reached hardly ever change."""
        latest = Docket.objects.order_by("-created_at", "-pk").first()
        if latest is None:
            return
        names = [f"{name}_{code}" for name in _PREFILLED for code in CODES] + ["contact_email", "contact_phone"]
        for name in names:
            self.initial.setdefault(name, "")
            self.initial[name] = self.initial[name] or getattr(latest, name)

    def _show_period(self, docket: Docket) -> None:
        planned = next(iter(docket.windows), None)
        if planned is not None:
            self.initial["period_opens_at"] = planned.opens_at
            self.initial["period_closes_at"] = planned.closes_at
            self.initial["period_notice"] = planned.notice

    def clean(self) -> dict[str, Any] | None:
        """Insist on both ends of a period, in order."""
        cleaned = super().clean()
        opens_at, closes_at = self.cleaned_data.get("period_opens_at"), self.cleaned_data.get("period_closes_at")
        if opens_at and not closes_at and "period_closes_at" not in self.errors:
            self.add_error("period_closes_at", _now("Say also when comments close: a period without an end is none."))
        if closes_at and not opens_at and "period_opens_at" not in self.errors:
            self.add_error("period_opens_at", _now("Say also when comments open."))
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("period_closes_at", _now("Comments must close after they open: choose a later end."))
        return cleaned

    @property
    def has_new_period(self) -> bool:
        """Whether a period was typed that is not the planned one."""
        complete = self.cleaned_data.get("period_opens_at") and self.cleaned_data.get("period_closes_at")
        return bool(complete) and any(name in self.changed_data for name in _PERIOD_FIELDS)

    @property
    def period(self) -> dict[str, Any]:
        """The period that was typed, as `add_period` takes it."""
        return {name.removeprefix("period_"): self.cleaned_data[name] for name in _PERIOD_FIELDS}


MEASURE_PANELS: Final = [
    FieldPanel("kind", classname="measure-kind"),
    FieldPanel("pollutant", classname="measure-of-pollutant"),
    FieldPanel("threshold_kind", classname="measure-of-quantity"),
    FieldPanel("activity", classname="measure-of-activity"),
    FieldRowPanel(
        [
            FieldPanel("before_quantity_kg", widget=QuantityInput(attrs={"step": "any"})),
            FieldPanel("after_quantity_kg", widget=QuantityInput(attrs={"step": "any"})),
        ],
        classname="measure-of-quantity",
    ),
    languages("subject", classname="measure-of-subject"),
    languages("before_text", classname="measure-of-words"),
    languages("after_text", classname="measure-of-words"),
    languages("rationale", classname="measure-of-reason"),
]

TEXT_TAB: Final = Tab(
    [
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        TitleForAddressPanel("title_en", targets=["slug"], placeholder=False, classname=""),
                        LanguageFieldPanel("title_fr"),
                        LanguageFieldPanel("title_ru"),
                    ]
                ),
                FieldPanel("slug"),
            ],
            heading=_("Title and address"),
        ),
        MultiFieldPanel([languages("summary")], heading=_("Summary")),
        MultiFieldPanel([languages("authority"), languages("legal_basis")], heading=_("Authority and legal basis")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")])], heading=_("Contact")
        ),
    ],
    heading=_("Texts"),
    name="texts",
)
PERIOD_TAB: Final = Tab(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("period_opens_at"), FieldPanel("period_closes_at")]),
                FieldPanel("period_notice"),
            ],
            heading=_("First comment period"),
            help_text=_(
                "Give people time: twelve weeks is a good rule for a change that matters. "
                "Once the consultation is public, its period is never shortened, only extended."
            ),
        ),
        FieldPanel("decision_expected_by"),
        InlinePanel(
            "ways",
            heading=_("Other ways to respond"),
            label=_("way to respond"),
            help_text=_("The web form is always there. Name post, e-mail or a hearing where you take comments so too."),
            panels=[FieldPanel("channel"), languages("details")],
        ),
    ],
    heading=_("Times and ways"),
    name="times",
)
MEASURE_TAB: Final = Tab(
    [
        InlinePanel(
            "measures",
            panels=MEASURE_PANELS,
            heading=_("Measures"),
            label=_("measure"),
            help_text=_(
                "One row for each change of the register, before and after. People comment measure by measure, so keep "
                "each to one matter. Choose first what changes: the fields follow."
            ),
        )
    ],
    heading=_("Measures"),
    name="measures",
)
DOSSIER_TAB: Final = Tab(
    [
        InlinePanel(
            "documents",
            panels=[FieldPanel("document"), FieldPanel("language"), languages("title")],
            heading=_("Dossier"),
            label=_("document"),
            help_text=_(
                "What the proposal rests on: studies, costs, drafts. On publication, a copy "
                "of each is frozen with its hash; changing the file later changes nothing that people commented on."
            ),
        )
    ],
    heading=_("Dossier"),
    name="dossier",
)

DOCKET_PANELS: Final = TabbedInterface([TEXT_TAB, MEASURE_TAB, DOSSIER_TAB, PERIOD_TAB], base_form_class=DocketForm)
