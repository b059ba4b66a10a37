"""Programmes small enough to hold in one's head, learners, and the way from reading to a certificate."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from wagtail.models import Locale

from accounts.domain.roles import give_role
from accounts.models import User
from accounts.roles import Role
from design.languages import CODES
from learning import domain
from learning.enums import AttemptMode, CertificateClass, ItemKind, MeasuredIn, MoveOn, Purpose, RegisterQuestion, Verb
from learning.models import (
    Attempt,
    Award,
    Item,
    LearningIndexPage,
    Module,
    ModulePage,
    Option,
    Programme,
    ProgrammePage,
    Registration,
    Unit,
    UnitPage,
)
from learning.questions import FrozenItem, Reply
from learning.rules import unit_key
from register.enums import LoadKind, Medium, PollutantGroup, Presence
from register.models import Facility, Pollutant, RegisterLoad, Release

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def words(name: str, text: str) -> dict[str, str]:
    """A text in three languages that one can tell apart."""
    return {f"{name}_{code}": f"{text} ({code})" for code in CODES}


class OfficialFactory(factory.django.DjangoModelFactory[User]):
    """Somebody with a role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"official{number}@example.org")

    @factory.post_generation
    def role(self, create: bool, role: Role | None, **kwargs: Any) -> None:
        if create and role:
            # mypy takes `self` for the factory; factory_boy passes what it made.
            give_role(self, role, actor=None)  # type: ignore[arg-type]  # as said above


