"""Things to try in the demonstration, each in a few minutes; the same on its page and where it starts."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from design.languages import current_code


@dataclass(frozen=True)
class Try:
    """Something to try: what, how, and where it begins."""

    title: str | Promise
    text: str | Promise
    path: str

    @property
    def url(self) -> str:
        """Where it begins, in the language of the page; addresses without a language stay as they are."""
        return self.path if self.path.startswith(("/demonstration", "/admin")) else f"/{current_code()}{self.path}"


_TRIES: Final = (
    Try(
        _("Look up a facility"),
        _("Open the copper works of Borvesk, and find the year in which something went wrong."),
        "/register/facilities/borvesk-copper-works/",
    ),
    Try(
        _("Comment on a proposal"),
        _("Send a comment on the mercury thresholds, then read the receipt in the kept mail and follow your comment."),
        "/consultations/mercury-thresholds/",
    ),
    Try(
        _("Answer as the authority"),
        _("Sign in as the case officer, open the file on ammonia from livestock, and answer an open point."),
        "/admin/",
    ),
    Try(
        _("Read a decision"),
        _("See how every point was answered before the decision on figures that come sooner."),
        "/consultations/figures-sooner/",
    ),
    Try(
        _("Find what is missing"),
        _("Search the register for amounts that are confidential, and read why."),
        "/register/search/?presence=confidential",
    ),
)


def things_to_try() -> tuple[Try, ...]:
    """Return the things to try, in their order."""
    return _TRIES
