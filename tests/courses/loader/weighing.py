"""What a page weighs on the line: its HTML as it is sent, and a first visit."""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from lms.web.compression import PADDING

KIB = 1024
HEADERS = 850  # bytes of each answer, as a browser receives them
FILE = re.compile(r'\s(?:href|src)="/(?:static/([^"]+)|media/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of a page; `cold`: with all that comes to who was never here."""

    html: int
    cold: int
    requests: int


def reader(person) -> Client:
    """Return the browser of somebody who is signed in; it takes gzip."""
    browser = Client(headers={"accept-encoding": "gzip"})
    browser.force_login(person)
    return browser


def weighed(browser: Client, path: str) -> Weight:
    """Weigh a page, with the longest that the server may hang on to it."""
    answer = browser.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Encoding"] == "gzip"
    html = len(answer.content) + PADDING
    files = set(FILE.findall(gzip.decompress(answer.content).decode()))
    requests = 1 + len(files)
    return Weight(html, html + sum(map(_packed, files)) + requests * HEADERS, requests)


@cache
def _packed(name: str) -> int:
    """Return what a file of ours weighs as it is kept for browsers."""
    return len(gzip.compress(Path(finders.find(name)).read_bytes()))
