"""Configuration: production asks for everything, says all that is wrong in sentences, and is safe as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from portal.environment import Environment, Misconfigured, Profile
from portal.variables import VARIABLES, as_markdown

pytestmark = pytest.mark.any_database

ROOT = Path(settings.BASE_DIR)
SECRET = "x7" * 10 + "an arbitrary text of enough characters"
PRODUCTION = {
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "register.example",
    "BASE_URL": "https://register.example",
    "EMAIL_URL": "smtp+starttls://user:p%40ss@mail.example",
    "DEFAULT_FROM_EMAIL": "Register <register@register.example>",
}


def values(profile: Profile | None = None, **given: str) -> tuple[dict[str, Any], list[str]]:
    """Every variable as the settings would read it, and what is wrong, from these texts alone."""
    environment = Environment(VARIABLES, source=given, profile=profile or Profile(strict=True, defaults={}))
    return {name: environment.value(name) for name in given}, environment.sentences


def sentence(name: str, text: str) -> str:
    """What is said about one wrong value."""
    _read, sentences = values(**{name: text})
    assert len(sentences) == 1
    return sentences[0]


def run(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in production, with nothing in the environment but what is given."""
    environment = {"PATH": os.environ["PATH"], **given}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is 5 characters long; it needs at least 50."),
        ("SECRET_KEY", "ab" * 40, "SECRET_KEY is not random."),
        ("ALLOWED_HOSTS", "*", 'ALLOWED_HOSTS is "*", which lets anybody borrow the name of the site'),
        ("ALLOWED_HOSTS", "https://a.example/", "ALLOWED_HOSTS holds 'https://a.example/', which is not a host name"),
        ("ALLOWED_HOSTS", " , ", "ALLOWED_HOSTS is empty; write the host names of the site, parted by commas."),
        ("BASE_URL", "register.example", "BASE_URL is 'register.example'; write an address such as"),
        ("BASE_URL", "https://a.example/site", "BASE_URL is 'https://a.example/site'; write scheme and host only"),
        ("BASE_URL", "https://[", "BASE_URL cannot be read as an address"),
        ("DATABASE_URL", "mysql://u:secret@h/d", "DATABASE_URL begins with 'mysql://'; SQLite and PostgreSQL are"),
        ("DATABASE_URL", "postgres://u:secret@h/", "DATABASE_URL names no database;"),
        ("DATABASE_URL", "postgres://u:se#cret@h:5432/d", "DATABASE_URL cannot be read as an address;"),
        ("REDIS_URL", "http://u:secret@h", "REDIS_URL cannot be read as an address; write redis://host:6379/0"),
        ("EMAIL_URL", "pop3://u:secret@h", "EMAIL_URL begins with 'pop3:'; write smtp+starttls://"),
        ("EMAIL_URL", "smtp://", "EMAIL_URL names no host;"),
        ("EMAIL_PORT", "0", "EMAIL_PORT is 0; write a whole number from 1 to 65535."),
        ("EMAIL_SECURITY", "ssl", "EMAIL_SECURITY is 'ssl'; write one of: starttls, tls, none."),
        ("DEFAULT_FROM_EMAIL", "nobody", "DEFAULT_FROM_EMAIL is 'nobody'; write an address such as"),
        ("DEFAULT_FROM_EMAIL", "a@b.example\nBcc: c@d.example", "DEFAULT_FROM_EMAIL holds a line break;"),
        ("TIME_ZONE", "Mars/Base", "TIME_ZONE is 'Mars/Base', which is no known time zone;"),
        ("TIME_ZONE", "../../etc/passwd", "TIME_ZONE is '../../etc/passwd', which is no known time zone;"),
        ("DATA_DIR", "/proc/nowhere", "DATA_DIR names /proc/nowhere, where nothing can be written"),
        ("PORT", "99999", "PORT is 99999; write a whole number from 1 to 65535."),
        ("SECURE_PROXY_SSL_HEADER", "https", "SECURE_PROXY_SSL_HEADER is 'https'; write header and value"),
        ("HSTS_SECONDS", "a year", "HSTS_SECONDS is 'a year'; write a whole number from 0 to 63072000."),
        ("SIGN_UP_OPEN", "perhaps", "SIGN_UP_OPEN is 'perhaps'; write yes or no."),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL is 'LOUD'; write DEBUG, INFO, WARNING or ERROR."),
    ],
)
def test_a_wrong_value_is_said_in_a_sentence_that_tells_how_to_mend_it(name: str, text: str, said: str) -> None:
    whole = sentence(name, text)
    assert whole.startswith(said)
    assert "secret" not in whole.replace("secrets.token_urlsafe", "").replace("import secrets", "")


