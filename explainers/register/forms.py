"""The search of entries and the filters of lists: sent by GET, what was typed is kept, errors are sentences."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from register.countries import country_name
from register.enums import DiffuseCategory, Medium, PollutantGroup, Presence, Treatment, WasteType
from register.models import Activity, Operation, Pollutant, WasteTransfer
from register.models.vocabulary import LocalisedName
from register.queries.versions import covered_years
from register.selectors import SUMS_BY_KIND, Criteria, EntryKind, Order, SumBy

LONGEST_TEXT: Final = 200
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_SELECTED: Final = SafeString(" selected")
# Every criterion is optional, so that no label has to say so.
FIELD_TEMPLATE: Final = "register/parts/field.html"

Choices = list[tuple[Any, Any]]


class PlainTextField(forms.CharField):
    """A line of text whose mistakes are named in sentences."""

    default_error_messages = {
        "max_length": _("This is longer than %(limit_value)d characters (it has %(show_value)d). Use fewer words."),
        "null_characters_not_allowed": _("This contains a character that is not text. Type the words again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_TEXT, **kwargs)
        self.template_name = FIELD_TEMPLATE


class LongSelect(forms.Select):
    """A select that writes its options by itself: Django renders a template for each, and the search has hundreds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the same markup as Django's own."""
        widget = self.get_context(name, value, attrs)["widget"]
        groups = [(label, _options(options)) for label, options, _index in widget["optgroups"]]
        return format_html(
            '<select name="{}"{}>{}</select>',
            widget["name"],
            flatatt(widget["attrs"]),
            format_html_join(
                "",
                "{}",
                (
                    (format_html('<optgroup label="{}">{}</optgroup>', label, options) if label else options,)
                    for label, options in groups
                ),
            ),
        )


