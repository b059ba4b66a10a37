"""Every environment variable of the site, declared once: settings and the README's table both come from here."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from portal import readers
from portal.environment import Variable

BASE_DIR: Final = Path(__file__).resolve().parents[2]

_DECLARED: Final = (
    # What must be said
    Variable(
        "SECRET_KEY",
        "Signs sessions and encrypts second factors: at least 50 random characters. Changing it signs everybody out.",
        readers.secret_key,
        secret=True,
    ),
    Variable(
        "SECRET_KEY_FALLBACKS",
        "Keys that were SECRET_KEY before, parted by commas: without them authenticator apps have to be set up anew.",
        readers.secret_keys,
        default="",
        secret=True,
    ),
    Variable(
        "ALLOWED_HOSTS",
        "Host names under which the site answers, parted by commas, without scheme and port.",
        readers.host_names,
    ),
    Variable(
        "BASE_URL",
        "The address of the site as people type it, with `https://`; used in mail and in the register's links.",
        readers.base_url,
    ),
    # The authority
    Variable(
        "TIME_ZONE",
        "The authority's time zone, such as `Europe/Helsinki`: every deadline is a date in it.",
        readers.time_zone,
        default="UTC",
    ),
    # What is kept
    Variable(
        "DATA_DIR",
        "Folder for everything that is kept on disk: the SQLite database, uploaded files, static files.",
        readers.data_folder,
        default=str(BASE_DIR / "var"),
        default_meaning="`var` in the project",
    ),
    Variable(
        "STATIC_DIR",
        "Folder into which `collectstatic` writes.",
        readers.folder,
        default="",
        default_meaning="`static` in DATA_DIR",
    ),
    Variable(
        "DATABASE_URL",
        "`postgres://user:password@host:5432/name`, or `sqlite:///path/to/file`.",
        readers.database,
        default="",
        default_meaning="`prtr.sqlite3` in DATA_DIR",
        secret=True,
    ),
    Variable(
        "RECORD_KEY",
        "The private key that signs the record's checkpoints, as `manage.py make_record_key` prints it. Keep it apart "
        "from copies of the database: whoever has both can write another past.",
        readers.record_key,
        default="",
        default_meaning="`record.key` in DATA_DIR, made at the first sealing",
        secret=True,
    ),
    Variable(
        "REDIS_URL",
        "`redis://host:6379/0`: the cache that all processes share. Without it each process counts sign-in attempts "
        "for itself.",
        readers.redis_address,
        default="",
        default_meaning="memory of each process",
        secret=True,
    ),
    Variable(
        "JOBS_URL",
        "`redis://host:6379/1`: tasks wait there instead of in the database.",
        readers.redis_address,
        default="",
        default_meaning="the database",
        secret=True,
    ),
    Variable(
        "PAGE_CACHE_MEGABYTES",
        "Memory that each web process may use to keep finished public pages; 0 switches it off.",
        readers.whole_number(0, 4096),
        default="32",
    ),
    Variable(
        "UPLOAD_MEGABYTES",
        "Size of the largest request that is accepted, files included.",
        readers.whole_number(1, 1024),
        default="20",
    ),
    Variable(
        "CLAMAV_URL",
        "A ClamAV daemon that looks at files from the public: `tcp://host:3310` or `unix:///path/to/clamd.sock`. "
        "Without it they are shown as not scanned.",
        readers.scanner_address,
        default="",
    ),
    # Mail
    Variable(
        "EMAIL_URL",
        "The mail server: `smtp+starttls://user:password@host:587`, `smtps://…`, `smtp://…`, or `console:` to print "
        "mail instead of sending it. Either this or EMAIL_HOST is required.",
        readers.mail_url,
        default="",
        secret=True,
    ),
    Variable("EMAIL_HOST", "The mail server, where EMAIL_URL is not used.", readers.plain, default=""),
    Variable(
        "EMAIL_PORT",
        "Port of EMAIL_HOST.",
        readers.port,
        default="",
        default_meaning="587; 465 for `tls`, 25 for `none`",
    ),
    Variable("EMAIL_USER", "User name at EMAIL_HOST.", readers.plain, default=""),
    Variable("EMAIL_PASSWORD", "Password at EMAIL_HOST.", readers.plain, default="", secret=True),
    Variable(
        "EMAIL_SECURITY",
        "How EMAIL_HOST is spoken to: `starttls`, `tls` or `none`.",
        readers.one_of("starttls", "tls", "none"),
        default="starttls",
    ),
    Variable(
        "DEFAULT_FROM_EMAIL",
        "The sender of mail: `register@authority.example` or `Name <address>`.",
        readers.mail_address,
    ),
    # In front of the site
    Variable(
        "PORT",
        "Port on which `make demo` listens; the container listens on 8000.",
        readers.port,
        default="8000",
    ),
    Variable(
        "SECURE_PROXY_SSL_HEADER",
        "Header by which your proxy says that the visitor came by https, such as `X-Forwarded-Proto:https`. Set it "
        "only where the proxy removes this header from what visitors send.",
        readers.proxy_header,
        default="",
    ),
    Variable(
        "TRUSTED_PROXY_COUNT",
        "How many proxies stand before the site and add to `X-Forwarded-For`: needed to tell visitors apart when "
        "attempts are counted.",
        readers.whole_number(0, 10),
        default="0",
    ),
    Variable(
        "HSTS_SECONDS",
        "How long browsers remember to come by https only.",
        readers.whole_number(0, 63_072_000),
        default="31536000",
        default_meaning="one year",
    ),
    Variable(
        "HSTS_SUBDOMAINS",
        "Whether that holds for every host below this one as well.",
        readers.yes_or_no,
        default="yes",
    ),
    # People
    Variable(
        "SIGN_UP_OPEN",
        "Whether anybody may make an account (officials are given their roles by an administrator either way).",
        readers.yes_or_no,
        default="yes",
    ),
    # Operation
    Variable(
        "MAINTENANCE",
        "Whether the site is closed for work on it: everybody gets a page that says so, with `Retry-After`; /healthz "
        "and /readyz still answer. Start the web server anew after a change.",
        readers.yes_or_no,
        default="no",
    ),
    Variable(
        "BACKUP_DIR",
        "Folder into which the worker takes a backup every day; on another disk than DATA_DIR, if it is to help.",
        readers.folder,
        default="",
        default_meaning="no backup by itself",
    ),
    Variable(
        "BACKUP_KEEP",
        "How many of the newest backups stay in BACKUP_DIR.",
        readers.whole_number(1, 3650),
        default="14",
    ),
    Variable("LOG_LEVEL", "`DEBUG`, `INFO`, `WARNING` or `ERROR`.", readers.log_level, default="INFO"),
    Variable(
        "LOG_FORMAT",
        "`json` (one object a line) or `text`.",
        readers.one_of("json", "text"),
        default="json",
    ),
)

VARIABLES: Final = {variable.name: variable for variable in _DECLARED}


def as_markdown(variables: Iterable[Variable] = _DECLARED) -> str:
    """Return the table of the README."""
    rows = ["| variable | meaning | where it is not set |", "|---|---|---|"]
    for variable in variables:
        if variable.default is None:
            default = "**required**"
        elif variable.default_meaning:
            default = variable.default_meaning
        else:
            default = f"`{variable.default}`" if variable.default else "–"
        rows.append(f"| `{variable.name}` | {variable.meaning} | {default} |")
    return "\n".join(rows) + "\n"