@pytest.mark.parametrize("name", [name for name, variable in VARIABLES.items() if variable.default is None])
def test_a_required_variable_is_asked_for(name: str) -> None:
    environment = Environment(VARIABLES, source={}, profile=Profile(strict=True, defaults={}))
    assert environment.value(name) is None
    assert environment.sentences == [
        f"{name} is not set; set it, or set {name}_FILE to the path of a file that holds it."
    ]


@pytest.mark.parametrize("name", list(VARIABLES))
def test_every_default_can_be_read(name: str, tmp_path: Path) -> None:
    variable = VARIABLES[name]
    if variable.default and name != "DATA_DIR":  # its default is the project's own folder
        variable.read(variable.default)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(SECRET + "\n")
    environment = Environment(VARIABLES, source={"SECRET_KEY_FILE": str(file)})
    assert (environment.value("SECRET_KEY"), environment.sentences) == (SECRET, [])


def test_a_file_that_is_not_there_or_a_value_given_twice_is_said(tmp_path: Path) -> None:
    missing = Environment(VARIABLES, source={"SECRET_KEY_FILE": str(tmp_path / "none")})
    missing.value("SECRET_KEY")
    assert missing.sentences == [
        f"SECRET_KEY_FILE names {tmp_path}/none, which cannot be read (No such file or directory)."
    ]
    twice = Environment(VARIABLES, source={"SECRET_KEY": SECRET, "SECRET_KEY_FILE": "x"})
    twice.value("SECRET_KEY")
    assert twice.sentences == ["SECRET_KEY and SECRET_KEY_FILE are both set; keep one of them."]


def test_all_that_is_wrong_is_said_at_once_even_what_nobody_has_read() -> None:
    environment = Environment(VARIABLES, source={"PORT": "x", "LOG_LEVEL": "x"})
    environment.value("LOG_LEVEL")
    environment.complain("Two things do not fit together.")
    with pytest.raises(Misconfigured) as raised:
        environment.finish()
    assert len(raised.value.sentences) == 3


