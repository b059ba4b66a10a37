"""Each kind of question: what is an answer, what is right, what is said to it; the register's answer is frozen."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import translation

from learning.enums import AttemptMode, ItemKind, MeasuredIn, RegisterQuestion
from learning.models import Item, Programme
from learning.questions import FrozenItem, Reply, ReplyProblem, freeze, strategy_for
from tests.learning.factories import (
    ProgrammeFactory,
    choice_item,
    mercury_release,
    number_item,
    register_item,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory()


def sent(*answers: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.setlist("answer", list(answers))
    return data


def whole(item: Item) -> FrozenItem:
    return freeze(Item.objects.whole().get(pk=item.pk))


def test_one_answer_of_several_is_right_and_each_says_why(programme: Programme) -> None:
    item = whole(choice_item(programme, "one"))
    right, wrong, _other = (option.key for option in item.options)
    strategy = strategy_for(item.kind)
    assert strategy.is_right(item, strategy.read(item, sent(right)))
    outcome = strategy.explain(item, strategy.read(item, sent(wrong)))
    assert (outcome.is_right, outcome.sentence) == (False, "That is not right yet.")
    assert [(one.is_chosen, one.feedback) for one in outcome.options] == [
        (False, "Because 1 (en)"),
        (True, "Because 2 (en)"),
        (False, "Because 3 (en)"),
    ]


@pytest.mark.parametrize(
    ("answers", "said"), [([], "Choose an answer."), (["nonsense"], "Choose an answer."), (["all"], "one answer only")]
)
def test_what_is_no_choice_is_asked_again(programme: Programme, answers: list[str], said: str) -> None:
    item = whole(choice_item(programme, "one"))
    chosen = [option.key for option in item.options] if answers == ["all"] else answers
    with pytest.raises(ReplyProblem, match=said):
        strategy_for(item.kind).read(item, sent(*chosen))


@pytest.mark.parametrize(
    ("chosen", "is_right", "said"),
    [
        ((0, 1), True, "That is right."),
        ((0,), False, "Something is missing."),
        ((0, 1, 2), False, "Something does not belong."),
        ((0, 2), False, "Not all of it is right yet: something is missing, and something does not belong."),
    ],
)
def test_every_right_answer_and_no_other(
    programme: Programme, chosen: tuple[int, ...], is_right: bool, said: str
) -> None:
    item = whole(choice_item(programme, "many", kind=ItemKind.MULTIPLE))
    keys = [item.options[index].key for index in chosen]
    outcome = strategy_for(item.kind).explain(item, strategy_for(item.kind).read(item, sent(*keys)))
    assert (outcome.is_right, outcome.sentence) == (is_right, said)


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        ("250 kg", True),
        ("250", True),
        ("0,25 t", True),
        ("250000 g", True),
        ("250 g", False),
        ("0,25", False),
        ("251", False),
    ],
)
def test_a_number_counts_in_whatever_unit_it_was_written(programme: Programme, typed: str, is_right: bool) -> None:
    item = whole(number_item(programme, "tonnes", "250"))
    with translation.override("fr"):
        reply = strategy_for(item.kind).read(item, sent(typed))
        outcome = strategy_for(item.kind).explain(item, reply)
    assert outcome.is_right is is_right
    assert outcome.feedback == ("Well converted (fr)" if is_right else "Mind the unit (fr)")


@pytest.mark.parametrize(("typed", "is_right"), [("95", True), ("105", True), ("94.9", False), ("105.1", False)])
def test_a_number_within_the_tolerance_is_right_and_one_outside_is_not(
    programme: Programme, typed: str, is_right: bool
) -> None:
    item = whole(number_item(programme, "about", "100", tolerance_percent=Decimal(5)))
    assert strategy_for(item.kind).is_right(item, Reply(text=typed)) is is_right


def test_a_number_that_can_be_read_in_two_ways_is_asked_again(programme: Programme) -> None:
    item = whole(number_item(programme, "tonnes", "1234"))
    with translation.override("fr"), pytest.raises(ReplyProblem, match=r"1\.234"):
        strategy_for(item.kind).read(item, sent("1.234"))


@pytest.mark.parametrize(
    ("question", "answer", "year"),
    [
        (RegisterQuestion.LARGEST_RELEASE, "3.5", 2025),
        (RegisterQuestion.TOTAL_RELEASE, "5.5", 2025),
        (RegisterQuestion.FACILITY_COUNT, "2", 2025),
        (RegisterQuestion.YEAR_OF_HIGHEST, "2024", None),
    ],
)
def test_the_register_answers_each_question(
    programme: Programme, question: RegisterQuestion, answer: str, year: int | None
) -> None:
    mercury_release("3.5")
    mercury_release("2", facility="port")
    mercury_release("9", year=2024)
    item = whole(register_item(programme, "find", question))
    assert (item.answer, item.year) == (Decimal(answer), year)


def test_the_registers_answer_comes_in_the_unit_asked_for(programme: Programme) -> None:
    mercury_release("3.5")
    item = register_item(programme, "find", RegisterQuestion.LARGEST_RELEASE, measured_in=MeasuredIn.GRAM)
    assert whole(item).answer == 3500


@pytest.mark.parametrize("question", RegisterQuestion)
def test_a_register_without_such_entries_has_no_answer_and_nobody_is_wrong(
    programme: Programme, question: RegisterQuestion
) -> None:
    item = whole(register_item(programme, "find", question))
    assert (item.answer, item.has_answer) == (None, False)


def test_a_frozen_question_comes_back_from_storage_as_it_was(programme: Programme) -> None:
    mercury_release("3.5")
    items = [
        choice_item(programme, "one"),
        number_item(programme, "number", "0.5"),
        register_item(programme, "find", RegisterQuestion.YEAR_OF_HIGHEST),
        register_item(programme, "largest", RegisterQuestion.LARGEST_RELEASE),
    ]
    for item in items:
        frozen = whole(item)
        assert FrozenItem.from_json(frozen.to_json()) == frozen


def test_a_later_load_changes_the_answer_and_leaves_the_frozen_one_alone(programme: Programme) -> None:
    mercury_release("3.5")
    item = register_item(programme, "find", RegisterQuestion.LARGEST_RELEASE)
    asked = whole(item)
    mercury_release("7", facility="port")
    reply = Reply(text="3.5 kg")
    assert strategy_for(asked.kind).is_right(asked, reply)
    assert not strategy_for(asked.kind).is_right(whole(item), reply)


def test_a_question_says_its_words_in_the_language_of_the_page(programme: Programme) -> None:
    item = whole(choice_item(programme, "one", use=AttemptMode.PRACTICE, unit=None))
    assert item.stem == {code: words("stem", "What is one?")[f"stem_{code}"] for code in ("en", "fr", "ru")}
