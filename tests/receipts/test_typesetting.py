"""Nobody keeps the machine typesetting: what is everybody's is kept, what is somebody's is made some times an hour."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ledger.domain import seal_entries
from receipts import typesetting
from receipts.checking import check_file
from receipts.enums import Outcome
from tests.consultations.factories import DocketFactory
from tests.inforequests.factories import ask
from tests.privacy.people import give_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_key_and_cache(settings: Any, tmp_path: Path) -> None:
    """Each test signs with a key of its own, and begins with nothing kept and nobody counted."""
    settings.DATA_DIR = tmp_path
    cache.clear()


def test_what_is_everybodys_is_typeset_once_until_it_is_sealed(client: Client) -> None:
    address = f"/en/receipts/decision/{DocketFactory(decided=True).reference}.pdf"
    first, again = client.get(address), client.get(address)
    assert first.content == again.content  # with the same instant of issue, so it was not made anew
    seal_entries()
    sealed = client.get(address).content
    assert sealed != first.content
    assert client.get(address.replace("/en/", "/fr/")).content not in {first.content, sealed}


def test_what_is_somebodys_is_kept_nowhere_and_made_only_so_often(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "MOST_IN_AN_HOUR", 2)
    sent = ask("How much?", at=timezone.now())
    address = f"/en/receipts/request/{sent.request.tracking_number}"
    give_key(client, sent.request.tracking_number, sent.secret)
    got = [client.get(f"{address}.pdf") for _time in range(3)]
    assert [response.status_code for response in got] == [200, 200, 429]
    assert got[0].content != got[1].content
    assert client.get(f"{address}.json").status_code == 200
    assert check_file(got[0].content, []).outcome is Outcome.BROKEN  # a receipt, of which nobody gave the key
