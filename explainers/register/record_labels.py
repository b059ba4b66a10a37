"""How the record's pages tell the acts of this area."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.labels import AreaLabels, Subject
from register.domain.loads import DEFAULT_REGISTER, FILE_NAME
from register.enums import LoadKind, WithheldType, WithholdingGround
from register.models import RegisterLoad


def load_address(number: str) -> str:
    """Return where the list of loads tells of one; nothing where it is gone. One query."""
    found = RegisterLoad.objects.filter(pk=number).exists() if number.isdecimal() else False
    return f"{reverse('register:loads')}#load-{number}" if found else ""


def register_in_words(code: str) -> str:
    """Return what an edition of the register is called; only the national one has a name of its own."""
    return _now("the national register") if code == DEFAULT_REGISTER else ""


LABELS: Final = AreaLabels(
    title=_("Register"),
    verbs={
        "apply_threshold_set": _("It was chosen which thresholds apply."),
        "disclose_information": _("Information of the register is no longer kept back."),
        "load_register": _("A file was loaded into the register."),
        "withhold_information": _("Information of the register is kept back."),
    },
    subjects={
        "accident": Subject(pgettext_lazy("subject of the record", "entry of the register")),
        "facility": Subject(pgettext_lazy("subject of the record", "facility")),
        "pollutanttransfer": Subject(pgettext_lazy("subject of the record", "entry of the register")),
        "register_load": Subject(pgettext_lazy("subject of the record", "load"), load_address),
        "release": Subject(pgettext_lazy("subject of the record", "entry of the register")),
        "threshold_set": Subject(pgettext_lazy("subject of the record", "set of thresholds")),
        "wastetransfer": Subject(pgettext_lazy("subject of the record", "entry of the register")),
    },
    facts={
        "before": _("Applied before"),
        "decided_on": pgettext_lazy("record", "Decided on"),
        "ground": _("Ground for keeping back"),
        "kind": _("Holds"),
        "register": _("Register"),
        "rows_added": _("Entries added"),
        "rows_added_late": _("Added for years already covered"),
        "rows_amended": _("With other details changed"),
        "rows_dropped": _("Entries dropped"),
        "rows_read": _("Rows read"),
        "rows_rejected": _("Rows rejected"),
        "rows_restored": _("Entries restored"),
        "rows_revised": _("Quantities revised"),
        "rows_unchanged": _("Entries unchanged"),
        "sha256": _("Fingerprint of the file (SHA-256)"),
        "type_withheld": _("Type of information"),
    },
    commitments={FILE_NAME: _("Name of the file")},
    find_words={"register": register_in_words},
    choices={"ground": [WithholdingGround], "kind": [LoadKind], "type_withheld": [WithheldType]},
)
