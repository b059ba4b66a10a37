"""Settings of the tests: the demonstration's, with what makes tests fast and repeatable; each override says why."""

# ruff: noqa: E402, F403 -- a settings file: it says what stands in for required values, then takes all the rest over

import hashlib
import os
import tempfile
from pathlib import Path

from portal import environment

# A folder for each checkout: their databases differ, and one would wait for the other.
_checkout = hashlib.sha256(os.fsencode(Path(__file__).resolve().parents[3])).hexdigest()[:8]
environment.relax(DATA_DIR=f"{tempfile.gettempdir()}/prtr-commons-test-{_checkout}")
if os.environ.get("TEST_DATABASE") == "postgres":  # tests/postgres.py starts the server and fills in its address
    environment.relax(DATABASE_URL="postgres://postgres@localhost/tests")

from portal.settings.demo import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed: no test is about hashing
# A job is done when it is asked for.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # tests read mail.outbox
PAGE_CACHE_BYTES = 0  # a test's writes are rolled back, never committed: the tests of the cache switch it on
WHITENOISE_USE_FINDERS = False  # speed: each test's client would look for all static files again
WHITENOISE_AUTOREFRESH = True
