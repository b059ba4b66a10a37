"""What stands when the demonstration is built: consultations in every state, a register with a past, all the pages."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from accounts.models import User
from accounts.permissions import has_role
from accounts.roles import Role
from consultations.enums import DecisionKind, DisplayState, PeriodKind
from consultations.models import Decision, Docket, OfficialResponse, Period, ProposalVersion, Submission
from demonstration.building import build_demonstration
from demonstration.enums import Stage
from demonstration.models import KeptMail
from demonstration.people import LEARNERS, SIGN_INS
from demonstration.publishing.tree import PLACES
from demonstration.stages.context import register_span
from notices.models import Message
from portal.models import Authority
from register.enums import ChangeKind, Presence, WithholdingGround
from register.models import EntryChange, Facility, RegisterLoad, Release, WasteTransfer, WithheldInformation

# Removal, which reads tables and keys, is tried on both databases; building writes through the domain functions alone.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.any_database]


class TestRegister:
    def test_it_has_ten_years_up_to_the_newest_that_is_published(self, built: datetime) -> None:
        years = set(Release.objects.current().order_by().values_list("reporting_year", flat=True).distinct())
        span = register_span(built)
        assert years == set(range(span.first_year, span.last_year + 1))

    def test_it_was_loaded_in_two_editions_and_no_row_was_rejected(self, built: datetime) -> None:
        loads = RegisterLoad.objects.all()
        assert Counter(load.loaded_at.date() for load in loads) == {
            (built - timedelta(days=400)).date(): 5,
            (built - timedelta(days=35)).date(): 5,
        }
        assert sum(load.rows_rejected for load in loads) == 0

    def test_the_second_edition_revised_and_dropped_and_amended(self, built: datetime) -> None:
        assert set(EntryChange.objects.order_by().values_list("change", flat=True)) >= {
            ChangeKind.REVISED,
            ChangeKind.DROPPED,
        }

    def test_the_newest_year_shows_every_kind_of_absence(self, built: datetime) -> None:
        newest = Release.objects.current().filter(reporting_year=register_span(built).last_year)
        assert set(newest.order_by().values_list("presence", flat=True)) == set(Presence.values)

    def test_what_is_withheld_says_why_in_every_language(self, built: datetime) -> None:
        held = WithheldInformation.objects.all()
        assert held
        for one in held:
            assert (one.ground in WithholdingGround.values, one.reason_en, one.reason_fr, one.reason_ru) == (
                True,
                one.reason_en or "missing",
                one.reason_fr or "missing",
                one.reason_ru or "missing",
            )

    def test_somebody_had_an_accident(self, built: datetime) -> None:
        works = Facility.objects.get(public_id="borvesk-copper-works")
        accident = works.releases.exclude(accidental_kg=None).order_by("-accidental_kg").first()
        assert accident.accidental_kg > accident.quantity_kg / 2

    def test_waste_crosses_borders(self, built: datetime) -> None:
        countries = set(WasteTransfer.objects.order_by().values_list("receiver_country", flat=True))
        assert countries & {"XN", "XS"}


class TestConsultations:
    def state_of(self, slug: str, at: datetime) -> DisplayState:
        return Docket.objects.get(slug=slug).display_state(at)

    def test_they_stand_in_every_state(self, built: datetime) -> None:
        assert Counter(docket.display_state(built) for docket in Docket.objects.all()) == {
            DisplayState.OPEN: 4,
            DisplayState.UPCOMING: 1,
            DisplayState.UNDER_CONSIDERATION: 1,
            DisplayState.CONCLUDED: 2,
            DisplayState.DISCONTINUED: 1,
        }

    def test_one_closes_within_a_week(self, built: datetime) -> None:
        assert [docket.slug for docket in Docket.objects.closing_soon(built)] == ["smaller-sea-farms"]

    def test_one_has_just_been_decided(self, built: datetime) -> None:
        published_at = Docket.objects.get(slug="figures-sooner").published_decision.published_at
        assert timedelta(0) < built - published_at < timedelta(days=7)

    def test_decisions_differ(self, built: datetime) -> None:
        kinds = set(Decision.objects.values_list("kind", flat=True))
        assert kinds == {DecisionKind.ADOPTED_WITH_CHANGES, DecisionKind.NOT_ADOPTED}

    def test_one_was_extended_and_one_was_opened_again_on_a_new_version(self, built: datetime) -> None:
        assert Period.objects.get(kind=PeriodKind.EXTENSION).docket.slug == "who-takes-our-waste"
        assert Period.objects.get(kind=PeriodKind.REOPENING).docket.slug == "dioxins-from-incineration"
        assert list(
            ProposalVersion.objects.filter(docket__slug="dioxins-from-incineration").values_list("number", flat=True)
        ) == [1, 2]

    def test_no_official_acts_on_a_weekend(self, built: datetime) -> None:
        instants = [period.created_at for period in Period.objects.all()]
        instants += [docket.published_at for docket in Docket.objects.all()]
        instants += [answer.answered_at for answer in OfficialResponse.objects.all()]
        assert {timezone.localtime(one).weekday() for one in instants} <= {0, 1, 2, 3, 4}

    def test_nothing_has_happened_that_is_still_to_come(self, built: datetime) -> None:
        assert Submission.objects.filter(received_at__gt=built).count() == 0
        assert OfficialResponse.objects.filter(answered_at__gt=built).count() == 0

    def test_each_has_its_page_in_every_language(self, built: datetime, client: Client) -> None:
        for docket in Docket.objects.all():
            for code in ("en", "fr", "ru"):
                assert client.get(f"/{code}/consultations/{docket.slug}/").status_code == 200

    def test_every_paper_of_a_dossier_can_be_opened(self, built: datetime) -> None:
        for version in ProposalVersion.objects.all():
            for frozen in version.files.all():
                with frozen.file.open() as file:
                    assert file.read()

    def test_letters_of_the_past_are_kept_with_their_day_and_none_waits(self, built: datetime) -> None:
        assert Message.objects.waiting().count() == 0
        assert KeptMail.objects.exclude(build=None).count() == Message.objects.count() > 0
        assert KeptMail.objects.filter(kept_at__gt=built).count() == 0
        assert mail.outbox == []


class TestPages:
    @pytest.mark.parametrize("code", ["en", "fr", "ru"])
    def test_every_page_stands_at_its_fixed_address(self, built: datetime, client: Client, code: str) -> None:
        paths = {"home": f"/{code}/"}
        for place in PLACES:
            paths[place.name] = f"{paths[place.below]}{place.slug}/"
        assert {name: client.get(path).status_code for name, path in paths.items()} == dict.fromkeys(paths, 200)

    def test_the_same_page_is_a_translation_in_each_language(self, built: datetime) -> None:
        home = Site.objects.get(is_default_site=True).root_page
        pages = [home, *home.get_descendants().exclude(content_type__model="consultationpage")]
        assert len(pages) > len(PLACES)
        assert {page.get_translations().live().count() for page in pages} == {2}

    def test_every_link_inside_leads_somewhere(self, built: datetime, client: Client) -> None:
        for code in ("en", "fr", "ru"):
            page = client.get(f"/{code}/learning/read-a-register-entry-in-ten-minutes/").content.decode()
            assert f'href="/{code}/register/facilities/selvast-waste-water-treatment-plant/"' in page
            assert f'href="/{code}/requests/"' in page

    def test_no_placeholder_is_left(self, built: datetime, client: Client) -> None:
        for place in PLACES:
            if place.below == "home":
                assert "${" not in client.get(f"/fr/{place.slug}/").content.decode()

    def test_the_site_bears_the_authoritys_name_in_each_language(self, built: datetime, client: Client) -> None:
        assert "Velmarian Environment Agency" in client.get("/en/").content.decode()
        assert "Agence velmarienne de l’environnement" in client.get("/fr/").content.decode()
        assert "Агентство по охране окружающей среды Вельмарии" in client.get("/ru/").content.decode()


class TestPeople:
    def test_everybody_signs_in_with_the_public_password(self, built: datetime) -> None:
        for one in (*SIGN_INS, *(learner for learner in LEARNERS if learner.password)):
            assert Client().login(email=one.email, password=one.password)

    def test_everybody_has_their_role_and_no_other(self, built: datetime) -> None:
        for one in SIGN_INS:
            person = User.objects.get(email=one.email)
            assert [role for role in Role if has_role(person, role)] == [one.role]

    def test_the_page_of_sign_ins_shows_them_and_where_to_begin(self, built: datetime, client: Client) -> None:
        page = client.get("/demonstration/").content.decode()
        for one in SIGN_INS:
            assert one.email in page
            assert one.password in page
        assert (page.count("The desk is in French."), page.count("The desk is in Russian.")) == (1, 1)
        for path in ("/en/consultations/mercury-thresholds/", "/en/explainers/mercury-and-compounds/"):
            assert f'href="{path}"' in page
            assert client.get(path).status_code == 200

    def test_a_stranger_finds_there_the_code_of_a_certificate_that_holds(self, built: datetime, client: Client) -> None:
        code = client.get("/demonstration/").context["certificate"].code
        checked = client.get(f"/en/learning/verify/?code={code}", follow=True).content.decode()
        assert "This certificate was issued by this register and holds today." in checked


class TestBuildingAgain:
    def test_what_stands_is_left_alone(self, built: datetime) -> None:
        before = Docket.objects.count(), Page.objects.count(), Release.objects.count()
        assert build_demonstration(Stage, seed=8, quick=True) == []
        assert (Docket.objects.count(), Page.objects.count(), Release.objects.count()) == before

    def test_the_command_says_so(self, built: datetime, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("build_demo")
        assert "stands already" in capsys.readouterr().out


def test_without_a_site_of_its_own_the_authority_is_named_once(built: datetime) -> None:
    assert Authority.objects.get().name_en == "Velmarian Environment Agency"
