"""Words that no text of an explainer may use, since no mass of a release bears them out.

A release says nothing about dose, harm, exposure or safety. Whoever operates a facility is its operator.
"""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_DOSE: Final = _("A quantity that was released says nothing about what is harmful, deadly or safe.")
_NAME: Final = _("Say “operator” or “facility”: the text does not judge whoever reports.")

FORBIDDEN: Final[tuple[tuple[re.Pattern[str], str | Promise], ...]] = (
    (
        re.compile(
            r"\bsafe (?:level|amount|dose)s?\b|\btoxic amounts?\b|\blethal\b|\benough to (?:kill|poison)\b", re.I
        ),
        _DOSE,
    ),
    (re.compile(r"\b(?:niveau|seuil|dose)s? (?:sûre?|sans danger)s?\b|\bquantités? toxiques?\b|\bmortel", re.I), _DOSE),
    (re.compile(r"\bбезопасн\w+ (?:уров|доз|количеств)\w+|\bтоксичн\w+ количеств\w+|\bсмертельн\w+", re.I), _DOSE),
    (re.compile(r"\bpolluters?\b|\bpollueurs?\b|\bзагрязнител(?:ь|ем|я)-предприяти\w+", re.I), _NAME),
)


def forbidden_in(text: str) -> Iterator[tuple[str, str | Promise]]:
    """Yield the words of a text that no explainer may use, each with the reason."""
    for pattern, reason in FORBIDDEN:
        found = pattern.search(text)
        if found:
            yield found[0], reason