def test_values_are_read_as_they_are_meant(tmp_path: Path) -> None:
    read, sentences = values(
        ALLOWED_HOSTS="a.example, .b.example,[::1]",
        BASE_URL="https://a.example:8443/",
        DATABASE_URL="postgres://u:p%40@db:5433/register",
        EMAIL_URL="smtps://user:p%40ss@mail.example",
        SECURE_PROXY_SSL_HEADER="X-Forwarded-Proto: https",
        DATA_DIR=str(tmp_path / "new" / "folder"),
        SIGN_UP_OPEN="No",
    )
    assert sentences == []
    assert read["ALLOWED_HOSTS"] == ["a.example", ".b.example", "[::1]"]
    assert read["BASE_URL"] == "https://a.example:8443"
    database = read["DATABASE_URL"]
    assert (database["ENGINE"], database["PASSWORD"], database["PORT"]) == ("django.db.backends.postgresql", "p@", 5433)
    mail = read["EMAIL_URL"]
    assert (mail.host, mail.port, mail.user, mail.password, mail.security) == (
        "mail.example",
        465,
        "user",
        "p@ss",
        "tls",
    )
    assert read["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert read["DATA_DIR"].is_dir()
    assert read["SIGN_UP_OPEN"] is False


# --- The whole, in a process of its own -------------------------------------------------------------------------------


@pytest.mark.slow
def test_production_without_configuration_says_what_it_needs_and_no_traceback() -> None:
    result = run("check")
    assert result.returncode == 1
    lines = result.stderr.strip().splitlines()
    assert lines[0] == "The configuration is wrong:"
    assert [line.split()[1] for line in lines[1:]] == [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "BASE_URL",
        "DEFAULT_FROM_EMAIL",
        "EMAIL_URL",
    ]


@pytest.mark.slow
def test_a_web_server_without_configuration_says_the_same_and_no_traceback() -> None:
    command = [sys.executable, "-c", "import portal.wsgi"]
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    lines = done.stderr.splitlines()
    assert (done.returncode, lines[0], len(lines)) == (1, "The configuration is wrong:", 6)
    assert all(line.startswith("- ") for line in lines[1:])


@pytest.mark.slow
def test_production_passes_djangos_own_deployment_check(tmp_path: Path) -> None:
    result = run("check", "--deploy", "--fail-level", "WARNING", DATA_DIR=str(tmp_path), **PRODUCTION)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"BASE_URL": "http://register.example"}, "BASE_URL begins with http://;"),
        ({"BASE_URL": "https://other.example"}, "BASE_URL has a host name that is not among ALLOWED_HOSTS;"),
        ({"EMAIL_HOST": "mail.example"}, "EMAIL_URL and EMAIL_HOST are both set;"),
    ],
)
def test_values_that_do_not_fit_together_are_said(tmp_path: Path, change: dict[str, str], said: str) -> None:
    result = run("check", DATA_DIR=str(tmp_path), **{**PRODUCTION, **change})
    assert result.returncode == 1
    assert result.stderr.splitlines()[1].startswith(f"- {said}")


@pytest.mark.slow
def test_production_is_safe_as_it_stands(tmp_path: Path) -> None:
    names = [
        "DEBUG", "DEMONSTRATION", "ADMIN_REQUIRES_SECOND_FACTOR", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "EMAIL_HOST", "EMAIL_USE_TLS",
        "EMAIL_PORT", "X_FRAME_OPTIONS", "WAGTAILUSERS_PASSWORD_ENABLED",
    ]  # fmt: skip
    code = f"from django.conf import settings; print([getattr(settings, name) for name in {names}])"
    result = run("shell", "-v0", "-c", code, DATA_DIR=str(tmp_path), **PRODUCTION)
    assert result.stdout.strip() == str(
        [False, False, True, True, True, True, True, 31536000, "mail.example", True, 587, "DENY", False]
    )


# --- The table --------------------------------------------------------------------------------------------------------


def test_the_readme_has_the_table_of_variables_that_the_code_declares() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- variables:begin -->\n(.*?)<!-- variables:end -->", readme, re.DOTALL)
    assert found is not None, "README.md has no <!-- variables:begin --> … <!-- variables:end -->."
    assert found[1].strip() == as_markdown().strip(), "Run `manage.py variables` and paste the table into README.md."


def test_every_variable_is_declared_once_with_a_full_sentence() -> None:
    for name, variable in VARIABLES.items():
        assert variable.name == name
        assert variable.meaning.endswith("."), f"{name}: the meaning ends without a full stop."


def test_the_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("variables")
    assert capsys.readouterr().out == as_markdown()


def test_no_setting_is_read_from_the_environment_past_the_declarations() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for folder in ("site", "consultations", "explainers")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"os\.(environ|getenv)(?!\.setdefault)", path.read_text(encoding="utf-8"))
    ]
    # The settings of demonstration and tests say what stands in for required values, before the declarations are read.
    # Backups hand the whole environment on to pg_dump, and read nothing of it.
    assert sorted(readers) == [
        "site/backups/databases/postgres.py",
        "site/portal/environment.py",
        "site/portal/settings/demo.py",
        "site/portal/settings/test.py",
    ]
