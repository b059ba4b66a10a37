"""Settings of the demonstration: opens without a secret, on this machine only, and keeps mail instead of sending it."""

# ruff: noqa: E402, F403 -- a settings file: it says what stands in for required values, then takes all the rest over

import os

from portal import environment

environment.relax(
    SECRET_KEY="demonstration-only-not-a-secret-demonstration-only",  # noqa: S106 -- named as public
    ALLOWED_HOSTS="localhost,127.0.0.1,[::1]",
    BASE_URL=f"http://localhost:{os.environ.get('PORT') or 8000}",
    DEFAULT_FROM_EMAIL="Velmarian Environment Agency <register@environment.velmaria.example>",
    TIME_ZONE="Europe/Vienna",  # of the fictional Party: it has summer time, as most Parties have
    LOG_FORMAT="text",
    LOG_LEVEL="WARNING",
)

from portal.settings.production import *
from portal.settings.production import INSTALLED_APPS as _INSTALLED_APPS
from portal.settings.production import PAGE_CACHE_PRIVATE_MODELS as _PAGE_CACHE_PRIVATE_MODELS
from portal.settings.production import STATIC_ROOT
from portal.settings.production import STORAGES as _STORAGES

DEMONSTRATION = True
INSTALLED_APPS = ["demonstration", *_INSTALLED_APPS]
PAGE_CACHE_PRIVATE_MODELS = _PAGE_CACHE_PRIVATE_MODELS | {"demonstration"}

# Plain http on this machine: browsers keep neither secure cookies nor promises about https there.
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys work on http://localhost

# Whoever tries the site signs in with what the README says; the sign-in page says that this is so.
ADMIN_REQUIRES_SECOND_FACTOR = False

# Static files come straight from the source folders: nothing has to be collected before the first page.
STORAGES = {**_STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # empty; WhiteNoise warns where it is missing

# Nothing is sent: what would be sent is kept, and read at /demonstration/mail/.
EMAIL_BACKEND = "demonstration.mail.KeepingBackend"
