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
        _("Understand a pollutant"),
        _("Read what mercury is, what the numbers say and what they do not say, and who releases it to water."),
        "/explainers/mercury-and-compounds/",
    ),
    Try(
        _("Comment on a proposal"),
        _("Send a comment on the mercury thresholds, then download the receipt, and have it checked."),
        "/consultations/mercury-thresholds/",
    ),
    Try(
        _("Ask for information"),
        _("Ask what you like about the copper works of Borvesk, and see by which day the authority has to answer."),
        "/requests/ask/?facility=borvesk-copper-works",
    ),
    Try(
        _("Answer as the authority"),
        _("Sign in as the case officer, answer your own request item by item, and an open point on a proposal."),
        "/admin/",
    ),
    Try(
        _("Learn to read a register"),
        _(
            "Take the first unit of the programme for everybody, answer its exercise, and check the certificate whose "
            "code stands on the page of sign-ins."
        ),
        "/learning/read-a-register-in-20-minutes/",
    ),
)


def things_to_try() -> tuple[Try, ...]:
    """Return the things to try, in their order."""
    return _TRIES
