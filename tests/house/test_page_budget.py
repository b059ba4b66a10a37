"""What a first visit has to fetch besides the page itself stays small, and comes from this site."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

BUDGET_BYTES = 25_000  # all styles and scripts of a public page, compressed


@pytest.mark.django_db
def test_styles_and_scripts_of_a_page_fit_the_budget(client: Client) -> None:
    html = client.get("/en/", follow=True).content.decode()
    fetched = re.findall(r"""(?:href|src)=["']/static/([^"']+\.(?:css|js))["']""", html)
    assert fetched
    sizes = {name: len(gzip.compress(Path(str(finders.find(name))).read_bytes(), mtime=0)) for name in fetched}
    assert sum(sizes.values()) <= BUDGET_BYTES, sizes


@pytest.mark.django_db
def test_a_page_asks_no_other_site_for_anything(client: Client) -> None:
    html = client.get("/en/", follow=True).content.decode()
    loaded = re.findall(r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']([^"']+)["']""", html)
    loaded += re.findall(r"""<link\b[^>]*\brel=["'](?:stylesheet|icon|preload)["'][^>]*\bhref=["']([^"']+)["']""", html)
    assert [address for address in loaded if not address.startswith(("/", "data:")) or address.startswith("//")] == []
