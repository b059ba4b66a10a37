"""What the register tells the rooms below it, each of which keeps a list for those above."""

from ledger.labels import describe
from register.followed import let_register_be_followed
from register.record_labels import LABELS


def connect() -> None:
    """Tell each of them, once, when the models are ready."""
    describe("register", LABELS)
    let_register_be_followed()
