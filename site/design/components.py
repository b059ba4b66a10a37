"""Components: pieces of a page in `templates/components/`, each of which says which variables it takes.

The first thing in a component's file is its statement, and nothing but what it states may be passed:

    {% comment "variables" %}
    label: the words shown, the same as in the filters.
    tone (open|soon|closed): what the words mean.
    note?: a question mark means that it may be left out; it is then None.
    rows[]: label, value, note?
    {% endcomment %}

`rows[]` is a list whose every item (a mapping or an object) has the keys named after the colon, and no other.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

_STATEMENT: Final = re.compile(r'\A\s*\{% comment "variables" %\}\n(?P<lines>.*?)\{% endcomment %\}', re.DOTALL)
_LINE: Final = re.compile(
    r"\A(?P<name>[a-z_]+)(?P<many>\[\])?(?P<optional>\?)?(?: \((?P<choices>[^)]+)\))?: (?P<meaning>.+)\Z"
)
_KEY: Final = re.compile(r"\A(?P<name>[a-z_]+)(?P<optional>\?)?\Z")


class ComponentError(Exception):
    """A component was called with variables other than those it states; the message names them."""


@dataclass(frozen=True)
class Variable:
    """One variable a component takes."""

    name: str
    meaning: str
    required: bool
    choices: frozenset[str] = frozenset()
    item_keys: Mapping[str, bool] = field(default_factory=dict)  # key -> required, for a list with stated items


def component_template(name: str) -> str:
    """Return the template file of a component."""
    return f"components/{name}.html"


def variables_of(name: str) -> dict[str, Variable]:
    """Return the variables that a component states, by name."""
    template = get_template(component_template(name))
    return _read_statement(name, template.template.source)  # type: ignore[attr-defined]  # the Django engine's own


@lru_cache(maxsize=256)
def _read_statement(name: str, source: str) -> dict[str, Variable]:
    """Return the variables stated at the top of a component's source."""
    statement = _STATEMENT.match(source)
    if statement is None:
        raise ComponentError(f'The component "{name}" does not begin with its {{% comment "variables" %}} statement.')
    variables = {}
    for line in statement["lines"].splitlines():
        parsed = _LINE.match(line)
        if parsed is None:
            raise ComponentError(f'The component "{name}" states a variable in a way nobody can read: {line!r}.')
        variables[parsed["name"]] = Variable(
            name=parsed["name"],
            meaning=parsed["meaning"],
            required=not parsed["optional"],
            choices=frozenset((parsed["choices"] or "").split("|")) - {""},
            item_keys=_read_keys(name, parsed["meaning"]) if parsed["many"] else {},
        )
    return variables


def _read_keys(name: str, meaning: str) -> dict[str, bool]:
    """Return the stated keys of a list's items, each with whether it is required."""
    keys = {}
    for part in meaning.rstrip(".").split(","):
        parsed = _KEY.match(part.strip())
        if parsed is None:
            raise ComponentError(f'The component "{name}" states an item key in a way nobody can read: {part!r}.')
        keys[parsed["name"]] = not parsed["optional"]
    return keys


def checked(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the component's full variables, or raise ComponentError with a sentence for template writers."""
    stated = variables_of(name)
    _refuse(name, "does not take", set(values) - set(stated))
    _refuse(name, "needs", {variable.name for variable in stated.values() if variable.required} - set(values))
    for variable in stated.values():
        value = values.get(variable.name)
        if value is None:
            continue
        if variable.choices and str(value) not in variable.choices:
            raise ComponentError(
                f'The component "{name}" takes {variable.name} as one of {", ".join(sorted(variable.choices))};'
                f" it was given {str(value)!r}."
            )
        if variable.item_keys:
            _check_items(name, variable, value)
    return {variable: values.get(variable) for variable in stated}


def _check_items(name: str, variable: Variable, items: Iterable[Any]) -> None:
    """Raise ComponentError where an item lacks a key or, being a mapping, has one that is not stated."""
    required = {key for key, is_required in variable.item_keys.items() if is_required}
    for item in items:
        if isinstance(item, Mapping):
            _refuse(f"{name}.{variable.name}", "does not take", set(item) - set(variable.item_keys))
            _refuse(f"{name}.{variable.name}", "needs", required - set(item))
        else:
            _refuse(f"{name}.{variable.name}", "needs", {key for key in required if not hasattr(item, key)})


def _refuse(name: str, verb: str, names: set[str]) -> None:
    """Raise ComponentError when there is anything in `names`."""
    if names:
        raise ComponentError(f'The component "{name}" {verb} {", ".join(sorted(names))}.')


def render_component(name: str, values: Mapping[str, Any], context: Context | None = None) -> SafeString:
    """Return a component's markup; it sees its own variables, the request and the form token, and nothing else."""
    outer = context or Context()
    inner = outer.new(checked(name, values))
    for shared in ("request", "csrf_token"):
        if shared in outer:
            inner[shared] = outer[shared]
    markup = get_template(component_template(name)).template.render(inner)  # type: ignore[attr-defined]  # as above
    return mark_safe(markup.strip())  # noqa: S308 -- the engine has escaped it; strip() alone would forget that
