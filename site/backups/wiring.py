"""What this room tells those below it: how the record words a restoration."""

from django.utils.translation import gettext_lazy as _

from backups.afterwards import AREA, BACKUP, RESTORED
from ledger.labels import AreaLabels, Subject, describe


def connect() -> None:
    """Tell the record, once, when the models are ready."""
    describe(
        AREA,
        AreaLabels(
            title=_("The site"),
            verbs={RESTORED: _("The site was lost and restored from a backup.")},
            subjects={BACKUP: Subject(_("Backup"))},
            facts={
                "taken_at": _("The backup was taken"),
                "entries": _("Entries in the backup"),
                "checkpoint_size": _("Entries sealed by its last checkpoint"),
                "checkpoint_root": _("Root of that checkpoint"),
                "manifest_sha256": _("SHA-256 of the backup’s list of contents"),
            },
        ),
    )
