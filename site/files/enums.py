"""What a file can be, and the states it can be in."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a file is by its content; the allow-list itself, with its limits, is `kinds.py`."""

    PDF = "pdf", _("PDF document")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel table")
    PPTX = "pptx", _("PowerPoint presentation")
    ODT = "odt", _("OpenDocument text")
    ODS = "ods", _("OpenDocument table")
    ODP = "odp", _("OpenDocument presentation")
    PNG = "png", _("PNG picture")
    JPEG = "jpeg", _("JPEG picture")
    WEBP = "webp", _("WebP picture")
    GIF = "gif", _("GIF picture")
    CSV = "csv", _("CSV table")
    TEXT = "text", _("plain text")
    ZIP = "zip", _("ZIP archive")


PICTURES: Final = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP, Kind.GIF})


class ScanState(TextChoices):
    """What a search for malicious software came to; that there was none is a state too."""

    NOT_SCANNED = "not_scanned", _("not scanned")
    CLEAN = "clean", _("scanned, nothing found")
    INFECTED = "infected", _("malicious, locked away")
    TOO_LARGE = "too_large", _("too large for the scanner, not scanned")
    UNAVAILABLE = "unavailable", _("scanner did not answer, tried again later")


UNSCANNED_STATES: Final = (ScanState.NOT_SCANNED, ScanState.UNAVAILABLE)


class ReleaseState(TextChoices):
    """Whether the public may have a rendition of the file."""

    SEALED = "sealed", _("not public")
    RELEASED = "released", pgettext_lazy("file", "public")
    WITHDRAWN = "withdrawn", _("no longer public")
