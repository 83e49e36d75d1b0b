"""Eight people at once, as cheap as can be: connections that stay open, no parsing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from lms.scratch import Failed

VISITORS = 8
AS_A_BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "es"}


@dataclass(frozen=True, slots=True)
class Request:
    """What a browser sends; `wanted` is the status that answers it."""

    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] | None = None
    wanted: int = 200
    is_first: bool = False  # of somebody who comes anew, on a connection of their own

    @property
    def method(self) -> str:
        return "GET" if self.form is None else "POST"

    @property
    def body(self) -> bytes | None:
        if self.form is None:
            return None
        token = self.cookies.get("csrftoken", "")
        return urlencode({"csrfmiddlewaretoken": token} | self.form).encode()

    @property
    def headers(self) -> dict[str, str]:
        headers = dict(AS_A_BROWSER)
        if self.cookies:
            pairs = (f"{name}={value}" for name, value in self.cookies.items())
            headers["Cookie"] = "; ".join(pairs)
        if self.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers


class Visitors:
    """So many at once; each takes every eighth request, in its order."""

    def __init__(self, address: str, number: int = VISITORS):
        host = urlsplit(address).netloc
        self.lines = [HTTPConnection(host, timeout=60) for _visitor in range(number)]
        self.pool = ThreadPoolExecutor(number)

    def ask(self, requests: list[Request]) -> None:
        """Send all and read every answer; one that was not wanted ends the bench."""
        shares = [requests[n :: len(self.lines)] for n in range(len(self.lines))]
        list(self.pool.map(ask_all, self.lines, shares))


def ask_all(line: HTTPConnection, requests: list[Request]) -> None:
    for request in requests:
        if request.is_first:
            line.close()
        line.request(
            request.method, request.path, body=request.body, headers=request.headers
        )
        answer = line.getresponse()
        answer.read()
        if answer.status != request.wanted:
            raise Failed(request.method, request.path, answer.status)
