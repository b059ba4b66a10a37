"""Makes what the runs of pytest copy, before they begin: `python -m tests.preparing`, for the database of the settings.

Without it each run makes it when it is first asked for, while the other processes of that run wait.
"""

import os
from contextlib import ExitStack

import django
from django.db import connection


def prepare() -> None:
    """The migrated template; with SQLite also the demonstration, which the browser tests look at."""
    django.setup()
    from tests import databases  # noqa: PLC0415 -- imports models

    with ExitStack() as stack:
        if connection.vendor == "postgresql":
            from tests.postgres import postgres_server  # noqa: PLC0415 -- needs a package that SQLite does not

            os.environ[databases.POSTGRES_VARIABLE] = stack.enter_context(postgres_server())
        copies = databases.copies()
        copies.make()
        copies.remove()
        if connection.vendor == "sqlite":
            from tests.browser.running_site import build  # noqa: PLC0415 -- imports models

            build()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    prepare()
