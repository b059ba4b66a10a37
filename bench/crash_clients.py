"""People who send a comment to a site that keeps crashing: who gets no answer clicks “Send” again."""

import http.client
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import urlencode

_SEAL: Final = re.compile(r'name="seal" value="([^"]+)"')
_CSRF: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_RECEIPT: Final = re.compile(r"/tracking/([0-9A-Z-]+)/sent/$")
_SECONDS: Final = 15.0  # nobody waits longer for an answer
_PATIENCE: Final = 180.0  # and nobody tries for longer
_TWICE: Final = 10  # every tenth goes back and sends the same form again


@dataclass
class Person:
    """Somebody with an address in the network and one for mail."""

    number: int
    port: int
    path: str
    tries: int = 0
    acknowledged: list[str] = field(default_factory=list)  # the number on each receipt; two where it was sent twice

    @property
    def email(self) -> str:
        """Where the receipt goes."""
        return f"person{self.number:05d}@crash.example"

    def send(self) -> None:
        """Fill the form in and send it, again and again until a receipt is there."""
        end = time.monotonic() + _PATIENCE
        seal = csrf = cookie = ""
        while not seal and time.monotonic() < end:
            status, headers, body = self._ask("GET")
            if status == http.HTTPStatus.OK:
                seal, csrf = unescape(_first(_SEAL, body)), unescape(_first(_CSRF, body))
                cookie = (headers.get("Set-Cookie") or "").partition(";")[0]
        form = {
            "csrfmiddlewaretoken": csrf,
            "seal": seal,
            "page": "check",
            "whole": f"Person {self.number} wants the figures sooner.",
            "preference": "without_name",
            "email": self.email,
        }
        wanted = 2 if self.number % _TWICE == 0 else 1
        while seal and len(self.acknowledged) < wanted and time.monotonic() < end:
            self.tries += 1
            status, headers, _body = self._ask("POST", urlencode(form), cookie)
            if status == http.HTTPStatus.FOUND:
                self.acknowledged.append(_first(_RECEIPT, headers.get("Location") or ""))

    def _ask(self, method: str, body: str = "", cookie: str = "") -> tuple[int, http.client.HTTPMessage, str]:
        """Ask once; where nothing comes back, or an error of the server, wait as people do."""
        # Everybody has an address: this machine answers to all of 127.0.0.0/8 where it is a Linux.
        source = (f"127.1.{self.number // 250}.{self.number % 250 + 1}", 0)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS, source_address=source)
        headers = {"Host": f"localhost:{self.port}", "Cookie": cookie}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://localhost:{self.port}"}
        try:
            connection.request(method, self.path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            if answer.status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                return answer.status, answer.headers, text
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(random.uniform(0.2, 1.0))  # noqa: S311 -- impatience
        return 0, http.client.HTTPMessage(), ""


def send_all(count: int, *, port: int, path: str, clients: int) -> list[Person]:
    """Let so many people send one comment each, so many at a time."""
    people = [Person(number, port, path) for number in range(count)]
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(Person.send, people))
    return people


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
