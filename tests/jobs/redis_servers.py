"""A real Redis for a test: on a socket in a folder of its own, so that no port is taken, and nothing kept on disk."""

import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

SECONDS = 20


class RedisServer:
    """One server, started and stopped as the test wants it."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.address = f"unix://{self.socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, empty, and returns when it answers."""
        command = [self.program, "--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder)]
        quiet = ["--save", "", "--appendonly", "no", "--logfile", "redis.log"]
        self._process = subprocess.Popen([*command, *quiet], stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + SECONDS
        while not self.answers():
            assert time.monotonic() < deadline, (self.folder / "redis.log").read_text("utf-8")
            time.sleep(0.02)

    def stop(self) -> None:
        """Ends it at once, with all it holds."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def answers(self) -> bool:
        """Whether it is there."""
        try:
            with Redis(unix_socket_path=str(self.socket)) as client:
                return bool(client.ping())
        except RedisError:
            return False
