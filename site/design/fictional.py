"""The line by which everything that leaves the demonstration says that nothing of it is real: letters, receipts, PDFs.

Pages have a band instead (`parts/band.html`).
"""

from django.conf import settings
from django.utils.translation import gettext as _


def fictional_line() -> str:
    """Return the line in the active language; nothing where this is no demonstration."""
    if not settings.DEMONSTRATION:
        return ""
    return _("Demonstration: the Party, the authority, the facilities and the people named here are fictional.")
