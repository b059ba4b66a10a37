"""`manage.py import_register`, as somebody at a register's office uses it."""

import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from design.freshness import current_generation
from design.progress import Progress
from register.models import Facility, RegisterLoad, Release
from tests.register.factories import ActivityFactory, FacilityFactory, PollutantFactory
from tests.register.files import write, write_facilities

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reference():
    PollutantFactory(mercury=True)
    ActivityFactory()


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_register", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_facilities_come_first_and_then_the_oldest_whatever_the_order_of_names(tmp_path):
    new = write_facilities(tmp_path, [{"reportingYear": "2023", "city": "NEW"}], name="a.csv")
    releases = write(tmp_path, [{}], name="b.csv")
    old = write_facilities(tmp_path, [{"reportingYear": "2019", "city": "OLD"}], name="c.csv")
    out, _ = run(releases, new, old)
    titles = [line for line in out.splitlines() if not line.startswith("  ")]
    assert titles == [
        "c.csv: E-PRTR extract: facilities, 2019–2019",
        "a.csv: E-PRTR extract: facilities, 2023–2023",
        "b.csv: E-PRTR extract: releases, 2020–2020",
    ]
    assert Facility.objects.get().city == "NEW"


def test_the_report_says_what_was_done_in_sentences(tmp_path):
    FacilityFactory(public_id="0000000001")
    path = write(tmp_path, [{}, {"medium": "SPACE"}])
    out, err = run(path, rejects=tmp_path / "bad")
    assert out.splitlines() == [
        "edition.csv: E-PRTR extract: releases, 2020–2020",
        "  2 rows read: 1 added (0 of them for years already covered), 0 unchanged, 0 revised, "
        "0 with other details changed, 0 restored, 0 dropped, 1 rejected.",
        "  0 entries are both in the file and in an earlier load.",
        "  Every accidental quantity in the file is zero, which cannot be told from “not reported”: they are kept as "
        "unknown.",
        f"  The rejected rows, each with its reason: {tmp_path / 'bad' / 'edition.rejects.csv'}",
    ]
    assert err == ""


def test_a_second_run_is_recognised(tmp_path):
    FacilityFactory(public_id="0000000001")
    path = write(tmp_path, [{}])
    run(path)
    out, _ = run(path)
    assert "This very file was loaded before" in out
    assert RegisterLoad.objects.filter(kind="releases").count() == 1


def everything():
    """How many rows every table has, and of which generation the public pages are."""
    rows = {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}
    return {**rows, "generation": current_generation()}


def test_a_dry_run_of_two_files_finds_in_the_second_what_the_first_has_loaded(
    tmp_path, django_capture_on_commit_callbacks
):
    facilities, releases = write_facilities(tmp_path, [{}]), write(tmp_path, [{}, {"medium": "AIR"}])
    before = everything()
    with django_capture_on_commit_callbacks() as heard:
        out, err = run(facilities, releases, "--dry-run", rejects=tmp_path / "bad")
    counts = [line.split(" (")[0] for line in out.splitlines() if "rows read" in line]
    assert counts == ["  1 rows read: 1 added", "  2 rows read: 2 added"]
    assert out.splitlines()[-1] == "This was a dry run: nothing was stored in the register."
    assert "rejected rows" not in out
    assert (err, everything()) == ("", before)
    assert heard == []  # no page is made anew, no mail sent, no job given to the worker


def test_after_a_dry_run_the_same_files_are_loaded_with_the_same_counts(tmp_path):
    files = [write_facilities(tmp_path, [{}]), write(tmp_path, [{}, {"medium": "AIR"}])]
    rehearsed, _ = run(*files, "--dry-run")
    loaded, _ = run(*files)
    assert rehearsed.splitlines()[:-1] == loaded.splitlines()
    assert (Facility.objects.count(), Release.objects.count()) == (1, 2)


def test_a_dry_run_with_a_file_that_cannot_be_read_still_says_that_nothing_was_stored(tmp_path):
    (tmp_path / "empty.csv").touch()
    out = io.StringIO()
    files = [tmp_path / "empty.csv", write_facilities(tmp_path, [{}])]
    with pytest.raises(CommandError, match=r"1 file could not be read, and nothing of it was loaded\."):
        call_command("import_register", *map(str, files), "--dry-run", stdout=out, stderr=io.StringIO())
    assert out.getvalue().splitlines()[-1] == "This was a dry run: nothing was stored in the register."
    assert not Facility.objects.exists()


def test_files_that_can_be_read_are_loaded_although_another_cannot(tmp_path):
    FacilityFactory(public_id="0000000001")
    (tmp_path / "empty.csv").touch()
    err = io.StringIO()
    with pytest.raises(CommandError, match=r"1 file could not be read, and nothing of it was loaded\."):
        call_command(
            "import_register", str(tmp_path / "empty.csv"), str(write(tmp_path, [{}])), stdout=io.StringIO(), stderr=err
        )
    assert err.getvalue() == "empty.csv is empty; a file has a header and at least one row.\n"
    assert Release.objects.count() == 1


def test_source_and_register_are_what_the_office_says(tmp_path):
    FacilityFactory(public_id="0000000001", load=None)
    run(write(tmp_path, [{}]), source="Environment institute", register="trial")
    load = RegisterLoad.objects.get(kind="releases")
    assert (load.source, load.register) == ("Environment institute", "trial")


def test_without_reference_data_it_says_what_to_run_first(tmp_path):
    from register.models import Pollutant  # noqa: PLC0415 -- only here

    Pollutant.objects.all().delete()
    with pytest.raises(CommandError, match=r"The register has no pollutants yet; run load_reference first\."):
        run(write(tmp_path, [{}]))


def test_a_mapping_that_is_wrong_or_for_another_kind_stops_the_command(tmp_path):
    with pytest.raises(CommandError, match="There is no mapping"):
        run(write(tmp_path, [{}]), mapping=tmp_path / "no.toml")
    mapping = tmp_path / "facilities.toml"
    mapping.write_text('kind = "facilities"\n[columns]\nfacility = "facilityId"\nname = "pollutantName"\n'
                       '[file]\ndelimiter = ";"\n[defaults]\ncountry = "FI"\n')  # fmt: skip
    with pytest.raises(CommandError, match="The mapping is for facilities, and --kind says releases"):
        run(write(tmp_path, [{}]), mapping=mapping, kind="releases")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def shown_on(stream):
    from django.core.management.base import OutputWrapper  # noqa: PLC0415 -- only here

    progress = Progress(OutputWrapper(stream), "edition.csv", 10)
    progress.show(5)
    progress.finish()
    return stream.getvalue()


def test_progress_is_a_bar_on_a_terminal_and_quiet_for_short_work_in_a_log():
    assert shown_on(Terminal()) == f"\redition.csv {'█' * 15}{'░' * 15}  50%\r\033[K"
    assert shown_on(io.StringIO()) == ""
