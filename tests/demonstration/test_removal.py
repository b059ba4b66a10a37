"""Removal takes exactly what building made, and leaves what people made, with what that stands on."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, TestCase, override_settings
from pytest_django import DjangoCaptureOnCommitCallbacks, DjangoDbBlocker
from wagtail.models import Page, Site

from accounts.models import User
from consultations import domain
from consultations.enums import PublicationPreference
from consultations.models import Docket, Submission
from demonstration.building import build_demonstration
from demonstration.enums import Stage
from demonstration.models import Build, KeptMail
from demonstration.people import SIGN_INS
from demonstration.removal import plan_removal, remove_demonstration
from ledger.domain import seal_entries
from ledger.models import Entry, Opening
from ledger.verification import verify_record
from portal.models import Authority, StandardPage
from register.domain.reference import load_reference
from register.models import Facility, Pollutant, Release
from tests.demonstration.factories import AT, counts, uploaded_files

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@dataclass(frozen=True)
class Before:
    """A site with something of its own, as it was before the demonstration was built on it."""

    rows: dict[str, int]
    files: set[Path]
    page: str
    root: int


@pytest.fixture(scope="module")
def before(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Before]:
    """Build the small demonstration on a site that has annexes, a page, an official and a name of its own."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        load_reference()
        home = Site.objects.get(is_default_site=True).root_page
        page = home.add_child(instance=StandardPage(title="Our own page", slug="our-own-page"))
        page.save_revision().publish()
        User.objects.create_user("official@authority.example", "a-long-password")
        Authority.objects.update_or_create(pk=1, defaults={"name_en": "Our own authority"})
        was = Before(counts(), uploaded_files(), page.url, home.pk)
        # Indexing and mail happen after commit: they are part of what removal has to find.
        with TestCase.captureOnCommitCallbacks(execute=True):
            build_demonstration(Stage, seed=7, quick=True, at=AT)
        yield was
        transaction.set_rollback(True)


def comment(slug: str = "mercury-thresholds") -> Submission:
    """A comment that a visitor sends to a consultation of the demonstration."""
    return domain.receive_submission(
        Docket.objects.get(slug=slug),
        language="en",
        publication_preference=PublicationPreference.WITHOUT_NAME,
        text="I tried the form.",
        at=AT,
    ).submission


