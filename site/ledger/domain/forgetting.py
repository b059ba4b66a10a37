"""The one exception: the record of an invented country can be begun anew."""

from django.conf import settings
from django.db import connection, transaction

from ledger.models import Checkpoint, Entry, Leaf, Opening, RecordKey, Tile
from ledger.models.triggers import put_up, take_down


class NotADemonstrationError(Exception):
    """A real record was to be begun anew."""


@transaction.atomic
def begin_record_anew() -> None:
    """Empty the whole record, as if nothing had ever happened; only where the settings say that all is invented.

    Called where every entry was made by the demonstration that is being removed. Where a visitor has left one, nothing
    is taken out: the record does not forget what somebody did.

    Side effects, in order: the database's refusal of changes is taken down, every entry, salt, leaf, tile, checkpoint
    and public key is deleted, the refusal is put up again. Raises NotADemonstrationError anywhere else.
    """
    if not settings.DEMONSTRATION:
        raise NotADemonstrationError("Only the record of a demonstration can be begun anew.")
    take_down(connection)
    for model in (Opening, Leaf, Tile, Checkpoint, RecordKey, Entry):
        model._base_manager.all()._raw_delete(using=connection.alias)
    put_up(connection)


@transaction.atomic
def forget_words(entries: set[int]) -> int:
    """Destroy the salts of entries whose words are being removed with the demonstration; return how many."""
    return Opening.objects.filter(entry__in=entries).delete()[0]
