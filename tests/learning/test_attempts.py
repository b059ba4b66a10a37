"""From registering to a certificate: papers, scores, waiting, awards, and what a second click changes (nothing)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import Role
from learning import domain
from learning.acts import ROLES_FOR, Act
from learning.certificates import certificate_pdf, printed
from learning.enums import AttemptMode, CertificateClass, CertificateStatus, Verb
from learning.folds import Fact, award_due, award_status, progress, tries
from learning.models import AppendOnlyError, Attempt, Award, Item, LearningRecord, Programme, Registration
from learning.papers import draw_paper
from learning.questions import freeze
from learning.refusals import IncompleteError, NothingToAskError, TooEarlyError, WrongStateError
from learning.rules import rule_of
from ledger.models import Entry
from notices.models import Message
from tests.learning.factories import (
    NOON,
    LearnerFactory,
    OfficialFactory,
    ProgrammeFactory,
    award,
    choice_item,
    read_everything,
    register,
    reply_to,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory()


def verbs(registration: Registration) -> list[tuple[str, int]]:
    return [(record.verb, record.attempt) for record in registration.records.exclude(verb=Verb.ANSWERED)]


# Papers --------------------------------------------------------------------------------------------------------------


def test_the_same_key_and_attempt_give_the_same_paper_and_another_attempt_another(programme: Programme) -> None:
    for number in range(20):
        choice_item(programme, f"more-{number}", use=AttemptMode.ASSESSMENT)
    pool = [freeze(item) for item in Item.objects.whole().for_assessment()]
    key = register(programme).paper_key
    papers = [[item.key for item in draw_paper(pool, 4, key=key, attempt=attempt)] for attempt in (1, 1, 2, 3)]
    assert papers[0] == papers[1]
    assert len({tuple(paper) for paper in papers}) == 3
    backwards = draw_paper(pool[::-1], 4, key=key, attempt=1)
    assert [item.key for item in backwards] == papers[0]


def test_a_paper_has_so_many_questions_as_the_programme_says_or_all_there_are(programme: Programme) -> None:
    assert len(domain.start_attempt(register(programme)).paper) == 4
    assert len(domain.start_attempt(register(ProgrammeFactory(pool=2))).paper) == 2


def test_practice_is_never_drawn(programme: Programme) -> None:
    paper = domain.paper_of(domain.start_attempt(register(ProgrammeFactory(pool=6, questions_drawn=50))))
    assert sorted(item.key for item in paper) == [f"pool-{number}" for number in range(1, 7)]


def test_an_empty_pool_is_said_and_nothing_is_begun() -> None:
    registration = register(ProgrammeFactory(pool=0))
    with pytest.raises(NothingToAskError):
        domain.start_attempt(registration)
    assert Attempt.objects.count() == 0


def test_whoever_begins_again_goes_on_with_the_same_paper(programme: Programme) -> None:
    registration = register(programme)
    first = domain.start_attempt(registration)
    domain.save_answer(first, 1, reply_to(domain.paper_of(first)[0]))
    again = domain.start_attempt(registration)
    assert (again.pk, list(again.answers)) == (first.pk, ["1"])


def test_a_question_changed_while_somebody_answers_changes_neither_paper_nor_score(programme: Programme) -> None:
    registration = register(programme)
    attempt = domain.start_attempt(registration)
    for item in Item.objects.for_assessment():
        item.options.update(is_correct=False)
    for number, asked in enumerate(domain.paper_of(attempt), start=1):
        attempt = domain.save_answer(attempt, number, reply_to(asked))
    score, _marks = domain.score_of(domain.hand_in(attempt, language="en"))
    assert (score.right, score.of) == (4, 4)


# Handing in ----------------------------------------------------------------------------------------------------------


def test_a_paper_is_scored_on_the_server_and_every_answer_recorded(programme: Programme) -> None:
    registration = register(programme)
    attempt = take(registration, wrong=1)
    answered = registration.records.filter(verb=Verb.ANSWERED)
    assert sorted(record.result["right"] for record in answered) == [False, True, True, True]
    passed = registration.records.get(verb=Verb.PASSED)
    assert (passed.result, passed.attempt, passed.data_version) == ({"right": 3, "of": 4}, 1, attempt.data_version)


def test_handing_in_twice_leaves_one_record_and_one_score(programme: Programme) -> None:
    registration = register(programme)
    attempt = take(registration)
    before = verbs(registration)
    domain.hand_in(attempt, language="fr", at=NOON + timedelta(days=1))
    assert verbs(registration) == before
    assert Attempt.objects.get().submitted_at == NOON + timedelta(minutes=10)


def test_an_answer_after_handing_in_is_refused(programme: Programme) -> None:
    attempt = take(register(programme))
    with pytest.raises(WrongStateError):
        domain.save_answer(attempt, 1, reply_to(domain.paper_of(attempt)[0], right=False))


def test_whoever_fails_waits_and_then_gets_other_questions(programme: Programme) -> None:
    registration = register(programme)
    take(registration, wrong=4)
    handed_in = NOON + timedelta(minutes=10)
    with pytest.raises(TooEarlyError) as refusal:
        domain.start_attempt(registration, at=handed_in + timedelta(minutes=59, seconds=59))
    assert refusal.value.until == handed_in + timedelta(hours=1)
    assert domain.start_attempt(registration, at=handed_in + timedelta(hours=1)).number == 2


# Certificates --------------------------------------------------------------------------------------------------------


def test_reading_and_passing_give_a_certificate_without_any_page_being_viewed(programme: Programme) -> None:
    made = award(programme)
    assert (made.holder_name, made.language, made.attempt) == ("Éloïse Ångström", "fr", 1)
    assert made.code.startswith("T-")
    assert (made.facts["right"], made.facts["of"], len(made.facts["units"])) == (4, 4, 4)


@pytest.mark.parametrize(
    ("kind", "assessment", "said"),
    [
        (CertificateClass.COMPLETION, 10, "about 30 minutes with the assessment"),
        (CertificateClass.PARTICIPATION, 10, "about 20 minutes"),
        (CertificateClass.ACHIEVEMENT, 130, "about 2 hours"),
    ],
)
def test_a_certificate_says_of_time_what_the_pages_said(kind: CertificateClass, assessment: int, said: str) -> None:
    programme = ProgrammeFactory(certificate_class=kind, assessment_minutes=assessment)
    assert programme.reading_minutes == 20
    registration = register(programme)
    read_everything(registration)
    if kind is not CertificateClass.PARTICIPATION:
        take(registration)
    assert {line.label: line.value for line in printed(Award.objects.get()).lines}["Study"] == said


@pytest.mark.parametrize("kind", CertificateClass)
@pytest.mark.parametrize("reads", [True, False])
@pytest.mark.parametrize("passes", [True, False])
def test_each_class_of_certificate_asks_for_its_own(kind: CertificateClass, reads: bool, passes: bool) -> None:
    registration = register(ProgrammeFactory(certificate_class=kind))
    if passes:
        take(registration)
    if reads:
        read_everything(registration)
    due = {
        CertificateClass.PARTICIPATION: reads,
        CertificateClass.COMPLETION: reads and passes,
        CertificateClass.ACHIEVEMENT: passes,
    }
    assert Award.objects.exists() == due[kind]


def test_a_certificate_waits_for_a_name(programme: Programme) -> None:
    registration = register(ProgrammeFactory(participation=True), name="")
    read_everything(registration)
    assert Award.objects.count() == 0
    registration = domain.register_learner(registration.user, registration.programme, holder_name="Ana")
    domain.give_due_award(registration)
    assert Award.objects.get().holder_name == "Ana"


def test_a_second_pass_supersedes_and_both_keep_their_days(programme: Programme) -> None:
    first = award(programme)
    registration = first.registration
    take(registration, wrong=1, at=NOON + timedelta(days=100))
    second = Award.objects.exclude(pk=first.pk).get()
    before, after = domain.standing_of(first), domain.standing_of(second)
    assert (before.status, before.successor) == (CertificateStatus.SUPERSEDED, second.code)
    assert after.status is CertificateStatus.VALID
    assert (first.issued_at, second.issued_at - first.issued_at) == (NOON + timedelta(minutes=10), timedelta(days=100))
    assert second.facts["right"] == 4  # the best result counts


def test_a_certificate_that_holds_for_a_time_ends_on_its_last_day() -> None:
    made = award(ProgrammeFactory(valid_months=12))
    assert str(made.expires_on) == "2027-03-02"
    assert domain.standing_of(made, NOON + timedelta(days=365)).status is CertificateStatus.VALID
    assert domain.standing_of(made, NOON + timedelta(days=366)).status is CertificateStatus.EXPIRED


def test_what_was_issued_stays_when_programme_units_and_pool_change() -> None:
    programme = ProgrammeFactory(pages=True)
    made = award(programme)
    paper, said = certificate_pdf(made), printed(made)
    Programme.objects.update(title_fr="Autre chose", pass_percent=90)
    Item.objects.all().delete()
    made = Award.objects.get()
    assert (certificate_pdf(made), printed(made)) == (paper, said)


def test_giving_and_revoking_are_in_the_ledger_without_the_person(programme: Programme) -> None:
    made = award(programme)
    domain.revoke_award(made, actor=OfficialFactory(role=Role.ADMINISTRATOR), reason="Somebody else answered.")
    entries = list(Entry.objects.about("certificate", made.code))
    assert [(entry.verb, entry.actor_role, entry.public) for entry in entries] == [
        ("awarded", "system", False),
        ("revoked", "administrator", False),
    ]
    assert "Éloïse" not in str([entry.facts for entry in entries])


def test_the_holder_is_written_to_in_their_language_once(programme: Programme) -> None:
    made = award(programme, LearnerFactory(email="eloise@example.org"))
    domain.give_due_award(made.registration)
    letter = Message.objects.get()
    assert (letter.recipient, letter.language, letter.about) == (
        "eloise@example.org",
        "fr",
        f"certificate:{made.code}",
    )
    assert made.code in letter.text
    assert "/fr/learning/verify/" in letter.text


def test_revoking_needs_a_reason_and_happens_once(programme: Programme) -> None:
    made, administrator = award(programme), OfficialFactory(role=Role.ADMINISTRATOR)
    with pytest.raises(IncompleteError):
        domain.revoke_award(made, actor=administrator, reason="  ")
    domain.revoke_award(made, actor=administrator, reason="Somebody else answered.")
    assert domain.standing_of(made).status is CertificateStatus.REVOKED
    with pytest.raises(WrongStateError):
        domain.revoke_award(made, actor=administrator, reason="Again.")
    domain.give_due_award(made.registration)
    assert Award.objects.count() == 1


@pytest.mark.parametrize("role", Role)
def test_only_the_roles_of_the_table_revoke(role: Role, programme: Programme) -> None:
    made, actor = award(programme), OfficialFactory(role=role)
    if role in ROLES_FOR[Act.REVOKE_AWARD]:
        domain.revoke_award(made, actor=actor, reason="Somebody else answered.")
    else:
        with pytest.raises(PermissionDenied):
            domain.revoke_award(made, actor=actor, reason="Somebody else answered.")
    assert made.registration.records.filter(verb=Verb.REVOKED).exists() == (role in ROLES_FOR[Act.REVOKE_AWARD])


def test_an_account_that_goes_leaves_a_certificate_without_a_name_that_still_holds(programme: Programme) -> None:
    person = LearnerFactory()
    made = award(programme, person)
    person.delete()
    made = Award.objects.get()
    assert (made.holder_name, made.registration.user, made.registration.holder_name) == ("", None, "")
    assert domain.standing_of(made).status is CertificateStatus.VALID


# The record ----------------------------------------------------------------------------------------------------------


def test_the_record_is_neither_changed_nor_forgotten(programme: Programme) -> None:
    record = register(programme).records.get()
    with pytest.raises(AppendOnlyError):
        record.save()
    with pytest.raises(AppendOnlyError):
        record.delete()
    with pytest.raises(AppendOnlyError):
        LearningRecord.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        LearningRecord.objects.update(verb=Verb.PASSED)


def test_the_same_thing_said_twice_is_one_line(programme: Programme) -> None:
    registration = register(programme)
    for _time in range(2):
        read_everything(registration)
        register(programme, registration.user)
    assert verbs(registration) == [(Verb.REGISTERED, 0), *[(Verb.COMPLETED, 0)] * 4]


def test_replaying_the_record_gives_what_live_use_gave(programme: Programme) -> None:
    first = award(programme)
    registration = first.registration
    take(registration, wrong=4, at=NOON + timedelta(days=10))
    take(registration, wrong=1, at=NOON + timedelta(days=20))
    domain.revoke_award(first, actor=OfficialFactory(role=Role.ADMINISTRATOR), reason="Somebody else answered.")
    rule = rule_of(programme)
    live = domain.facts_of(registration)
    replayed: list[Fact] = []
    awards: list[int] = []
    for record in LearningRecord.objects.filter(registration=registration).order_by("at", "pk"):
        due = award_due(rule, replayed)
        if record.verb == Verb.AWARDED:
            assert due == record.attempt
            awards.append(record.attempt)
        replayed.append(Fact(record.object_key, record.verb, record.at, record.attempt, record.result))
    assert awards == list(Award.objects.order_by("attempt").values_list("attempt", flat=True)) == [1, 3]
    assert progress(rule, replayed) == progress(rule, live)
    assert tries(rule, replayed) == tries(rule, live)
    for made in Award.objects.all():
        replayed_status = award_status(made.object_key, replayed, made.expires_on, NOON.date())
        assert replayed_status == domain.standing_of(made)


def test_what_a_browser_remembered_is_added_once(programme: Programme) -> None:
    registration = register(programme)
    facts = [Fact(f"unit:{programme.slug}/unit-1", Verb.COMPLETED), Fact(f"item:{programme.slug}/x", Verb.PASSED)]
    assert domain.claim_progress(registration, facts, at=NOON) == 2
    assert domain.claim_progress(registration, facts, at=NOON) == 0


def test_two_people_have_two_records(programme: Programme) -> None:
    people: list[User] = [LearnerFactory(), LearnerFactory()]
    for person in people:
        register(programme, person)
    take(Registration.objects.get(user=people[0]))
    assert Attempt.objects.filter(registration__user=people[1]).count() == 0