class LearnerFactory(factory.django.DjangoModelFactory[User]):
    """Somebody with an account and no role."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"learner{number}@example.org")
    language = "fr"


class ProgrammeFactory(factory.Factory[Programme]):
    """A programme with two modules of two units each, practice in the first, a pool of six questions.

    `pages=True` gives it its pages in three languages.
    """

    class Meta:
        model = Programme

    class Params:
        participation = factory.Trait(certificate_class=CertificateClass.PARTICIPATION)
        achievement = factory.Trait(certificate_class=CertificateClass.ACHIEVEMENT)

    slug = factory.Sequence(lambda number: f"read-a-register-{number}")
    certificate_class = CertificateClass.COMPLETION
    move_on: Iterable[MoveOn] = (MoveOn.COMPLETED,) * 4
    requires: Any = ()
    pool = 6
    pages = False

    @classmethod
    def _create(cls, model_class: type[Programme], *args: Any, **fields: Any) -> Programme:
        move_on, requires = list(fields.pop("move_on")), dict(fields.pop("requires"))
        pool, pages = fields.pop("pool"), fields.pop("pages")
        programme = Programme.objects.create(
            **{"questions_drawn": 4, "pass_percent": 60, **fields},
            **words("title", "Read a register"),
            **words("outcomes", "You can read an entry.\nYou can ask a question."),
        )
        for module_number in range(2):
            module = Module.objects.create(
                programme=programme, slug=f"module-{module_number + 1}", sort_order=module_number
            )
            for unit_number in range(2):
                place = module_number * 2 + unit_number
                Unit.objects.create(
                    module=module,
                    slug=f"unit-{place + 1}",
                    sort_order=unit_number,
                    purpose=Purpose.UNDERSTAND,
                    move_on=move_on[place],
                    requires=requires.get(f"unit-{place + 1}", ""),
                )
        unit = Unit.objects.get(module__programme=programme, slug="unit-1")
        choice_item(programme, "practice-1", unit=unit, use=AttemptMode.PRACTICE)
        for number in range(pool):
            choice_item(programme, f"pool-{number + 1}", unit=unit, use=AttemptMode.ASSESSMENT)
        if pages:
            plant(programme)
        return Programme.objects.with_structure().get(pk=programme.pk)


def choice_item(programme: Programme, key: str, *, kind: ItemKind = ItemKind.SINGLE, **fields: Any) -> Item:
    """A question with three answers: the first is right, and of "multiple" the second too."""
    item = Item.objects.create(
        programme=programme,
        key=key,
        kind=kind,
        **words("stem", f"What is {key}?"),
        **words("explanation", "So."),
        **fields,
    )
    rights = 2 if kind is ItemKind.MULTIPLE else 1
    for number in range(3):
        Option.objects.create(
            item=item,
            sort_order=number,
            is_correct=number < rights,
            **words("text", f"Answer {number + 1}"),
            **words("feedback", f"Because {number + 1}"),
        )
    return item


def number_item(programme: Programme, key: str, answer: str, **fields: Any) -> Item:
    """A question for a number."""
    return Item.objects.create(
        **{
            "programme": programme,
            "key": key,
            "use": AttemptMode.PRACTICE,
            "kind": ItemKind.NUMBER,
            "answer": Decimal(answer),
            "measured_in": MeasuredIn.KILOGRAM,
            **words("stem", f"How much is {key}?"),
            **words("feedback_right", "Well converted"),
            **words("feedback_wrong", "Mind the unit"),
            **fields,
        }
    )


def register_item(programme: Programme, key: str, question: RegisterQuestion, **fields: Any) -> Item:
    """A question to the register on mercury to water."""
    is_quantity = question in (RegisterQuestion.LARGEST_RELEASE, RegisterQuestion.TOTAL_RELEASE)
    return Item.objects.create(
        **{
            "programme": programme,
            "key": key,
            "use": AttemptMode.PRACTICE,
            "kind": ItemKind.FIND_IN_REGISTER,
            "question": question,
            "pollutant": mercury(),
            "medium": Medium.WATER,
            "measured_in": MeasuredIn.KILOGRAM if is_quantity else MeasuredIn.NOTHING,
            **words("stem", "Find it in the register."),
            **fields,
        }
    )


def mercury() -> Pollutant:
    """Mercury, as the register lists it."""
    found, _is_new = Pollutant.objects.get_or_create(
        code="HGANDCOMPOUNDS",
        defaults={
            "slug": "mercury",
            "number": 21,
            "group": PollutantGroup.HEAVY_METALS,
            "name_en": "Mercury and compounds",
            "name_fr": "Mercure et composés",
            "name_ru": "Ртуть и ее соединения",
        },
    )
    return found


def mercury_release(kilograms: str, *, year: int = 2025, facility: str = "works") -> Release:
    """A release of mercury to water."""
    place, _is_new = Facility.objects.get_or_create(public_id=facility, defaults={"name": facility, "country": "XV"})
    load = RegisterLoad.objects.create(kind=LoadKind.RELEASES, source="a test", file_name="a.csv", loaded_at=NOON)
    return Release.objects.create(
        facility=place,
        pollutant=mercury(),
        medium=Medium.WATER,
        reporting_year=year,
        presence=Presence.REPORTED,
        quantity_kg=Decimal(kilograms),
        load=load,
    )


def plant(programme: Programme) -> None:
    """Pages for a programme in three languages, with its practice question in the first unit."""
    for index in LearningIndexPage.objects.all():
        code = Locale.objects.get(pk=index.locale_id).language_code
        page = ProgrammePage(
            programme=programme, slug=programme.slug, title=f"Read a register ({code})", locale=index.locale
        )
        index.add_child(instance=page)
        for module in programme.modules.all():
            below = ModulePage(module=module, slug=module.slug, title=f"{module.slug} ({code})", locale=index.locale)
            page.add_child(instance=below)
            for unit in module.units.all():
                leaf = UnitPage(unit=unit, slug=unit.slug, title=f"{unit.slug} ({code})", locale=index.locale)
                items = unit.items.for_practice()
                leaf.body = leaf.body.stream_block.to_python(
                    [
                        {"type": "paragraph", "value": "<p>An entry is one line.</p>"},
                        *({"type": "exercise", "value": {"item": item.pk}} for item in items),
                    ]
                )
                below.add_child(instance=leaf)


def register(programme: Programme, person: User | None = None, name: str = "Éloïse Ångström") -> Registration:
    """Somebody who has registered for a programme."""
    return domain.register_learner(person or LearnerFactory(), programme, holder_name=name, at=NOON)


def read_everything(registration: Registration, at: datetime = NOON) -> None:
    """Somebody who has marked every unit as read."""
    programme = Programme.objects.with_structure().get(pk=registration.programme_id)
    for unit in programme.ordered_units:
        domain.record_progress(registration, unit_key(programme, unit.slug), Verb.COMPLETED, at=at)


def reply_to(item: FrozenItem, *, right: bool = True) -> Reply:
    """An answer to a question with answers to choose from, or to one for a number."""
    if item.options:
        chosen = [option.key for option in item.options if option.is_correct is right]
        return Reply(chosen=tuple(chosen if right else chosen[:1]))
    answer = item.answer or Decimal(0)
    return Reply(text=f"{answer if right else answer * 3 + 1:f}")


def take(registration: Registration, *, wrong: int = 0, at: datetime = NOON) -> Attempt:
    """A paper that was handed in, with so many wrong answers."""
    attempt = domain.start_attempt(registration, at=at)
    for number, item in enumerate(domain.paper_of(attempt), start=1):
        attempt = domain.save_answer(attempt, number, reply_to(item, right=number > wrong))
    return domain.hand_in(attempt, language="fr", at=at + timedelta(minutes=10))


def award(
    programme: Programme, person: User | None = None, *, at: datetime = NOON, name: str = "Éloïse Ångström"
) -> Award:
    """A certificate, earned by reading and passing."""
    registration = register(programme, person, name)
    read_everything(registration, at)
    take(registration, at=at)
    return Award.objects.filter(registration=registration).latest("attempt")
