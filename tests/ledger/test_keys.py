"""The key that signs the record: made once, kept to itself, exchanged without making what it signed untrue."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from ledger import notes
from ledger.domain import seal_entries
from ledger.keys import key_file, public_keys, signing_key, write_key
from ledger.models import Checkpoint, RecordKey
from ledger.verification import verify_record
from portal.readers import record_key
from tests.ledger.factories import append

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_data_dir(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path
    settings.RECORD_KEY = ""
    settings.BASE_URL = "https://register.example:8443"


def run(command: str, *words: str) -> str:
    out = StringIO()
    call_command(command, *words, stdout=out, stderr=out)
    return out.getvalue()


def test_it_is_made_at_the_first_sealing_and_only_its_owner_may_read_it() -> None:
    append()
    seal_entries()
    assert key_file().stat().st_mode & 0o777 == 0o600
    assert [key.name for key in public_keys()] == ["register.example/record"]
    assert [path.name for path in key_file().parent.iterdir()] == ["record.key"]
    assert key_file().read_text() not in Checkpoint.objects.get().note


def test_of_two_processes_that_make_it_at_once_the_first_one_counts() -> None:
    first, second = notes.make_key("a"), notes.make_key("a")
    write_key(first, key_file())
    write_key(second, key_file())
    assert notes.parse_private_key(key_file().read_text()) == first


def test_the_variable_goes_before_the_file(settings: LazySettings) -> None:
    key = notes.make_key("register.example/record")
    settings.RECORD_KEY = key.to_text()
    append()
    seal_entries()
    assert public_keys() == [key.public]
    assert not key_file().exists()


def test_a_new_key_goes_on_and_what_the_old_one_signed_stays_true() -> None:
    append()
    seal_entries(at=AT)
    said = run("make_record_key")
    assert f"{key_file()}.{public_keys()[0].hash.hex()}; it signs no more" in said
    append()
    seal_entries(at=AT + timedelta(hours=1))
    old, new = RecordKey.objects.all()
    assert (old.valid_until, new.valid_until) == (AT + timedelta(hours=1), None)
    assert [checkpoint.key for checkpoint in Checkpoint.objects.all()] == [old, new]
    assert verify_record().is_whole
    one_key_only = verify_record(keys=[notes.parse_public_key(new.text)])
    assert "The checkpoint of size 1 is not signed" in one_key_only.findings[0]


def test_a_key_is_printed_for_the_variable_and_no_file_is_written(settings: LazySettings) -> None:
    printed = run("make_record_key", "--print").splitlines()[0]
    assert record_key(f"{printed}\n") == printed
    assert not key_file().exists()
    settings.RECORD_KEY = printed
    with pytest.raises(CommandError, match="RECORD_KEY is set"):
        run("make_record_key")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "begins with PRIVATE"),
        ("PRIVATE+KEY+register.example/record+00000000+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "do not belong"),
    ],
)
def test_a_malformed_key_is_answered_with_a_sentence(text: str, says: str) -> None:
    key_file().write_text(text)
    append()
    with pytest.raises(ImproperlyConfigured, match=rf"record\.key does not hold a key of the record: .*{says}"):
        seal_entries()
    assert not Checkpoint.objects.exists()
    with pytest.raises(ValueError, match=f"does not hold a key of the record: .*{says}"):
        record_key(text)


def test_a_key_that_is_gone_is_asked_for_and_not_made_anew_in_silence() -> None:
    append()
    seal_entries()
    key_file().unlink()
    append()
    with pytest.raises(ImproperlyConfigured, match="its key is gone"):
        seal_entries()


def test_a_key_of_another_name_is_refused_for_witnesses_know_the_record_by_its_name(settings: LazySettings) -> None:
    append()
    seal_entries()
    settings.BASE_URL = "https://elsewhere.example"
    assert signing_key().name == "register.example/record"  # the site may move: the record keeps its name
    settings.RECORD_KEY = notes.make_key("elsewhere.example/record").to_text()
    with pytest.raises(ImproperlyConfigured, match=r"this record is called register\.example/record"):
        signing_key()


def test_a_clock_that_is_set_back_an_hour_breaks_nothing() -> None:
    for hours in (0, 1, 0, 2):
        append(at=AT + timedelta(hours=hours))
        seal_entries(at=AT + timedelta(hours=hours))
    made = [checkpoint.made_at for checkpoint in Checkpoint.objects.order_by("size")]
    assert made == [AT + timedelta(hours=hours) for hours in (0, 1, 1, 2)]
    report = verify_record()
    assert report.is_whole
    assert report.remarks[0].startswith("1 entries say that they happened before")


def test_the_command_seals_everything() -> None:
    append(3)
    assert run("seal_record") == "Sealed: 3.\n"
