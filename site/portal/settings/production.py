"""Production settings, the base of all others; `portal/variables.py` declares what the environment may say."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.http.request import validate_host

from accounts import form_names
from portal import logs, policies, readers
from portal.environment import Environment
from portal.variables import BASE_DIR, VARIABLES

_env = Environment(VARIABLES)

DEBUG = False
DEMONSTRATION = False
MAINTENANCE = bool(_env.value("MAINTENANCE"))
DATA_DIR = _env.value("DATA_DIR") or BASE_DIR / "var"
SECRET_KEY = _env.value("SECRET_KEY") or ""
SECRET_KEY_FALLBACKS = _env.value("SECRET_KEY_FALLBACKS") or []
ALLOWED_HOSTS = _env.value("ALLOWED_HOSTS") or []
BASE_URL = _env.value("BASE_URL") or ""
if _env.strict and BASE_URL.startswith("http://"):
    _env.complain("BASE_URL begins with http://; a public register is served by https, so write https://.")
if BASE_URL and ALLOWED_HOSTS and not validate_host(urlsplit(BASE_URL).hostname or "", ALLOWED_HOSTS):
    _env.complain("BASE_URL has a host name that is not among ALLOWED_HOSTS; add it there.")

INSTALLED_APPS = [
    "portal",
    "consultations",
    "inforequests",
    "learning",
    "explainers",
    "register",
    "charts",
    "backups",
    "privacy",
    "following",
    "receipts",
    "files",
    "notices",
    "ledger",
    "tracking",
    "jobs",
    "accounts",
    "design",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.PeopleAdminConfig",  # wagtail.users, with our forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # its widget templates, under the form renderer below
]

MIDDLEWARE = [
    "portal.health.HealthMiddleware",  # first: asks neither for a host name nor for https
    "portal.middleware.maintenance.MaintenanceMiddleware",  # before all that could ask a database or a cache
    "portal.middleware.page_cache.PageCacheMiddleware",  # before all that a kept page has been through already
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.headers.PolicyMiddleware",
    "portal.middleware.limits.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.language.LanguageMiddleware",  # behind it: it may ask for the person's own language
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.AuditorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.gone.GoneMiddleware",  # around the redirects: what an editor has moved is not gone
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
        },
    }
]

FORM_RENDERER = "design.forms.Renderer"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"

# --- Data -------------------------------------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": _env.value("DATABASE_URL") or readers.database(f"sqlite:///{DATA_DIR / 'prtr.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False  # a file does not hang up
    DATABASES["default"]["OPTIONS"] = {
        # A writer waits its turn instead of failing; what was acknowledged survives a power cut (synchronous=FULL).
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
        ),
    }
else:
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

RECORD_KEY = _env.value("RECORD_KEY") or ""  # otherwise a file in DATA_DIR (ledger/keys.py)

REDIS_URL = _env.value("REDIS_URL") or ""
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "prtr",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "prtr"}
}

# Finished public pages, kept by each web process (portal/middleware/page_cache.py).
PAGE_CACHE_BYTES = (_env.value("PAGE_CACHE_MEGABYTES") or 0) * 1024 * 1024
PAGE_CACHE_SECONDS = 600  # the longest that a write made behind Django's back can stay unseen
# Whoever brings one of these is served afresh.
PAGE_CACHE_PERSONAL_COOKIES = ("sessionid", "csrftoken", "messages", "tracking", "learning")
# Writes to these models change no public page; every other write renews all public pages (design/freshness.py).
PAGE_CACHE_PRIVATE_MODELS = frozenset(
    {
        "account",  # addresses and confirmations
        "accounts",
        "auth",
        "contenttypes",
        "django_tasks_database",
        "files",  # what strangers send is public only once it is released, and that renews the pages by itself
        "following",
        "jobs",
        "learning.attempt",
        "learning.award",
        "learning.learningrecord",
        "learning.registration",
        "ledger",  # sealing renews the pages that show the record; every act renews its own
        "mfa",
        "notices",
        "privacy.postponederasure",
        "privacy.prooflink",
        "privacy.tombstone",
        "sessions",
        "wagtailadmin",
        "wagtailcore.apitoken",
        "wagtailcore.comment",
        "wagtailcore.commentreply",
        "wagtailcore.groupapprovaltask",
        "wagtailcore.groupcollectionpermission",
        "wagtailcore.grouppagepermission",
        "wagtailcore.groupsitepermission",
        "wagtailcore.modellogentry",
        "wagtailcore.pagelogentry",
        "wagtailcore.pagesubscription",
        "wagtailcore.referenceindex",
        "wagtailcore.revision",
        "wagtailcore.task",
        "wagtailcore.taskstate",
        "wagtailcore.uploadedfile",
        "wagtailcore.workflow",
        "wagtailcore.workflowcontenttype",
        "wagtailcore.workflowpage",
        "wagtailcore.workflowstate",
        "wagtailcore.workflowtask",
        "wagtailimages.rendition",  # drawn while a page is made: it changes no other
        "wagtailsearch",
        "wagtailusers",
    }
)

# --- Languages and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "Français"), ("ru", "Русский")]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = _env.value("TIME_ZONE") or "UTC"  # the authority's zone: every deadline is a date in it

# --- Files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = _env.value("STATIC_DIR") or DATA_DIR / "static"
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.is_dir()]  # in a wheel: portal/static
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"  # what people upload: never served as it is
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # The pictures that Wagtail draws from what was uploaded: the only files under /media/ (portal/media.py).
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "renditions", "base_url": MEDIA_URL},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_ROOT = DATA_DIR / "files"  # what strangers send: private, by hash, and no address leads there (files/vault.py)
FILE_UPLOAD_HANDLERS = ["files.handlers.HashingUploadHandler"]  # onto the disk piece by piece, never into memory
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_BYTES = (_env.value("UPLOAD_MEGABYTES") or 20) * 1024 * 1024
CLAMAV_URL = _env.value("CLAMAV_URL") or ""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # fields without files; a comment of 500 KB is answered, not refused
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page with many blocks in the editor has thousands

# --- Backups ---------------------------------------------------------------------------------------------------------
BACKUP_DIR = _env.value("BACKUP_DIR")
BACKUP_KEEP: int = _env.value("BACKUP_KEEP") or 14

# --- Wagtail ----------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "PRTR Commons"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"  # officials sign in like everybody, with the second factor
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # the same: passwords are changed on the pages of accounts
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # an address is changed there too, where it is confirmed
WAGTAILUSERS_PASSWORD_ENABLED = False  # nobody knows another's password: a new official signs in by a code in mail
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # a deadline is a date in the authority's zone, for officials as well
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no third-party request from any page
WAGTAIL_ENABLE_UPDATE_CHECK = False  # the same
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False  # the same
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []  # the same: a text embeds nothing from elsewhere
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "design.search.backend", "SEARCH_CONFIG": "simple"}}
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]  # no SVG: it can carry script
WAGTAILIMAGES_MAX_UPLOAD_SIZE = min(UPLOAD_BYTES, 10 * 1024 * 1024)
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # a small file can unpack into all memory
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # never by the address of the file: collections may be private
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # every document is a download
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "geojson", "gpkg", "json", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "xml", "zip",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = UPLOAD_BYTES

# --- People -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/accounts/"
LOGOUT_REDIRECT_URL = "/"
ADMIN_REQUIRES_SECOND_FACTOR = True
SIGN_UP_OPEN = bool(_env.value("SIGN_UP_OPEN"))

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = form_names.ACCOUNT_FORMS
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True  # a code works on another device than the mail is read on
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail can be slow; guesses are counted
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2  # the old one until the new one is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever's password or second factor changes is told
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0] or "https"
ACCOUNT_SESSION_REMEMBER = None  # the person chooses
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ALLAUTH_TRUSTED_PROXY_COUNT = _env.value("TRUSTED_PROXY_COUNT") or 0
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = form_names.MFA_FORMS
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME
MFA_TOTP_TOLERANCE = 1  # clocks differ

# --- Headers and cookies ----------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = _env.value("SECURE_PROXY_SSL_HEADER")
SECURE_HSTS_SECONDS = _env.value("HSTS_SECONDS") or 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = bool(_env.value("HSTS_SUBDOMAINS"))
SECURE_HSTS_PRELOAD = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = PAGE_CACHE_PERSONAL_COOKIES[:2]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []
LANGUAGE_COOKIE_SECURE = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = policies.PUBLIC
CONTENT_SECURITY_POLICY_ADMIN = policies.ADMIN
PERMISSIONS_POLICY = policies.PERMISSIONS
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # preloading binds a whole domain for years: the domain's owner decides, not this site
]

# --- Jobs and mail ----------------------------------------------------------------------------------------------------
TASKS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOBS_URL = _env.value("JOBS_URL") or ""
if JOBS_URL and find_spec("django_tasks_rq") is None:
    _env.complain("JOBS_URL is set, but django-tasks-rq is not installed: pip install 'django-tasks-rq>=0.12,<0.13'.")
elif JOBS_URL:
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend"}}
    INSTALLED_APPS.append("django_rq")
    RQ_QUEUES = {"default": {"URL": JOBS_URL, "DEFAULT_TIMEOUT": 3600}}
    RQ_EXCEPTION_HANDLERS = ["jobs.redis_queue.try_again"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _env.value("DEFAULT_FROM_EMAIL") or ""
EMAIL_TIMEOUT = 20
_mail = _env.value("EMAIL_URL") or readers.Mail(
    host=_env.value("EMAIL_HOST") or "",
    chosen_port=_env.value("EMAIL_PORT"),
    user=_env.value("EMAIL_USER") or "",
    password=_env.value("EMAIL_PASSWORD") or "",
    security=_env.value("EMAIL_SECURITY") or "starttls",
)
if _env.is_set("EMAIL_URL") and _env.is_set("EMAIL_HOST"):
    _env.complain("EMAIL_URL and EMAIL_HOST are both set; keep one of them.")
if _env.strict and not _env.is_set("EMAIL_URL") and not _env.is_set("EMAIL_HOST"):
    _env.complain("EMAIL_URL is not set, and EMAIL_HOST neither; receipts and sign-in codes go by mail, so set one.")
EMAIL_BACKEND: str = _mail.backend
EMAIL_HOST: str = _mail.host
EMAIL_PORT: int = _mail.port
EMAIL_HOST_USER: str = _mail.user
EMAIL_HOST_PASSWORD: str = _mail.password
EMAIL_USE_TLS: bool = _mail.security == "starttls"
EMAIL_USE_SSL: bool = _mail.security == "tls"

# --- Logs -------------------------------------------------------------------------------------------------------------
LOGGING = logs.configuration(level=_env.value("LOG_LEVEL") or "INFO", form=_env.value("LOG_FORMAT") or "json")

_env.finish()
