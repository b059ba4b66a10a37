"""What can be done with a file: every write is a function here.

An area that takes files holds them while its form is filled in, and binds them in the transaction of its own act:

    outcome = hold_files(uploads, form_token=token)            # the form comes back, or is sent
    bind_files(outcome.held, subject_kind=…, subject_reference=…)   # with the submission, all or nothing
"""

from files.domain.holding import Outcome, drop_files, held_files, hold_files
from files.domain.keeping import bind_files, erase_files, private_values, private_values_now, store_files
from files.domain.releasing import redraw, release_file, withdraw_file
from files.domain.sweeping import sweep

__all__ = [
    "Outcome",
    "bind_files",
    "drop_files",
    "erase_files",
    "held_files",
    "hold_files",
    "private_values",
    "private_values_now",
    "redraw",
    "release_file",
    "store_files",
    "sweep",
    "withdraw_file",
]
