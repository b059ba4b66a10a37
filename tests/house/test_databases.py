"""What Wagtail's migrations make is there in every test, also after one that has committed."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.models import Locale, Page, Site

from tests.databases import fingerprint


def what_migrations_make() -> tuple[int, list[str], int]:
    return (
        Page.objects.filter(depth=1).count(),
        list(Locale.objects.values_list("language_code", flat=True)),
        Site.objects.count(),
    )


@pytest.mark.django_db
def test_a_1_root_page_locale_and_site_are_there() -> None:
    assert what_migrations_make() == (1, [code for code, _ in settings.LANGUAGES], 1)


@pytest.mark.django_db(transaction=True)
def test_a_2_a_test_may_commit_and_empty_tables() -> None:
    Group.objects.create(name="left behind")
    Site.objects.all().delete()
    assert connection.in_atomic_block is False


@pytest.mark.django_db
def test_a_3_the_next_test_finds_everything_as_before() -> None:
    assert what_migrations_make() == (1, [code for code, _ in settings.LANGUAGES], 1)
    assert not Group.objects.filter(name="left behind").exists()


def test_the_template_is_named_after_what_it_depends_on() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16
