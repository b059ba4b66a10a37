"""`make demo` from start to Ctrl-C, with a demonstration that stands already."""

import os
import signal
import subprocess
import sys
import time
import urllib.request

import psutil

from demonstration.people import LEARNERS, SIGN_INS
from tests.browser.running_site import Site, free_port
from tests.house.tree import ROOT

SECONDS = 120


def test_a_second_start_tells_how_to_begin_and_ctrl_c_leaves_nothing_behind(demonstration: Site) -> None:
    port = free_port()
    environment = os.environ | {"DATA_DIR": str(demonstration.data_dir), "PORT": str(port), "DATABASE_URL": ""}
    command = [sys.executable, "bin/start.py", "demo"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        said = []
        for line in process.stdout:
            said.append(line.rstrip())
            if line.startswith("Ctrl-C stops it."):
                break
        family = psutil.Process(process.pid).children(recursive=True)
        with urllib.request.urlopen(f"http://localhost:{port}/en/") as answer:
            assert answer.status == 200
        asked = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)  # what a terminal does
        said += [line.rstrip() for line in process.stdout]
        assert process.wait(SECONDS) == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert len(family) >= 3, "web server, its worker process and job worker"
    assert alive == []
    assert time.monotonic() - asked < 15
    text = "\n".join(said)
    assert f"The site is at http://localhost:{port}/" in text
    people = [*SIGN_INS, *(learner for learner in LEARNERS if learner.password)]
    assert text.count("@") == len(people), "one sign-in for each role, and for whoever learns"
    assert "Five things to try:" in text
    assert "Installing" not in text
    assert "Building" not in text
    assert said[-1] == "Stopped. What you entered is kept: `make demo` shows it again."
