"""A scanner is asked in its own words, and every answer is a state: none at all, clean, malicious, unreachable."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from files import domain
from files.enums import ScanState
from files.models import ASKED_AGAIN_AFTER, StoredFile
from files.refusals import ReleaseRefusedError
from files.scanning import scan
from files.tasks import scan_waiting_files
from portal.readers import scanner_address
from tests.files import made
from tests.files.clamd import EICAR, LARGEST, scanner, scanner_at


def bound(content: bytes, reference: str = "C-1") -> StoredFile:
    outcome = domain.hold_files([made.upload("a.txt", content)], form_token="token")
    with transaction.atomic():
        return domain.bind_files(outcome.held, subject_kind="submission", subject_reference=reference)[0]


def state_of(file: StoredFile) -> tuple[str, str]:
    file.refresh_from_db()
    return file.scan_state, file.scan_detail


def test_the_protocol_is_spoken_over_both_kinds_of_socket(tmp_path: Path) -> None:
    with scanner() as address:
        assert scan(io.BytesIO(b"a" * 200_000), address).state == ScanState.CLEAN
        found = scan(io.BytesIO(b"a" * 70_000 + EICAR), address)
        assert (found.state, found.detail) == (ScanState.INFECTED, "Eicar-Test-Signature")
    with scanner_at(tmp_path / "clamd.sock") as address:
        assert scan(io.BytesIO(b""), address).state == ScanState.CLEAN


def test_a_scanner_that_refuses_or_is_not_there_has_not_found_anything_clean() -> None:
    with scanner() as address:
        verdict = scan(io.BytesIO(b"a" * (LARGEST + 1)), address)
        assert (verdict.state, verdict.detail) == (ScanState.TOO_LARGE, "")
    assert scan(io.BytesIO(b"a"), address).state == ScanState.UNAVAILABLE


@pytest.mark.django_db
def test_without_a_scanner_a_file_is_not_scanned_and_can_be_released() -> None:
    file = bound(b"words")
    assert scan_waiting_files.call() == 0
    assert state_of(file) == (ScanState.NOT_SCANNED, "")
    assert domain.release_file(file).is_released


@pytest.mark.django_db
def test_a_clean_file_can_be_released_once_the_scanner_has_answered(settings: Any) -> None:
    file = bound(b"words")
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    assert scan_waiting_files.call() == 0
    assert state_of(file)[0] == ScanState.UNAVAILABLE
    with pytest.raises(ReleaseRefusedError, match="has not looked at this file yet"):
        domain.release_file(file)
    with scanner() as settings.CLAMAV_URL:
        assert scan_waiting_files.call() == 1
        assert scan_waiting_files.call() == 0
    assert state_of(file) == (ScanState.CLEAN, "")
    assert domain.release_file(file).is_released


@pytest.mark.django_db
def test_a_file_that_the_scanner_will_not_take_holds_up_no_other(settings: Any) -> None:
    with scanner() as settings.CLAMAV_URL:
        too_large = bound(b"a" * (LARGEST + 1))
        small = bound(b"b", reference="C-2")
        assert scan_waiting_files.call() == 2
        assert (state_of(too_large)[0], state_of(small)[0]) == (ScanState.TOO_LARGE, ScanState.CLEAN)
        with pytest.raises(ReleaseRefusedError, match="too large for the scanner"):
            domain.release_file(too_large)
        assert scan_waiting_files.call() == 0  # not every minute
        StoredFile.objects.filter(pk=too_large.pk).update(scanned_at=timezone.now() - ASKED_AGAIN_AFTER)
        assert scan_waiting_files.call() == 1


@pytest.mark.django_db
def test_a_malicious_file_is_locked_away_for_good(settings: Any) -> None:
    file = bound(EICAR)
    with scanner() as settings.CLAMAV_URL:
        scan_waiting_files.call()
    assert state_of(file) == (ScanState.INFECTED, "Eicar-Test-Signature")
    assert (file.can_be_opened, file.is_locked_away) == (False, True)
    with pytest.raises(ReleaseRefusedError, match="never released"):
        domain.release_file(file)


@pytest.mark.parametrize("address", ["tcp://scanner:3310", "tcp://scanner", "unix:///run/clamd.ctl"])
def test_the_address_of_a_scanner_is_read(address: str) -> None:
    assert scanner_address(f" {address} ") == address


@pytest.mark.parametrize("address", ["scanner:3310", "http://scanner", "tcp://", "unix://", "tcp://scanner:port"])
def test_a_wrong_address_of_a_scanner_gets_a_sentence(address: str) -> None:
    with pytest.raises(ValueError, match=r"write tcp://host:3310 or unix:///path/to/clamd.sock\."):
        scanner_address(address)
