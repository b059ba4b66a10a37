"""A search as something that has a name and an address: what was asked in words, and in one way of writing it."""

from collections.abc import Collection
from typing import Any, Final

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from register.forms import SearchForm
from register.selectors import EntryKind

LONGEST_KEY: Final = 400


def search_in_words(form: SearchForm) -> list[str]:
    """Return what was asked in words, for the line above the results and the title of the page; of a valid form."""
    words = _words(form, ("kind", *form.criteria.asked))
    if form.sum_by is not None:
        words.append(_("sums by %(what)s") % {"what": form.sum_by.label})
    return words


def search_in_chosen_words(form: SearchForm) -> list[str]:
    """Return the same without what was typed and without sums: nothing in it is a stranger's."""
    return _words(form, [name for name in ("kind", *form.criteria.asked) if getattr(form.fields[name], "choices", [])])


def search_key(form: SearchForm) -> str:
    """Return a search in the one way of writing it, without order and page; nothing where it asks for everything."""
    criteria = form.criteria
    if not criteria.asked:
        return ""
    asked = [("kind", criteria.kind.value), *((name, getattr(criteria, name)) for name in sorted(criteria.asked))]
    key = urlencode(asked)
    return key if len(key) <= LONGEST_KEY else ""


def search_of_key(key: str) -> SearchForm | None:
    """Return the search that was written as a key; None where it is none."""
    form = SearchForm(QueryDict(key[:LONGEST_KEY]))
    return form if form.is_valid() and form.criteria.asked else None


def _words(form: SearchForm, names: Collection[str]) -> list[str]:
    words = []
    for name in names:
        value = form.cleaned_data[name]
        choices = dict(_flat(getattr(form.fields[name], "choices", [])))
        words.append(
            str(choices.get(value, EntryKind.RELEASES.label))
            if choices
            else _("%(field)s: %(value)s") % {"field": form.fields[name].label, "value": value}
        )
    return words


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Return choices without their groups."""
    flat: list[tuple[Any, Any]] = []
    for value, label in choices:
        flat += label if isinstance(label, list | tuple) else [(value, label)]
    return flat
