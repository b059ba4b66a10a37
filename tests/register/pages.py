"""Reads pages as a citizen does."""

import re
from html import unescape

from django.test import Client


def page(client: Client, url: str) -> str:
    """The words of a page, without markup and with plain spaces."""
    response = client.get(url)
    assert response.status_code == 200
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main is not None
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main.group()))).strip()
