"""Who follows a pollutant hears when its explanation in plain words is published anew, in the own language."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from explainers.followed import explainer_changed
from explainers.models import ExplainerPage
from following.subjects import happenings_of
from tests.explainers.factories import an_explainer

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def published(**fields: object) -> ExplainerPage:
    page = an_explainer(**fields)  # type: ignore[arg-type]  # fields of the page
    page.last_published_at = AT
    page.save(update_fields=["last_published_at"])
    return page


def test_a_publication_is_told_to_who_follows_the_pollutant() -> None:
    page = published(written=True)
    [event] = happenings_of("pollutant", page.pollutant.slug, AT - DAY, AT)
    assert (event.title, event.instant) == (page.title, AT)
    assert event.url == f"/en/explainers/{page.pollutant.slug}/"


def test_another_language_an_unwritten_page_and_another_day_are_no_news() -> None:
    page = published(written=True)
    slug = page.pollutant.slug
    with translation.override("fr"):
        assert explainer_changed(slug, AT - DAY, AT) == []
    assert explainer_changed(slug, AT, AT + DAY) == []
    published(code="ru")
    with translation.override("ru"):
        assert explainer_changed(slug, AT - DAY, AT) == []
