"""What the README tells a stranger to type can be typed: every command is there, with the options that it is given."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.test import Client
from granian.cli import cli as granian

from design.freshness import bump_generation
from tests.design.html import parsed, texts
from tests.house.tree import text
from tests.register.files import write, write_facilities

OWN_REGISTER = "Your own register"
FOR_REAL = "Running it for real"
MANAGE = [".venv/bin/python", "manage.py"]
# What this test does for itself; the rest only has to be there, because it has tests of its own.
RUN = ("load_reference", "import_register")


def typed(chapter: str) -> list[list[str]]:
    """The commands in the blocks of a chapter, each as its words."""
    found = re.search(rf"^## {chapter}\n(.*?)^## ", text(Path("README.md")), re.MULTILINE | re.DOTALL)
    assert found is not None
    lines = [
        line
        for block in re.findall(r"^```\n(.*?)^```", found[1], re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
    ]
    return [shlex.split(command, comments=True) for line in lines for command in line.split(" && ")]


def managed(chapter: str) -> list[list[str]]:
    """Those that are management commands, without the words before their names."""
    return [words[2:] for words in typed(chapter) if words[:2] == MANAGE]


def command_named(name: str) -> BaseCommand:
    """A management command, found as manage.py finds it."""
    return load_command_class(get_commands()[name], name)


@pytest.mark.any_database
@pytest.mark.parametrize("chapter", [OWN_REGISTER, FOR_REAL])
def test_every_management_command_is_there_and_takes_its_options(chapter: str, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # the job worker asks for it
    assert len(managed(chapter)) >= 6
    for name, *options in managed(chapter):
        command_named(name).create_parser("manage.py", name).parse_args(options)


@pytest.mark.any_database
@pytest.mark.parametrize("chapter", [OWN_REGISTER, FOR_REAL])
def test_the_last_thing_that_starts_is_a_web_server_that_knows_its_options(chapter: str) -> None:
    (words,) = [words for words in typed(chapter) if words[0] == ".venv/bin/granian"]
    assert granian.make_context("granian", words[1:]).params["app"] == "portal.wsgi:application"


@pytest.mark.any_database
def test_nothing_is_typed_that_only_an_activated_environment_would_find() -> None:
    for words in [*typed(OWN_REGISTER), *typed(FOR_REAL)]:
        assert words[0].startswith(".venv/bin/") or words[0] == "export" or words == ["python3", "-m", "venv", ".venv"]


@pytest.mark.django_db
def test_somebody_who_types_it_finds_their_own_register_in_the_browser(client: Client, tmp_path: Path) -> None:
    files = {
        "facilities.csv": str(write_facilities(tmp_path, [{}])),
        "releases.csv": str(write(tmp_path, [{}], name="releases.csv")),
    }
    for words in managed(OWN_REGISTER):
        if words[0] in RUN:
            call_command(*(files.get(word, word) for word in words), verbosity=0)
    bump_generation()
    page = parsed(client.get("/en/register/search/", {"facility": "sellutehdas"}).text)
    assert "Metsä Fibre Oy, Äänekosken sellutehdas" in " ".join(texts(page, "main a"))
