"""Which thresholds apply in this country: one set, always one, and an administrator says which."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.roles import Role
from design.refusals import WrongStateError
from ledger.models import Entry
from register.domain.reference import load_reference
from register.domain.threshold_sets import apply_threshold_set
from register.models import ThresholdSet
from tests.consultations.factories import OfficialFactory
from tests.register.factories import PollutantFactory, ThresholdFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sets() -> tuple[ThresholdSet, ThresholdSet]:
    """The Protocol's set, which applies, and another one with thresholds of its own."""
    protocol = ThresholdSet.objects.create(code="protocol", name_en="Protocol", source="Annex II", applies=True)
    other = ThresholdSet.objects.create(code="other", name_en="Other", source="Act 1")
    mercury = PollutantFactory(mercury=True)
    for one in (protocol, other):
        ThresholdFactory(threshold_set=one, pollutant=mercury)
    return protocol, other


def applying() -> list[str]:
    return [one.code for one in ThresholdSet.objects.filter(applies=True)]


def signed_in(role: Role | None) -> Client:
    client = Client()
    client.force_login(OfficialFactory.create(role=role))
    return client


@pytest.mark.parametrize("role", [*Role, None])
def test_an_administrator_says_which_set_applies_and_nobody_else(
    role: Role | None, sets: tuple[ThresholdSet, ThresholdSet]
) -> None:
    _protocol, other = sets
    client, page = signed_in(role), f"/admin/register/threshold-sets/{other.pk}/apply/"
    may = role is Role.ADMINISTRATOR
    assert (client.get(page).status_code == 200) is may
    client.post(page)
    assert applying() == (["other"] if may else ["protocol"])
    assert Entry.objects.filter(verb="apply_threshold_set").count() == may
    assert ModelLogEntry.objects.filter(action="register.apply_threshold_set").count() == may


def test_the_page_says_which_set_applies_no_more_and_pages_of_sets_lead_to_it(
    sets: tuple[ThresholdSet, ThresholdSet],
) -> None:
    protocol, other = sets
    client = signed_in(Role.ADMINISTRATOR)
    page = client.get(f"/admin/register/threshold-sets/{other.pk}/apply/")
    assert "“Protocol” applies no more: exactly one set applies." in page.context["consequences"]
    address = f"/admin/register/threshold-sets/{other.pk}/apply/"
    for way in ("edit", "inspect"):
        assert address in client.get(f"/admin/register/threshold-sets/{way}/{other.pk}/").content.decode(), way
        html = client.get(f"/admin/register/threshold-sets/{way}/{protocol.pk}/").content.decode()
        assert "/apply/" not in html, way
    for_editor = signed_in(Role.EDITOR).get(f"/admin/register/threshold-sets/edit/{other.pk}/")
    assert "/apply/" not in for_editor.content.decode()


def test_the_set_that_applies_and_one_without_thresholds_are_refused_in_a_sentence(
    sets: tuple[ThresholdSet, ThresholdSet],
) -> None:
    protocol, _other = sets
    empty = ThresholdSet.objects.create(code="empty", name_en="Empty", source="Act 2")
    administrator = OfficialFactory.create(role=Role.ADMINISTRATOR)
    with pytest.raises(WrongStateError, match=r"This set applies already\. Exactly one set applies"):
        apply_threshold_set(protocol, actor=administrator)
    with pytest.raises(WrongStateError, match="This set holds no thresholds"):
        apply_threshold_set(empty, actor=administrator)
    with pytest.raises(PermissionDenied):
        apply_threshold_set(sets[1], actor=OfficialFactory.create(role=Role.EDITOR))
    assert applying() == ["protocol"]
    page = signed_in(Role.ADMINISTRATOR).get(f"/admin/register/threshold-sets/{empty.pk}/apply/", follow=True)
    assert "This set holds no thresholds" in page.content.decode()


def test_the_database_holds_no_second_set_that_applies(sets: tuple[ThresholdSet, ThresholdSet]) -> None:
    _protocol, other = sets
    other.applies = True
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
    assert applying() == ["protocol"]


@pytest.mark.slow
def test_loading_the_annexes_again_keeps_the_set_that_was_chosen() -> None:
    load_reference()
    (first,) = applying()
    chosen = ThresholdSet.objects.exclude(code=first).get()
    apply_threshold_set(chosen, actor=OfficialFactory.create(role=Role.ADMINISTRATOR))
    load_reference()
    assert applying() == [chosen.code]