def _options(options: list[dict[str, Any]]) -> SafeString:
    """Return the options of one group."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((option["value"], _SELECTED if option["selected"] else "", option["label"]) for option in options),
    )


class KnownChoiceField(forms.ChoiceField):
    """A choice whose unknown values are named in a sentence."""

    widget = LongSelect

    default_error_messages = {
        "invalid_choice": _("The register does not know “%(value)s” here. Choose one of the list."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.template_name = FIELD_TEMPLATE

    def validate(self, value: Any) -> None:
        """Refuse an unknown value, quoting no more of it than a reader needs."""
        if value and not self.valid_value(value):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(value)[:40]}
            )


class YearField(forms.IntegerField):
    """A reporting year."""

    default_error_messages = {
        "invalid": _("Enter the year as four digits, such as 2019."),
        "min_value": _("The register does not go back that far. Enter a year from %(limit_value)s on."),
        "max_value": _("That year lies too far ahead. Enter a year up to %(limit_value)s."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)
        self.template_name = FIELD_TEMPLATE
        self.widget.attrs.update(inputmode="numeric")


class SearchForm(forms.Form):
    """Every criterion of Art. 5(1)-(2), how the result is shown, and in which order."""

    kind = KnownChoiceField(label=_("What to search"), choices=EntryKind.choices)
    pollutant = KnownChoiceField(label=_("Pollutant"))
    group = KnownChoiceField(label=_("Group of pollutants"))
    medium = KnownChoiceField(label=_("Released to"))
    waste = KnownChoiceField(label=_("Kind of waste"))
    facility = PlainTextField(label=_("Facility"), help_text=_("Words of its name, or its register number."))
    place = PlainTextField(label=_("Place"), help_text=_("Town, region, street or postal code."))
    activity = KnownChoiceField(
        label=_("Activity"), help_text=_("An activity includes all activities listed under it.")
    )
    operator = PlainTextField(label=_("Operator or owner"), help_text=_("Words of the company’s name."))
    receiver = PlainTextField(label=_("Receiver"), help_text=_("Words of its name or town."))
    receiver_country = KnownChoiceField(label=_("Country of the receiver"))
    operation = KnownChoiceField(label=_("Disposal or recovery"))
    source = KnownChoiceField(label=_("Diffuse source"))
    year_from = YearField(label=_("From year"))
    year_to = YearField(label=_("To year"))
    presence = KnownChoiceField(label=_("State of the value"))
    by = KnownChoiceField(label=_("Show"))
    sort = KnownChoiceField(label=_("Order"), choices=Order.choices)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="search-%s")
        fields: dict[str, Any] = self.fields
        anything = ("", _("any"))
        pollutants, activities = list(Pollutant.objects.all()), list(Activity.objects.order_by("position"))
        operations = list(Operation.objects.order_by("position"))
        fields["pollutant"].choices = [anything, *pollutant_choices(pollutants)]
        fields["group"].choices = [anything, *PollutantGroup.choices]
        fields["medium"].choices = [("", _("any medium")), *Medium.choices]
        fields["waste"].choices = [anything, *WasteType.choices]
        fields["activity"].choices = [anything, *activity_choices(activities)]
        fields["receiver_country"].choices = [anything, *country_choices()]
        fields["operation"].choices = [anything, *operation_choices(operations)]
        for name, named in (("pollutant", pollutants), ("activity", activities), ("operation", operations)):
            fields[name].help_text = unconfirmed_note(named)
        fields["source"].choices = [anything, *DiffuseCategory.choices]
        fields["presence"].choices = [anything, *Presence.choices]
        fields["by"].choices = [
            ("", _("single entries")),
            *((by.value, gettext("sums by %(what)s") % {"what": by.label}) for by in SumBy),
        ]
        years = covered_years()
        if years is not None:
            fields["year_from"].widget.attrs["placeholder"] = str(years[0])
            fields["year_to"].widget.attrs["placeholder"] = str(years[1])

    def clean(self) -> dict[str, Any]:
        """Explain reversed years, and sums that do not exist for the kind of entry."""
        values = super().clean() or {}
        first, last = values.get("year_from"), values.get("year_to")
        if first and last and first > last:
            self.add_error(
                "year_from",
                forms.ValidationError(
                    _("The search goes from %(first)s to %(last)s, which is backwards. Swap the two years."),
                    code="reversed_years",
                    params={"first": first, "last": last},
                ),
            )
        kind = EntryKind(values.get("kind") or EntryKind.RELEASES)
        by = values.get("by")
        if by and SumBy(by) not in SUMS_BY_KIND[kind]:
            self.add_error(
                "by",
                forms.ValidationError(
                    _("“%(kind)s” cannot be added up by %(by)s. Choose another way to show them."),
                    code="no_such_sum",
                    params={"kind": kind.label, "by": SumBy(by).label},
                ),
            )
        return values

    @property
    def criteria(self) -> Criteria:
        """Return what was asked; only of a valid form."""
        values = self.cleaned_data
        names = ("facility", "place", "activity", "operator", "pollutant", "group", "waste", "medium", "receiver")
        more = ("receiver_country", "operation", "source", "year_from", "year_to", "presence")
        return Criteria(
            kind=EntryKind(values["kind"] or EntryKind.RELEASES), **{name: values[name] for name in (*names, *more)}
        )

    @property
    def order(self) -> Order:
        """Return the order asked for, newest year first where none was."""
        return Order(self.cleaned_data["sort"] or Order.NEWEST)

    @property
    def sum_by(self) -> SumBy | None:
        """Return how to add up, None for single entries."""
        return SumBy(self.cleaned_data["by"]) if self.cleaned_data["by"] else None


class PollutantFilterForm(forms.Form):
    """Filters of the list of pollutants."""

    q = PlainTextField(label=_("Name, CAS number or code"))
    group = KnownChoiceField(label=_("Group"))

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        fields: dict[str, Any] = self.fields
        fields["group"].choices = [("", _("all groups")), *PollutantGroup.choices]


class FacilityFilterForm(forms.Form):
    """Filters of the list of facilities (Art. 5(1)(a)-(c))."""

    q = PlainTextField(label=_("Name or register number"))
    place = PlainTextField(label=_("Place"), help_text=_("Town, region, street or postal code."))
    activity = KnownChoiceField(label=_("Activity"))
    operator = PlainTextField(label=_("Operator or owner"))

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")
        activities = list(Activity.objects.order_by("position"))
        fields: dict[str, Any] = self.fields
        fields["activity"].choices = [("", _("all activities")), *activity_choices(activities)]
        fields["activity"].help_text = unconfirmed_note(activities)


def unconfirmed_note(named: Iterable[LocalisedName]) -> str:
    """Return what is said beside a list of names in the language of the page, where some await review."""
    if not any(one.name_awaits_review for one in named):
        return ""
    return gettext("Some of these names are translations that nobody has confirmed yet.")


def pollutant_choices(pollutants: Iterable[Pollutant]) -> Choices:
    """Return the pollutants by group, as option groups."""
    held: dict[str, Choices] = {}
    for pollutant in pollutants:
        held.setdefault(pollutant.group, []).append((pollutant.code, pollutant.name))
    return [(group.label, held[group]) for group in PollutantGroup if group in held]


def activity_choices(activities: Iterable[Activity]) -> Choices:
    """Return the activities of Annex I by sector, as option groups."""
    sectors: dict[int, tuple[str, Choices]] = {}
    for activity in activities:
        label = f"{activity.code} {activity.name}"
        if activity.sector not in sectors:
            sectors[activity.sector] = (label, [])
        sectors[activity.sector][1].append((activity.code, _shortened(label)))
    return list(sectors.values())


def operation_choices(operations: Iterable[Operation]) -> Choices:
    """Return the operations of Annex III in their two parts, each led by "all of them"."""
    parts: dict[str, Choices] = {
        Treatment.DISPOSAL: [("D", _("all disposal (D)"))],
        Treatment.RECOVERY: [("R", _("all recovery (R)"))],
    }
    for operation in operations:
        parts[operation.treatment].append((operation.code, _shortened(f"{operation.code} {operation.name}")))
    return [(Treatment(treatment).label, choices) for treatment, choices in parts.items()]


def country_choices() -> Choices:
    """Return the countries that received transfers of waste; one query."""
    countries = WasteTransfer.objects.exclude(receiver_country="").order_by("receiver_country")
    return [(code, country_name(code)) for code in countries.values_list("receiver_country", flat=True).distinct()]


def _shortened(text: str, longest: int = 90) -> str:
    """Return a label that a list of choices on a telephone can hold."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
