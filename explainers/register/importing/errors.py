"""What can be wrong with a file; every message is a sentence that says what was found and how to mend it."""


class ImportProblem(ValueError):  # noqa: N818 -- says what it is, as the others do
    """Something in a file or a mapping that cannot be read."""


class MappingRefused(ImportProblem):
    """The mapping itself is wrong; nothing of the file was read."""


class FileRefused(ImportProblem):
    """The file as a whole cannot be read; nothing of it was loaded."""


class RowRejected(ImportProblem):
    """One row cannot be read; it goes to the rejects, and the load goes on."""


class RowNotNeeded(RowRejected):
    """A rejected row that is about no entry of the register: what it names is unknown here, or was read before.

    Any other rejected row may be about an entry that the register has; until it is mended, nothing can be said to have
    been dropped.
    """
