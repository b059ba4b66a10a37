"""The requests of the demonstration: every state there is, in three languages, and removable."""

from collections import Counter

import pytest
from django.utils import timezone

from demonstration.building import build_demonstration
from demonstration.enquiries.scripts import SCRIPTS, Deed, read_scripts
from demonstration.enums import Stage as BuildStage
from demonstration.models import KeptMail
from demonstration.removal import remove_demonstration
from design.languages import CODES
from inforequests.enums import (
    ClockKind,
    Disposition,
    MessageKind,
    ReviewOutcome,
    ReviewStage,
    Stage,
    Timeliness,
)
from inforequests.models import (
    Disclosure,
    Ground,
    InformationRequest,
    RequestItem,
    ReviewBody,
    ReviewCase,
    Withholding,
)
from notices.models import Message
from register.models import Release

pytestmark = pytest.mark.any_database

SCRIPTED = read_scripts()


@pytest.mark.any_database
class TestScripts:
    def test_each_file_is_one_request(self) -> None:
        assert {script.slug for script in SCRIPTED} == {path.stem for path in SCRIPTS.glob("*.toml")}

    def test_people_ask_in_every_language(self) -> None:
        assert set(CODES) == {script.language for script in SCRIPTED}

    def test_everything_that_can_be_done_is_done_somewhere(self) -> None:
        assert {step.deed for script in SCRIPTED for step in script.steps} == set(Deed)

    def test_titles_and_reasons_are_there_in_every_language(self) -> None:
        for script in SCRIPTED:
            for step in script.steps:
                for name in {"title": Deed.DISCLOSE, "reason": Deed.WITHHOLD}.items():
                    if step.deed is name[1]:
                        assert all(step.values.get(f"{name[0]}_{code}") for code in CODES), script.slug


@pytest.mark.django_db
@pytest.mark.slow
def test_every_state_is_shown_and_all_of_it_can_be_removed() -> None:
    at = timezone.now()
    build_demonstration([BuildStage.REQUESTS], seed=1, quick=True, at=at)

    requests = InformationRequest.objects.with_items()
    assert requests.count() == len(SCRIPTED)
    assert {request.stage for request in requests} == set(Stage)
    assert {item.disposition for item in RequestItem.objects.all()} == set(Disposition)
    states = {state: requests.in_timeliness(state, at).count() for state in Timeliness}
    assert sum(states.values()) == len(SCRIPTED)
    assert states[Timeliness.IGNORED] == 2
    assert states[Timeliness.ANSWERED_LATE] == 1
    assert {request.submission.kind for request in requests} == {MessageKind.WEB, MessageKind.POST}
    assert {case.stage for case in ReviewCase.objects.all()} == {ReviewStage.INQUIRY, ReviewStage.CLOSED}
    assert Counter(case.outcome for case in ReviewCase.objects.decided()) == {
        ReviewOutcome.DECISION_OVERTURNED: 2,
        ReviewOutcome.SETTLED: 1,
    }
    assert [clock.kind for request in requests.open() for clock in [request.clock] if clock].count(
        ClockKind.COMPLIANCE
    ) == 1
    assert Disclosure.objects.count() == 4
    withheld = Release.objects.filter(withheld__withholdings__isnull=False)
    assert withheld.count() == 1
    assert Withholding.objects.filter(lifted_at__isnull=False, entry_key__gt="").count() == 1
    assert not Message.objects.waiting().exists()
    assert KeptMail.objects.filter(subject__contains="R-").count() >= len(SCRIPTED)
    assert all(ground.legal_basis_en for ground in Ground.objects.all())

    remove_demonstration()

    assert not InformationRequest.objects.exists()
    assert not ReviewBody.objects.exists()
    assert [ground.legal_basis_en for ground in Ground.objects.all()] == [""] * 5
