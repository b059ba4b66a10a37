"""The benchmark tells the truth about targets, and its load client counts whole answers only."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from harness import Row, table, write_json
from load import measure
from run import MEASUREMENTS
from servers import peak_megabytes

pytestmark = pytest.mark.any_database


def test_a_ratio_is_held_against_the_target() -> None:
    assert Row("import", "s", 4.0, 1.0, "plain", at_most=8).met is True
    assert Row("import", "s", 9.0, 1.0, "plain", at_most=8).met is False
    assert Row("page", "pages/s", 600.0, 1000.0, "bare", at_least=0.5).met is True
    assert Row("page", "pages/s", 400.0, 1000.0, "bare", at_least=0.5).met is False


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    row = Row("page", "pages/s", at_least=0.5, note="failed: no server")
    assert (row.ratio, row.met) == (None, None)
    assert "skipped" in table([row])
    assert "page: failed: no server" in table([row])


def test_the_file_holds_what_the_table_says(tmp_path: Path) -> None:
    write_json([Row("import", "s", 4.0, 1.0, "plain", at_most=8)], tmp_path / "bench.json")
    (row,) = json.loads((tmp_path / "bench.json").read_text())["rows"]
    assert (row["figure"], row["yardstick"], row["ratio"], row["target"], row["met"]) == (4, 1, 4, "at most 8", True)


class Answers(BaseHTTPRequestHandler):
    """Answers whole, in chunks, or that it is broken, by path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(500 if self.path == "/broken" else 200)
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"2\r\nok\r\n1\r\n!\r\n0\r\n\r\n")
        else:
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("path", ["/", "/chunks"])
def test_the_load_client_reads_whole_answers(port: int, path: str) -> None:
    load = measure(port, path, seconds=0.3, clients=1)
    assert load.failures == 0
    assert load.per_second > 0
    assert 0 < load.median_ms <= load.p95_ms


def test_an_error_is_a_failure_and_no_fast_answer(port: int) -> None:
    load = measure(port, "/broken", seconds=0.3, clients=1)
    assert load.per_second == 0
    assert load.failures > 0


def test_every_measurement_is_there_and_nothing_else_would_be_forgotten() -> None:
    folder = Path(__file__).resolve().parents[2] / "bench"
    measuring = {
        path.stem for path in folder.glob("*.py") if "\ndef measure() -> list[Row]:" in path.read_text("utf-8")
    }
    assert measuring == set(MEASUREMENTS)


def test_the_memory_of_web_server_import_and_job_worker_is_told_each_by_its_name() -> None:
    folder = Path(__file__).resolve().parents[2] / "bench"
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    for process in ("a web process, after", "the import process, after", "the job worker, after"):
        assert f"peak memory of {process}" in text


def test_the_peak_is_what_was_held_once_and_not_what_is_held_now() -> None:
    code = "held = b'x' * 64 * 1024 * 1024; del held; print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert 64 < peak_megabytes(process.pid) < 128
        process.communicate(b"\n")
