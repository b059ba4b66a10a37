"""What a first visit has to fetch besides the page itself stays small, and comes from this site."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

BUDGET_BYTES = 25_000  # all styles and scripts of a public page, compressed
# One page of each area, and of those that bring styles or scripts of their own. Of every kind of page, a browser tells
# whether it asks another site for anything (tests/browser/looking.py).
ADDRESSES = (
    "/en/",
    "/fr/search/",
    "/ru/register/search/",
    "/en/consultations/",
    "/fr/consultations/track/",
    "/ru/requests/ask/",
    "/en/requests/log/",
    "/fr/explainers/",
    "/ru/explainers/glossary/",
    "/en/learning/",
    "/fr/learning/verify/",
    "/accounts/login/",
    "/demonstration/mail/",
)

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("address", ADDRESSES)]


def test_styles_and_scripts_of_a_page_fit_the_budget(client: Client, address: str) -> None:
    html = page(client, address)
    fetched = re.findall(r"""(?:href|src)=["']/static/([^"']+\.(?:css|js))["']""", html)
    assert fetched
    sizes = {name: len(gzip.compress(Path(str(finders.find(name))).read_bytes(), mtime=0)) for name in fetched}
    assert sum(sizes.values()) <= BUDGET_BYTES, sizes


def test_a_page_asks_no_other_site_for_anything(client: Client, address: str) -> None:
    html = page(client, address)
    loaded = re.findall(r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']([^"']+)["']""", html)
    loaded += re.findall(r"""<link\b[^>]*\brel=["'](?:stylesheet|icon|preload)["'][^>]*\bhref=["']([^"']+)["']""", html)
    assert [address for address in loaded if not address.startswith(("/", "data:")) or address.startswith("//")] == []


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()
