"""Whoever names a pollutant leads to its explainer, and the explainer leads back: measures, questions, entries."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from design.texts import Texts
from inforequests import domain as requests
from register.enums import Medium
from register.links import explanations
from register.models import Pollutant
from tests.consultations.factories import DocketFactory
from tests.design.html import one, parsed
from tests.explainers.factories import address, an_explainer
from tests.inforequests.factories import disclosed
from tests.register.factories import PollutantFactory, ReleaseFactory

pytestmark = pytest.mark.django_db
Place = Callable[[], tuple[Pollutant, str]]


def a_consultation() -> tuple[Pollutant, str]:
    """A measure on mercury, and where it is read."""
    docket = DocketFactory.create(open=True)
    subject = docket.measures.exclude(pollutant=None).get().pollutant
    assert subject is not None
    return subject, docket.get_absolute_url()


def an_answer() -> tuple[Pollutant, str]:
    """A question about mercury that was answered for all, and where it is read."""
    subject = PollutantFactory.create(mercury=True)
    sent = disclosed(Texts(en="Mercury"), questions=[requests.Question("How much?", subject)])
    return subject, sent.request.disclosure.get_absolute_url()


def entries() -> tuple[Pollutant, str]:
    """Entries of mercury from a facility, and where they are read."""
    release = ReleaseFactory.create(pollutant=PollutantFactory.create(mercury=True), medium=Medium.WATER)
    return release.pollutant, reverse(
        "register:facility_pollutant", args=[release.facility.public_id, release.pollutant.slug]
    )


@pytest.mark.parametrize(
    ("place", "leads"), [(a_consultation, ".measure-explained a"), (an_answer, ".leads-to a"), (entries, ".leads-to a")]
)
def test_where_a_pollutant_is_named_a_citizen_is_led_to_its_page_and_to_its_explainer(
    client: Client, place: Place, leads: str
) -> None:
    pollutant, url = place()
    an_explainer(pollutant, title="Mercury in plain words")
    tree = parsed(client.get(url).content.decode())
    link = one(tree, f"main {leads}")
    assert (link["href"], link.get_text()) == (address(pollutant), "Mercury in plain words")
    assert one(tree, f'main a[href="{pollutant.get_absolute_url()}"]')


@pytest.mark.parametrize("place", [a_consultation, an_answer])
def test_the_explainer_leads_back(client: Client, place: Place) -> None:
    pollutant, url = place()
    an_explainer(pollutant)
    assert f'href="{url}"' in client.get(address(pollutant)).content.decode()


def test_the_explainer_leads_to_the_entries(client: Client) -> None:
    pollutant, url = entries()
    an_explainer(pollutant)
    search = f"{reverse('register:search')}?kind=releases&pollutant={pollutant.code}"
    assert one(parsed(client.get(address(pollutant)).content.decode()), f'main a[href="{search}"]')
    assert url.partition("mercury")[0] in client.get(search).content.decode()


@pytest.mark.parametrize("place", [a_consultation, an_answer, entries])
def test_without_an_explainer_nothing_is_promised(client: Client, place: Place) -> None:
    pollutant, url = place()
    an_explainer(pollutant, live=False)
    assert "In plain words" not in client.get(url).content.decode()


def test_a_part_is_explained_with_its_whole() -> None:
    part = PollutantFactory.create(without_biomass=True)
    assert part.part_of is not None
    an_explainer(part.part_of)
    assert [link.url for link in explanations([part, None]).values()] == [address(part.part_of)]
    assert explanations([None]) == {}


def test_many_pollutants_cost_one_question(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    named = [an_explainer(PollutantFactory.create()).pollutant for _number in range(3)]
    with translation.override("en"), django_assert_num_queries(1):
        assert len(explanations(named)) == 3