class TestExactness:
    def test_every_table_has_as_many_rows_as_before_and_every_file_is_gone(
        self, before: Before, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        assert counts() != before.rows
        seal_entries()
        assert verify_record().findings == []
        files = {path: path.read_bytes() for path in uploaded_files()}
        assert len(files) > 10
        with django_capture_on_commit_callbacks(execute=True):
            remove_demonstration()
        left = uploaded_files()
        for path, content in files.items():  # the other tests of this file go on with the rows that led to them
            path.write_bytes(content)
        assert (counts(), left) == (before.rows, before.files)

    def test_the_site_is_again_the_one_it_was(self, before: Before, client: Client) -> None:
        assert client.get("/en/our-own-page/").status_code == 404
        remove_demonstration()
        assert client.get("/en/our-own-page/").status_code == 200
        assert Site.objects.get(is_default_site=True).root_page_id == before.root
        assert Authority.objects.get().name_en == "Our own authority"
        assert Page.find_problems() == ([], [], [], [], [])
        assert Pollutant.objects.count() == before.rows["register.Pollutant"] > 0  # the annexes were there before

    def test_once_removed_there_is_nothing_to_remove_and_it_can_be_built_again(self, before: Before) -> None:
        remove_demonstration()
        plan = remove_demonstration()
        assert (plan.rows_going, plan.rows_staying) == (0, 0)
        assert build_demonstration([Stage.REGISTER], seed=7, quick=True, at=AT) == [Stage.PEOPLE, Stage.REGISTER]

    def test_a_plan_changes_nothing(self, before: Before) -> None:
        rows = counts()
        plan_removal()
        assert counts() == rows


class TestWhatPeopleMade:
    def test_a_comment_stays_with_the_whole_consultation_it_is_about_and_nothing_else(
        self, before: Before, client: Client
    ) -> None:
        submission = comment()
        entries = Entry.objects.about("submission", submission.tracking_number).count()
        remove_demonstration()
        kept = Docket.objects.get()
        assert (kept.slug, kept.measures.count(), kept.periods.count(), kept.versions.count()) == (
            "mercury-thresholds",
            3,
            1,
            1,
        )
        assert Submission.objects.filter(pk=submission.pk).exists()
        assert Entry.objects.about("submission", submission.tracking_number).count() == entries == 1
        assert (Facility.objects.count(), Release.objects.count()) == (0, 0)
        assert not Page.objects.filter(slug="how-to-read-a-threshold").exists()
        # The accounts go whatever they did: their passwords are public.
        assert User.objects.filter(email__in=[one.email for one in SIGN_INS]).count() == 0
        assert kept.created_by is None
        # And it can still be read, once the site leads to it.
        site = Site.objects.get(is_default_site=True)
        site.root_page = Page.objects.get(slug="velmaria")
        site.save()
        assert client.get("/en/consultations/mercury-thresholds/").status_code == 200

    def test_once_the_comment_is_gone_the_rest_can_go_too(self, before: Before) -> None:
        entries = Entry.objects.count()
        submission = comment()
        remove_demonstration()
        submission.delete()
        remove_demonstration()
        rows = counts()
        changed = {label for label, count in before.rows.items() if rows[label] != count}
        # Of the visitor's own act: the record does not forget it, nor what stands beside it.
        assert changed == {"ledger.Entry", "ledger.Opening", "notices.Skip"}
        removals = Entry.objects.filter(verb="demonstration_removed")
        assert [removal.facts["entries_that_stay"] for removal in removals] == [entries + 1, entries + 2]
        assert Opening.objects.exclude(entry__subject_reference=submission.tracking_number).count() == 0

    def test_the_record_stays_whole_where_somebody_else_stands_in_it(self, before: Before) -> None:
        seal_entries()
        sealed = Entry.objects.count()
        comment()
        remove_demonstration()
        seal_entries()
        report = verify_record()
        assert (report.findings, report.entries) == ([], sealed + 2)

    def test_a_page_that_an_editor_wrote_stays_with_the_pages_above_it(self, before: Before) -> None:
        learning = Page.objects.get(slug="learning", locale__language_code="en", path__startswith=_demo_path())
        own = learning.add_child(instance=StandardPage(title="Mine", slug="mine"))
        remove_demonstration()
        own.refresh_from_db()
        assert [page.slug for page in own.get_ancestors()] == ["root", "velmaria", "learning"]
        assert Page.find_problems() == ([], [], [], [], [])

    def test_a_changed_text_goes_with_its_page_and_a_changed_name_of_the_site_stays(self, before: Before) -> None:
        page = StandardPage.objects.get(slug="about", locale__language_code="en", path__startswith=_demo_path())
        page.title = "Changed by hand"
        page.save_revision().publish()
        Authority.objects.update(name_en="A better name")
        remove_demonstration()
        assert not Page.objects.filter(title="Changed by hand").exists()
        assert (Authority.objects.get().name_en, Authority.objects.get().name_fr) == ("A better name", "")

    def test_mail_and_entries_that_somebody_caused_stay(self, before: Before) -> None:
        mine = KeptMail.objects.create(kept_at=AT, sender="a", recipients="b", subject="Mine")
        facility = Facility.objects.get(public_id="borvesk-copper-works")
        pollutant = Pollutant.objects.get(code="CH4")
        Release.objects.create(facility=facility, pollutant=pollutant, medium="air", reporting_year=1999, quantity_kg=1)
        remove_demonstration()
        assert list(KeptMail.objects.all()) == [mine]
        assert [one.public_id for one in Facility.objects.all()] == ["borvesk-copper-works"]
        assert Release.objects.get().reporting_year == 1999


def _demo_path() -> str:
    return Page.objects.get(slug="velmaria").path


@pytest.mark.any_database
class TestCommand:
    def run(self, monkeypatch: pytest.MonkeyPatch, answer: str | None, **options: bool) -> str:
        """What the command says, to somebody who answers its question so (None: nobody is there)."""

        def reply(question: str) -> str:
            if answer is None:
                raise EOFError
            return answer

        monkeypatch.setattr("builtins.input", reply)
        out = StringIO()
        call_command("remove_demo", stdout=out, **options)
        return out.getvalue()

    def test_it_asks_first_and_does_nothing_without_a_yes(
        self, before: Before, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = counts()
        assert "Nothing was removed." in self.run(monkeypatch, "n")
        assert "Nothing was removed." in self.run(monkeypatch, None)
        assert counts() == rows

    def test_it_removes_after_a_yes_and_says_what_stays_and_why(
        self, before: Before, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        comment()
        said = self.run(monkeypatch, "yes")
        assert "consultation:mercury-thresholds (submission, made by somebody else: 1)" in said
        assert "rows were removed" in said
        assert [build.stage for build in Build.objects.all()] == [Stage.PAGES, Stage.CONSULTATIONS]
