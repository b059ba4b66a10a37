"""What the register tells the rooms below it, each of which keeps a list for those above."""

from ledger.labels import describe
from ledger.private import registry
from register.domain.loads import AREA, LOAD, words_behind_load
from register.followed import let_register_be_followed
from register.record_labels import LABELS


def connect() -> None:
    """Tell each of them, once, when the models are ready."""
    describe(AREA, LABELS)
    registry.add(AREA, LOAD, words_behind_load)
    let_register_be_followed()
