"""The pages of a consultation in the page tree, one in every language."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from consultations.models import ConsultationIndexPage, ConsultationPage, Docket
from consultations.refusals import IncompleteError


def write_pages(docket: Docket, *, actor: Any) -> list[ConsultationPage]:
    """Make or bring up to date the page of a docket in every language, and publish it.

    Raises IncompleteError where a language has no list of consultations for the page to stand below.
    """
    lists = {page.locale.language_code: page for page in ConsultationIndexPage.objects.select_related("locale")}
    missing = [str(name) for code, name in settings.LANGUAGES if code not in lists]
    if missing:
        raise IncompleteError(
            _("There is no list of consultations in: %(languages)s. Make that page below the home page first.")
            % {"languages": ", ".join(missing)}
        )
    pages: list[ConsultationPage] = []
    for code, _name in settings.LANGUAGES:
        page = ConsultationPage.objects.child_of(lists[code]).filter(docket=docket).first()
        if page is None:
            page = ConsultationPage(docket=docket, slug=docket.slug, locale=lists[code].locale)
            if pages:
                page.translation_key = pages[0].translation_key
            _put_texts(page, docket, code)
            lists[code].add_child(instance=page)
        else:
            page = page.get_latest_revision_as_object()
            _put_texts(page, docket, code)
        # The permission that counts is that of the act on the docket, which was asked for before.
        page.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
        pages.append(page)
    return pages


def _put_texts(page: ConsultationPage, docket: Docket, code: str) -> None:
    page.title = getattr(docket, f"title_{code}")
    page.search_description = getattr(docket, f"summary_{code}")
