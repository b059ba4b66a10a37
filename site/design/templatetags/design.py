"""`{% load design %}`: the component tag, and the filters that write numbers, dates and people's words."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.forms import BoundField
from django.http import QueryDict
from django.template.base import FilterExpression, Parser, Token, Variable, VariableDoesNotExist, token_kwargs
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify

from design import fictional, formats, languages, phrases, richtext
from design.components import ComponentError, render_component

register = template.Library()

SOON_DAYS = 7  # the last week of a deadline is its "soon"


class ComponentNode(template.Node):
    """Renders one component with exactly the variables it states."""

    def __init__(self, name: FilterExpression, values: dict[str, FilterExpression], target: str | None) -> None:
        self.name = name
        self.values = values
        self.target = target

    def render(self, context: template.Context) -> SafeString:
        """Return the component's markup, or keep it under the name after `as`."""
        name = str(self.name.resolve(context))
        values = {key: _resolve(name, key, expression, context) for key, expression in self.values.items()}
        markup = render_component(name, values, context)
        if self.target is None:
            return markup
        context[self.target] = markup
        return SafeString("")


def _resolve(component: str, key: str, expression: FilterExpression, context: template.Context) -> Any:
    """Return a variable's value; a misspelt one is an error here, where Django would show nothing."""
    has_default = any(function.__name__.startswith("default") for function, _arguments in expression.filters)
    if isinstance(expression.var, Variable) and not has_default:
        try:
            expression.var.resolve(context)
        except VariableDoesNotExist as error:
            raise ComponentError(
                f'The component "{component}" is given {key}={expression.token}, which does not exist here.'
            ) from error
    return expression.resolve(context)


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """Render `{% component "name" key=value … [as variable] %}`; see `design/components.py`."""
    bits = token.split_contents()[1:]
    target = None
    if len(bits) > 2 and bits[-2] == "as":
        target = bits[-1]
        bits = bits[:-2]
    if not bits:
        raise template.TemplateSyntaxError("The component tag needs the name of a component.")
    name = parser.compile_filter(bits.pop(0))
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"The component tag takes key=value pairs only; it was given {bits[0]}.")
    return ComponentNode(name, values, target)


@register.filter
def anchor(value: str) -> str:
    """Write a heading as the end of its address, in whatever alphabet it is."""
    return slugify(value, allow_unicode=True) or "part"


@register.filter
def kg(value: Decimal | None, unit: formats.Unit = "auto") -> str:
    """Write kilograms: {{ release.total|kg }}, or {{ release.total|kg:"kg" }} in a column."""
    return formats.format_quantity_kg(value, unit=unit)


@register.filter
def number(value: Decimal | int | None) -> str:
    """Write a number with its language's separators."""
    return formats.format_number(value)


@register.filter
def longdate(value: date | None) -> str:
    """Write a day as "Monday 3 March 2025"; nothing where there is none."""
    return formats.format_date_long(value) if value else ""


@register.filter
def shortdate(value: date | None) -> str:
    """Write a day as "3 March 2025"; nothing where there is none."""
    return formats.format_date_short(value) if value else ""


@register.filter
def instant(value: datetime | None) -> str:
    """Write an instant as "Monday 3 March 2025, 17:00 CET"; nothing where there is none."""
    return formats.format_instant(value) if value else ""


@register.filter
def moment(value: date | datetime) -> str:
    """Write a deadline: with its time when it has one."""
    return formats.format_instant(value) if isinstance(value, datetime) else formats.format_date_long(value)


@register.filter
def machine_time(value: date | datetime) -> str:
    """Write a moment for the datetime attribute, in the authority's zone to the minute."""
    if isinstance(value, datetime):
        return value.astimezone(formats.authority_zone()).isoformat(timespec="minutes")
    return value.isoformat()


@register.filter
def days_left_in_words(value: date | datetime, at: datetime | None = None) -> str:
    """Write how far a deadline is: "12 days left"."""
    return formats.describe_days_left(value, at)


@register.filter
def overdue_in_words(value: date | datetime, at: datetime | None = None) -> str:
    """Write how long ago something was due: "3 days overdue"."""
    return formats.describe_overdue(value, at)


@register.filter
def clock_tone(value: date | datetime, at: datetime | None = None) -> str:
    """Return how pressing a deadline is: "closed" when past, "soon" in its last seven days, else "open"."""
    if formats.is_past(value, at):
        return "closed"
    if isinstance(value, datetime):
        return "soon" if value - (at or timezone.now()) <= timedelta(days=SOON_DAYS) else "open"
    return "soon" if formats.days_left(value, at) <= SOON_DAYS else "open"


@register.filter
def plain_text(value: str) -> SafeString:
    """Write a citizen's words safely."""
    return richtext.plain_text(value)


@register.filter
def richtext_safe(value: object) -> SafeString:
    """Write an editor's rich text, sanitised, with its links resolved."""
    return richtext.expand_and_sanitize(value)


@register.filter
def localised(holder: Any, field: str) -> str:
    """Write a field that is held in three languages: {{ pollutant|localised:"name" }}."""
    return languages.localised(holder, field)


@register.filter
def any_language(holder: Any, field: str) -> str:
    """Write a field that may be held in some of the three languages only: {{ withholding|any_language:"reason" }}."""
    return languages.any_language(holder, field)


@register.filter
def code_of(holder: Any, field: str) -> str:
    """Write for the lang attribute in which language `any_language` gives a field."""
    return languages.code_of_any(holder, field)


@register.filter(is_safe=True)
def with_colon(label: Any) -> str:
    """Write a label with its colon: {% filter with_colon %}{% translate "Access key" %}{% endfilter %}."""
    return phrases.with_colon(label)


@register.filter
def whole_address(path: str) -> str:
    """Write the address of a page in full, for paper: {{ url|whole_address }}."""
    return settings.BASE_URL + path if path.startswith("/") else path


@register.filter
def language_note(code: str) -> str:
    """Write for readers of another language in which one a text is: "Written in French."."""
    return phrases.language_note(code)


@register.filter
def citation(article: str) -> str:
    """Write a stored "Art. 12(1)(c)" as the language of the page cites."""
    return phrases.cite_article(article)


@register.filter
def page_address(query: Mapping[str, Any] | str | None, page: int) -> str:
    """Return the query string of another page of the same list, with everything that was asked kept."""
    if isinstance(query, QueryDict):
        parameters = query.copy()
    elif isinstance(query, Mapping):
        parameters = QueryDict(urlencode(query, doseq=True), mutable=True)
    else:
        parameters = QueryDict((query or "").lstrip("?"), mutable=True)
    parameters["page"] = str(page)
    return f"?{parameters.urlencode()}"


@register.filter
def error_anchor(bound: BoundField) -> str:
    """Return the id of the first control of a field, where the error summary leads."""
    if bound.id_for_label:
        return bound.id_for_label
    return f"{bound.auto_id}_0" if bound.field.widget.use_fieldset else bound.auto_id


@register.filter
def widget_kind(bound: BoundField) -> str:
    """Return what kind of control a field has: "checkbox", "choices", "file", "textarea", "select" or "line"."""
    widget = bound.field.widget
    input_type = getattr(widget, "input_type", None)
    if widget.use_fieldset:
        return "choices"
    if input_type in {"checkbox", "file", "select"}:
        return str(input_type)
    return "textarea" if widget.template_name.endswith("textarea.html") else "line"


@register.simple_tag
def fictional_line() -> str:
    """Write the line by which the demonstration says that nothing of it is real; nothing on any other site."""
    return fictional.fictional_line()
