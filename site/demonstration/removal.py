"""Removes the demonstration: exactly the rows it made, save those on which something of somebody else's stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.core.files.storage import Storage
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from demonstration.made import Keys, MadeThings, Model, Ranges, in_ranges
from demonstration.marks import keep_others_out, marked_models
from demonstration.models import Build, ChangedRow, KeptMail
from demonstration.people import LEARNERS, SIGN_INS
from demonstration.subjects import delete_about, subjects_kept
from demonstration.tree import ancestors_of, mend_tree, pages_of_others
from design.freshness import bump_generation
from ledger.domain import SYSTEM_ACTOR, begin_record_anew, forget_words, record_event
from ledger.models import Entry

# What people make on a site. Everything else that hangs on a row (sessions, second factors, bookkeeping of Wagtail's)
# belongs to that row and goes with it.
_PEOPLES_APPS: Final = frozenset(
    {"consultations", "explainers", "inforequests", "portal", "register", "wagtaildocs", "wagtailimages"}
)
_PEOPLES_MODELS: Final = frozenset({"wagtailcore.Page", "wagtailcore.Site"})
_ACCOUNTS: Final = "accounts.User"  # public passwords: these never stay
_AT_ONCE: Final = 500


@dataclass
class Plan:
    """What removal would do: how many rows of each table go, how many stay, and because of what."""

    going: dict[Model, Keys] = field(default_factory=dict)
    staying: dict[Model, Keys] = field(default_factory=dict)
    reasons: dict[tuple[str, str], Keys] = field(default_factory=dict)  # (whose, what of ours) to the rows of theirs
    hanging: dict[Model, Keys] = field(default_factory=dict)  # rows of others that belong to rows that go
    loosened: list[tuple[Model, str, Keys]] = field(default_factory=list)  # rows of others that forget an account
    forgotten: Keys = field(default_factory=set)  # entries that stay, though their words go

    @property
    def rows_going(self) -> int:
        """How many rows go."""
        return sum(len(keys) for keys in self.going.values())

    @property
    def rows_staying(self) -> int:
        """How many rows of the demonstration stay."""
        return sum(len(keys) for keys in self.staying.values())


def plan_removal() -> Plan:
    """Return what removal would do; nothing is changed."""
    made = MadeThings.load()
    plan = Plan()
    kept = _Kept(made)
    put_back = _fields_to_put_back()
    for model, name, target, found in _rows_of_others(made):
        field_: Any = model._meta.get_field(name)
        rows = [(row, aim) for row, aim in found if (model._meta.label, row, field_.attname) not in put_back]
        if _leads_to_account(field_):
            plan.loosened.append((model, name, {row for row, _aim in rows}))
        elif rows and _is_peoples(model) and target._meta.label != _ACCOUNTS:
            for row, aim in rows:
                plan.reasons.setdefault((str(model._meta.verbose_name), made.name_of(target, aim)), set()).add(row)
            kept.add(target, {aim for _row, aim in rows})
        elif field_.remote_field.on_delete is models.DO_NOTHING:
            continue  # the log of what was done names what is gone
        else:
            plan.hanging.setdefault(model, set()).update(row for row, _aim in rows)
    for key, below in pages_of_others(made).items():
        plan.reasons[str(Page._meta.verbose_name), made.name_of(Page, key)] = below
        kept.add(Page, {key})
    plan.staying = kept.with_belongings()
    for model, keys in plan.staying.items():
        plan.loosened += [(model, one.name, keys) for one in _relations(model) if _leads_to_account(one)]
    plan.going = {
        model: remaining for model, keys in made.keys.items() if (remaining := keys - plan.staying.get(model, set()))
    }
    _plan_record(plan)
    return plan


def _plan_record(plan: Plan) -> None:
    """Let the record go as a whole, or stay as a whole: nobody's entry can be taken out from between others."""
    entries = set(Entry.objects.values_list("pk", flat=True))
    going = plan.going.get(Entry, set())
    if others := entries - going:
        plan.forgotten = plan.going.pop(Entry, set())
        plan.staying[Entry] = plan.staying.get(Entry, set()) | plan.forgotten
        plan.reasons[str(Entry._meta.verbose_name), _("the record")] = others - plan.staying[Entry]


@transaction.atomic
def remove_demonstration() -> Plan:
    """Remove what the demonstration made, and put back what it changed; return what went and what stayed.

    Side effects, in order: the record of events is begun anew where all its entries are the demonstration's (its acts
    never happened); otherwise its entries stay, the salts of words that go are destroyed, and the record gets a public
    entry about the removal; changed rows get their old values, where nobody has changed them since; rows of others
    forget the accounts of the demonstration; what hangs on rows that go is deleted; the rows go, of every table; the
    page tree is mended; kept mail of the building goes; the marks of what is gone go; after commit, files go and public
    pages are made anew. Raises IntegrityError, and does nothing, where something would be left that leads nowhere.
    """
    keep_others_out()
    plan = plan_removal()
    _forget_record(plan)
    _put_back(plan)
    for model, name, keys in plan.loosened:
        for some in _portions(keys):
            _forget_accounts(model, name, some)
    for model, keys in plan.hanging.items():
        for some in _portions(keys):
            model._base_manager.filter(pk__in=some).delete()
    delete_about(plan.going)
    files = list(_files_of(plan.going))
    for model, keys in plan.going.items():
        if model is Entry:
            continue  # gone by now, with all that hangs on them
        for some in _portions(keys):
            model._base_manager.filter(pk__in=some)._raw_delete(using=connection.alias)
    mend_tree(plan.going)
    KeptMail.objects.exclude(build=None).delete()
    _forget_marks(plan)
    connection.check_constraints()
    transaction.on_commit(lambda: _delete_files(files))
    bump_generation()
    return plan


