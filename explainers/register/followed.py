"""What followers of a pollutant, a facility or a search are told: what each load brought, from the loads themselves."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from design.formats import format_number
from following import subjects
from following.subjects import Happening, Subject, SubjectKind
from register.enums import ChangeKind, LoadKind
from register.models import (
    DiffuseRelease,
    EntryChange,
    Facility,
    Pollutant,
    PollutantTransfer,
    RegisterLoad,
    Release,
    WasteTransfer,
)
from register.searches import search_in_chosen_words, search_in_words, search_key, search_of_key
from register.selectors import entries_matching

POLLUTANT: Final = "pollutant"
FACILITY: Final = "facility"
SEARCH: Final = "search"
_OF_A_POLLUTANT: Final[tuple[Any, ...]] = (Release, PollutantTransfer, DiffuseRelease)
_OF_A_FACILITY: Final[tuple[Any, ...]] = (Release, PollutantTransfer, WasteTransfer)


class PollutantKind(SubjectKind):
    """A pollutant, by the last part of its address."""

    name = POLLUTANT
    title: ClassVar[Promise] = pgettext_lazy("followed", "pollutant")
    invitation: ClassVar[Promise] = gettext_lazy("Follow this pollutant")

    def find(self, key: str) -> Subject | None:
        """Return a pollutant of the register."""
        found = Pollutant.objects.filter(slug=key).first() if _is_plain(key) else None
        return Subject(self.name, found.slug, found.name, found.get_absolute_url()) if found else None

    def happenings(self, key: str, since: datetime, until: datetime) -> Sequence[Happening]:
        """Return what each load added, revised or dropped of it; one query where nothing was loaded, else five."""
        loads = _loads(since, until)
        if not loads:
            return []
        url = reverse("register:pollutant", args=[key])
        changes = EntryChange.objects.filter(pollutant__slug=key)
        return _brought(loads, _added(_OF_A_POLLUTANT, loads, pollutant__slug=key), _changed(changes, loads), url)


class FacilityKind(SubjectKind):
    """A facility, by its register number."""

    name = FACILITY
    title: ClassVar[Promise] = pgettext_lazy("followed", "facility")
    invitation: ClassVar[Promise] = gettext_lazy("Follow this facility")

    def find(self, key: str) -> Subject | None:
        """Return a facility of the register, under the words that stand for a name that is withheld."""
        found = Facility.objects.filter(public_id=key).first() if _is_plain(key) else None
        return Subject(self.name, found.public_id, found.title, found.get_absolute_url()) if found else None

    def happenings(self, key: str, since: datetime, until: datetime) -> Sequence[Happening]:
        """Return what each load added, revised or dropped of it; one query where nothing was loaded, else five."""
        loads = _loads(since, until, with_facilities=True)
        if not loads:
            return []
        url = reverse("register:facility", args=[key])
        changes = EntryChange.objects.filter(facility__public_id=key)
        return _brought(loads, _added(_OF_A_FACILITY, loads, facility__public_id=key), _changed(changes, loads), url)


class SearchKind(SubjectKind):
    """A search of entries, by its criteria."""

    name = SEARCH
    title: ClassVar[Promise] = pgettext_lazy("followed", "search of the register")
    invitation: ClassVar[Promise] = gettext_lazy("Follow this search")

    def find(self, key: str) -> Subject | None:
        """Return a search that asks for something; in letters to strangers without what somebody typed."""
        form = search_of_key(key)
        if form is None or not (known := search_key(form)):
            return None
        words = _("Search of the register: %(words)s")
        return Subject(
            self.name,
            known,
            words % {"words": ", ".join(search_in_words(form))},
            f"{reverse('register:search')}?{known}",
            mail_title=words % {"words": ", ".join(search_in_chosen_words(form))},
        )

    def happenings(self, key: str, since: datetime, until: datetime) -> Sequence[Happening]:
        """Return how many entries each load brought that the search finds."""
        loads = _loads(since, until)
        form = search_of_key(key) if loads else None
        if form is None:
            return []
        matching = entries_matching(form.criteria).filter(added_by__in=loads)
        rows = matching.values_list("added_by").annotate(n=Count("pk"))
        return _brought(loads, Counter(dict(rows)), {}, f"{reverse('register:search')}?{key}")


def loads_of_the_register(key: str, since: datetime, until: datetime) -> Sequence[Happening]:
    """Return every load that brought or changed something, for those who follow the whole site; one query."""
    url = reverse("register:loads")
    told = []
    for load in _loads(since, until, with_facilities=True).values():
        changed = {
            ChangeKind.REVISED: load.rows_revised,
            ChangeKind.DROPPED: load.rows_dropped,
            ChangeKind.RESTORED: load.rows_restored,
        }
        text = _counts(load.rows_added, Counter(changed))
        if text:
            title = _("New data in the register: %(what)s") % {"what": LoadKind(load.kind).label}
            told.append(Happening(_key(load), load.loaded_at, title, text, f"{url}#load-{load.pk}"))
    return told


def let_register_be_followed() -> None:
    """Fill the registry of what can be followed; called when the register is ready."""
    for kind in (PollutantKind(), FacilityKind(), SearchKind()):
        subjects.add_kind(kind)
    subjects.add_happenings(subjects.SITE, "register", loads_of_the_register)


def _is_plain(key: str) -> bool:
    return "\x00" not in key


def _loads(since: datetime, until: datetime, *, with_facilities: bool = False) -> dict[int, RegisterLoad]:
    found = RegisterLoad.objects.filter(loaded_at__gt=since, loaded_at__lte=until)
    if not with_facilities:
        found = found.exclude(kind=LoadKind.FACILITIES)
    return {load.pk: load for load in found}


def _added(models: Sequence[Any], loads: dict[int, RegisterLoad], **about: Any) -> Counter[int]:
    """Return how many entries of a subject each load brought first; one query a kind of entry."""
    added: Counter[int] = Counter()
    for model in models:
        rows = model._default_manager.filter(added_by__in=loads, **about).order_by()
        added.update(dict(rows.values_list("added_by").annotate(n=Count("pk"))))
    return added


def _changed(changes: Any, loads: dict[int, RegisterLoad]) -> dict[int, Counter[str]]:
    """Return how many entries of a subject each load changed, by kind of change; one query."""
    changed: dict[int, Counter[str]] = {}
    rows = changes.filter(load__in=loads).order_by().values_list("load", "change").annotate(n=Count("pk"))
    for load, change, count in rows:
        changed.setdefault(load, Counter())[change] += count
    return changed


def _brought(
    loads: dict[int, RegisterLoad], added: Counter[int], changed: dict[int, Counter[str]], url: str
) -> list[Happening]:
    """Return an event for each load that did something to a subject."""
    told = []
    for pk, load in loads.items():
        text = _counts(added[pk], changed.get(pk, Counter()))
        if text:
            title = _("New data from %(source)s") % {"source": load.source_in_words}
            told.append(Happening(_key(load), load.loaded_at, title, text, url))
    return told


def _key(load: RegisterLoad) -> str:
    return f"load/{load.pk}"


def _counts(added: int, changed: Counter[Any]) -> str:
    """Return what a load did, in a sentence for each thing; empty where it did nothing."""
    sentences: list[tuple[int, Callable[[int], str]]] = [
        (added, lambda n: ngettext("%(number)s new entry.", "%(number)s new entries.", n)),
        (
            changed[ChangeKind.REVISED],
            lambda n: ngettext("%(number)s quantity revised.", "%(number)s quantities revised.", n),
        ),
        (
            changed[ChangeKind.AMENDED],
            lambda n: ngettext(
                "Other details of %(number)s entry changed.", "Other details of %(number)s entries changed.", n
            ),
        ),
        (
            changed[ChangeKind.DROPPED],
            lambda n: ngettext("%(number)s entry dropped.", "%(number)s entries dropped.", n),
        ),
        (
            changed[ChangeKind.RESTORED],
            lambda n: ngettext("%(number)s entry restored.", "%(number)s entries restored.", n),
        ),
    ]
    return " ".join(say(count) % {"number": format_number(count)} for count, say in sentences if count)
