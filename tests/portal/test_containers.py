"""The image and the composition can only be read here, not run: what can be read off them has to hold."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from portal.variables import VARIABLES

pytestmark = pytest.mark.any_database

ROOT = Path(settings.BASE_DIR)
# Read by others than our settings: Django, Granian and Python itself.
OTHERS = re.compile(r"DJANGO_SETTINGS_MODULE|GRANIAN_[A-Z_]+|PYTHON[A-Z]+|PATH|PIP_[A-Z_]+")


@pytest.fixture(scope="module")
def composition() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")


def instructions(dockerfile: str, name: str) -> list[str]:
    return re.findall(rf"^{name} +(.+)$", dockerfile, re.MULTILINE)


def test_there_is_a_database_a_cache_a_web_server_and_a_worker(composition: dict[str, Any]) -> None:
    assert set(composition["services"]) == {"database", "redis", "queue", "migrate", "prepare", "web", "worker"}


def test_tasks_wait_in_a_redis_that_forgets_nothing_only_where_that_is_asked_for(composition: dict[str, Any]) -> None:
    services = composition["services"]
    assert services["queue"]["profiles"] == ["queue"]
    assert {"--appendonly yes", "--maxmemory-policy noeviction"} <= {
        " ".join(pair) for pair in pairwise(services["queue"]["command"])
    }
    for name in ("web", "worker"):
        assert services[name]["environment"]["JOBS_URL"] == "${JOBS_URL:-}"
        assert services[name]["depends_on"]["queue"] == {"condition": "service_healthy", "required": False}


@pytest.mark.parametrize("service", ["migrate", "prepare", "web", "worker"])
def test_every_variable_that_a_service_is_given_is_one_the_site_reads(
    composition: dict[str, Any], service: str
) -> None:
    given = set(composition["services"][service]["environment"])
    assert {name.removesuffix("_FILE") for name in given} - set(VARIABLES) == set()
    required = {name for name, variable in VARIABLES.items() if variable.default is None}
    assert required - {name.removesuffix("_FILE") for name in given} == set()


@pytest.mark.parametrize("service", ["migrate", "prepare", "web", "worker"])
def test_secrets_come_in_files_that_the_service_has(composition: dict[str, Any], service: str) -> None:
    details = composition["services"][service]
    for name, variable in VARIABLES.items():
        if variable.secret and name not in {"REDIS_URL", "JOBS_URL"}:  # without a password: reached from inside only
            assert name not in details["environment"]
    files = {value for name, value in details["environment"].items() if name.endswith("_FILE")}
    assert {f"/run/secrets/{secret}" for secret in details["secrets"]} == files
    assert set(details["secrets"]) <= set(composition["secrets"])


def test_services_wait_for_what_they_need_and_it_can_say_when_it_is_there(composition: dict[str, Any]) -> None:
    services = composition["services"]
    for details in services.values():
        for other, condition in details.get("depends_on", {}).items():
            wanted = condition["condition"]
            assert wanted in {"service_healthy", "service_completed_successfully"}
            if wanted == "service_healthy":
                assert "test" in services[other]["healthcheck"]


def test_a_stranger_can_fill_the_site_with_one_command_as_often_as_wanted(composition: dict[str, Any]) -> None:
    prepare = composition["services"]["prepare"]
    assert prepare["profiles"] == ["prepare"]  # it does not start with the rest
    names = re.findall(r"manage\.py (\w+)", prepare["command"][-1])
    assert names == ["load_reference", "load_explainers", "load_programmes", "update_index"]


def test_the_first_lines_of_the_composition_name_services_and_commands_that_there_are(
    composition: dict[str, Any],
) -> None:
    head = (ROOT / "compose.yaml").read_text(encoding="utf-8").partition("\nx-application")[0]
    assert "createsuperuser" in head
    for service in re.findall(r"docker compose run --rm (?:--volume \S+ )?(\w+)", head):
        assert service in composition["services"]
    for name in re.findall(r"manage\.py (\w+)", head):
        assert name in get_commands()


def test_only_the_web_server_is_reached_and_from_this_machine_only(composition: dict[str, Any]) -> None:
    ports = {name: details["ports"] for name, details in composition["services"].items() if "ports" in details}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_volumes_that_are_used_are_declared(composition: dict[str, Any]) -> None:
    used = {volume.split(":")[0] for d in composition["services"].values() for volume in d.get("volumes", [])}
    assert used == set(composition["volumes"])


def test_images_are_short_names_with_a_version(composition: dict[str, Any], dockerfile: str) -> None:
    images = [d["image"] for d in composition["services"].values() if "build" not in d]
    bases = [base.split(" AS ")[0] for base in instructions(dockerfile, "FROM")]
    assert len(images + bases) == 5
    for image in images + bases:
        assert re.fullmatch(r"[a-z]+:[0-9][0-9.]*(-[a-z]+)?", image)


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is(dockerfile: str) -> None:
    last = dockerfile.rpartition("\nFROM ")[2]
    assert instructions(last, "USER") == ["register"]
    assert last.index("USER register") < last.index("CMD")
    assert len(instructions(last, "HEALTHCHECK")) == 1
    assert json.loads(instructions(last, "CMD")[-1]) == ["granian", "portal.wsgi:application"]


def test_the_image_installs_what_is_pinned_and_hashed_and_nothing_else(dockerfile: str) -> None:
    installs = re.findall(r"pip install ([^&\n]+)", dockerfile)
    assert [install.strip() for install in installs] == [
        "--require-hashes --no-deps -r requirements/runtime.txt",
        "--no-deps --no-build-isolation --editable .",
    ]


def test_variables_of_the_image_are_declared(dockerfile: str) -> None:
    names = re.findall(r"\b([A-Z][A-Z_]+)=", dockerfile)
    assert [name for name in names if name not in VARIABLES and not OTHERS.fullmatch(name)] == []


def test_secrets_and_data_stay_out_of_the_image_and_of_git() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".env", "secrets", "var", ".git"} <= set(ignored)
    assert {"/.env", "/secrets/"} <= set((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