def _forget_record(plan: Plan) -> None:
    if plan.going.get(Entry):
        begin_record_anew()
    elif plan.forgotten:
        forget_words(plan.forgotten)
    if plan.staying.get(Entry) and plan.rows_going:
        record_event(
            verb="demonstration_removed",
            area="demonstration",
            subject_kind="demonstration",
            subject_reference="demonstration",
            actor_role=SYSTEM_ACTOR,
            facts={"entries_that_stay": Entry.objects.count()},
        )


def _forget_accounts(model: Model, name: str, keys: list[int]) -> None:
    """Let rows forget an account of the demonstration; an account of anybody else's they keep."""
    ours = [one.email for one in (*SIGN_INS, *LEARNERS)]
    rows = model._base_manager.filter(pk__in=keys, **{f"{name}__email__in": ours})
    rows.update(**{name: None})


class _Kept:
    """Rows of ours that have to stay: each brings with it what it stands on, and what it is bundled with."""

    def __init__(self, made: MadeThings) -> None:
        self.made = made
        self.keys: dict[Model, Keys] = {}

    def add(self, model: Model, keys: Keys) -> None:
        """Keep rows, and everything they need."""
        waiting: list[tuple[Model, Keys]] = [(model, keys)]
        while waiting:
            one, wanted = waiting.pop()
            new = (wanted & self.made.keys.get(one, set())) - self.keys.get(one, set())
            if new:
                self.keys.setdefault(one, set()).update(new)
                waiting += self.made.bundled_with(one, new)
                waiting += self._stood_on(one, new)
                waiting += self.made.same_rows(one, new)
                if one is Page:
                    waiting.append((Page, ancestors_of(self.made, new)))

    def with_belongings(self) -> dict[Model, Keys]:
        """Return the rows that stay, with what says something about them (search, history)."""
        for model, keys in subjects_kept(self.made, self.keys).items():
            self.keys.setdefault(model, set()).update(keys)
        return self.keys

    def _stood_on(self, model: Model, keys: Keys) -> Iterator[tuple[Model, Keys]]:
        for field_ in _relations(model):
            target = field_.related_model
            if target in self.made.keys and target._meta.label != _ACCOUNTS:
                aims: Keys = set()
                for some in _portions(keys):
                    aims |= set(model._base_manager.filter(pk__in=some).values_list(field_.attname, flat=True))
                yield target, aims - {None}


def _rows_of_others(made: MadeThings) -> Iterator[tuple[Model, str, Model, list[tuple[int, int]]]]:
    """Yield table, field, the table of ours it leads to, and pairs (row of somebody else's, row of ours)."""
    for model in marked_models():
        for field_ in _relations(model):
            target = field_.related_model
            ranges: Ranges = made.ranges.get(target, [])
            if not ranges:
                continue
            others = model._base_manager.filter(in_ranges(field_.attname, ranges))
            if own := made.ranges.get(model):
                others = others.exclude(in_ranges("pk", own))
            rows = list(others.values_list("pk", field_.attname))
            if rows:
                yield model, field_.name, target, rows


def _relations(model: Model) -> list[Any]:
    return [one for one in model._meta.concrete_fields if one.remote_field and one.related_model]


def _leads_to_account(field_: Any) -> bool:
    """Return whether a field names an account and can do without."""
    return field_.related_model._meta.label == _ACCOUNTS and field_.null


def _is_peoples(model: Model) -> bool:
    return model._meta.app_label in _PEOPLES_APPS or model._meta.label in _PEOPLES_MODELS


def _changed_rows() -> Iterator[tuple[ChangedRow, models.Model, list[str]]]:
    """Yield what was changed, the row, and the fields of which the value is still the demonstration's."""
    for changed in ChangedRow.objects.order_by("-pk"):
        row = apps.get_model(changed.model)._base_manager.filter(pk=changed.key).first()
        if row is not None:
            yield changed, row, [name for name, value in changed.after.items() if getattr(row, name) == value]


def _fields_to_put_back() -> set[tuple[str, int, str]]:
    """Return table, key and field of every value that removal changes back: they lead to nothing of ours any more."""
    return {(changed.model, changed.key, name) for changed, _row, names in _changed_rows() for name in names}


def _put_back(plan: Plan) -> None:
    """Give changed rows their old values, where the value is still the demonstration's."""
    for changed, row, names in list(_changed_rows()):
        if changed.key not in plan.going.get(type(row), set()):
            for name in names:
                setattr(row, name, changed.before[name])
            row.save()
            changed.delete()


def _forget_marks(plan: Plan) -> None:
    """Forget the stages of which nothing is left; of the others the marks stay, for another removal."""
    for build in Build.objects.all():
        staying = any(
            key
            for mark in build.made.all()
            for key in plan.staying.get(apps.get_model(mark.model), set())
            if mark.first_key <= key <= mark.last_key
            # Entries of the record stand on nothing, and nothing stands on them.
            and mark.model != Entry._meta.label
        )
        if not staying:
            build.delete()


def _portions(keys: Keys) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _files_of(going: dict[Model, Keys]) -> Iterator[tuple[Storage, str]]:
    """Yield the stored files of rows that go."""
    for model, keys in going.items():
        for field_ in model._meta.concrete_fields:
            if isinstance(field_, models.FileField):
                for some in _portions(keys):
                    names = model._base_manager.filter(pk__in=some).values_list(field_.name, flat=True)
                    yield from ((field_.storage, name) for name in names if name)


def _delete_files(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)
