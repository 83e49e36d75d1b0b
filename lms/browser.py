"""What does the site answer to a browser whose line, or whose server, may break?"""

import json
import time
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    Request,
    build_opener,
)

NO_ANSWER = 0
PATIENCE = 120  # seconds that a site may be away


class StayHere(HTTPRedirectHandler):
    """An answer that leads elsewhere is an answer."""

    def redirect_request(self, *_):
        return None


class Browser:
    """Keeps cookies and posts forms; knows nothing of pages."""

    def __init__(self, address: str):
        self.address = address
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies), StayHere())

    def get(self, path: str) -> int:
        return self.ask(path)

    def post(self, path: str, fields: dict[str, str]) -> int:
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), "")
        form = urlencode({"csrfmiddlewaretoken": token} | fields)
        return self.ask(path, form.encode())

    def send(self, path: str, said: Any) -> Any:
        """Post JSON as a script does; return the answer, None if it is no yes."""
        token = next((c.value for c in self.cookies if c.name == "csrftoken"), "")
        request = Request(  # noqa: S310 - to our own server
            self.address + path, json.dumps(said).encode(), {"X-CSRFToken": token}
        )
        try:
            with self.opener.open(request, timeout=10) as answer:
                return json.load(answer)
        except (OSError, HTTPException, ValueError):
            return None

    def ask(self, path: str, form: bytes | None = None) -> int:
        """Return the status of the answer, NO_ANSWER if none or only a part came."""
        try:
            with self.opener.open(self.address + path, form, timeout=10) as answer:
                answer.read()
                return answer.status
        except HTTPError as refusal:  # every status but 2xx
            refusal.close()
            return refusal.code
        except (OSError, HTTPException):
            return NO_ANSWER

    def wait(self) -> None:
        """Wait until the site answers."""
        patience_ends = time.monotonic() + PATIENCE
        while self.get("/healthz") != 200:
            if time.monotonic() > patience_ends:
                raise TimeoutError(self.address)
            time.sleep(0.05)


def acknowledged(status: int) -> bool:
    """Whether the browser was told that it worked."""
    return 200 <= status < 400
