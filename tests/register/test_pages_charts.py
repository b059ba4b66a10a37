"""Drawings of the register, by their addresses."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.register.factories import (
    PollutantFactory,
    ReleaseFactory,
)

pytestmark = pytest.mark.django_db


class TestCharts:
    def test_an_address_is_kept_for_ever(self, client: Client) -> None:
        release = ReleaseFactory()
        drawing = re.search(r'src="([^"]+\.svg)"', client.get(release.pollutant.get_absolute_url()).content.decode())
        assert drawing is not None
        assert client.get(drawing.group(1))["Cache-Control"] == "public, max-age=31536000, immutable"

    def test_live_and_old_addresses_lead_to_the_present_drawing(self, client: Client) -> None:
        release = ReleaseFactory()
        for address in ("live", "0" * 24):
            kept = {"pollutant": release.pollutant.slug, "address": address, "layout": "narrow"}
            response = client.get(reverse("register:chart_svg", kwargs=kept))
            assert response.status_code == 302
            assert response["Cache-Control"] == "no-cache"
            assert client.get(response["Location"]).status_code == 200

    def test_another_load_makes_another_address(self, client: Client) -> None:
        release = ReleaseFactory()
        kept = {"pollutant": release.pollutant.slug, "address": "live", "layout": "wide"}
        url = reverse("register:chart_svg", kwargs=kept)
        before = client.get(url)["Location"]
        release.quantity_kg = Decimal(40)
        release.save()
        assert client.get(url)["Location"] != before

    def test_each_language_has_its_own_drawing(self, client: Client) -> None:
        release = ReleaseFactory()
        kept = f"register/charts/pollutants/{release.pollutant.slug}/live-wide.svg"
        english = client.get(f"/en/{kept}", follow=True)
        russian = client.get(f"/ru/{kept}", follow=True)
        assert english.content != russian.content
        assert 'xml:lang="ru"' in russian.content.decode()

    def test_the_numbers_come_as_a_file_with_the_caveats(self, client: Client) -> None:
        release = ReleaseFactory(confidential=True)
        kept = {"pollutant": release.pollutant.slug, "address": "live"}
        response = client.get(reverse("register:chart_csv", kwargs=kept), follow=True)
        lines = response.content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("title,year,medium,quantity,unit,quantity_kg,state")
        assert ",2023,water,,,,confidential,1," in lines[1]
        assert "release_is_not_exposure below_threshold confidential" in lines[1]

    def test_a_facility_has_drawings_of_its_own(self, client: Client) -> None:
        release = ReleaseFactory()
        kept = {"facility": release.facility.public_id, "pollutant": release.pollutant.slug, "address": "live"}
        assert client.get(reverse("register:chart_csv", kwargs=kept), follow=True).status_code == 200
        assert (
            client.get(reverse("register:chart_svg", kwargs=kept | {"layout": "wide"}), follow=True).status_code == 200
        )

    def test_where_there_is_nothing_to_draw_nothing_is_found(self, client: Client) -> None:
        kept = {"pollutant": PollutantFactory().slug, "address": "live", "layout": "wide"}
        assert client.get(reverse("register:chart_svg", kwargs=kept)).status_code == 404
