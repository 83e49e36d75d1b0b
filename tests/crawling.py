"""Follows every link from the home page, as whoever the browser is."""

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin

from django.http import HttpResponse
from django.test import Client

LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
ELSEWHERE = re.compile(r"/(static|media|admin/logout|admin/sprite)\b")
SECRET = re.compile(r'(name="csrfmiddlewaretoken" value=|csrfToken": )"[^"]*"')
# How long the session of who is asked still lasts.
LEFT = re.compile(r'datetime="PT\d+S"')


def crawl(
    browser: Client, start: str = "/es/", *, most: int = 400, within: str = "/"
) -> dict[str, HttpResponse]:
    """Return address → answer of all that links and redirects lead to."""
    found: dict[str, HttpResponse] = {}
    waiting = deque([start])
    while waiting and len(found) < most:
        path = waiting.popleft()
        if path not in found:
            found[path] = browser.get(path)
            waiting += [to for to in leads_to(found[path], path) if within in to[:9]]
    return found


def leads_to(answer: HttpResponse, path: str) -> list[str]:
    """Return our own addresses that an answer names, in its order."""
    links = [*LINK.findall(text(answer)), answer.get("Location", "")]
    here = (urldefrag(urljoin(path, unescape(link)))[0] for link in links if link)
    return [to for to in here if to.startswith("/") and not ELSEWHERE.match(to)]


def text(answer: HttpResponse) -> str:
    """Return the page, without what changes every time; nothing for a file."""
    if answer.streaming or "text" not in answer.get("Content-Type", ""):
        return ""
    return LEFT.sub("", SECRET.sub("", answer.content.decode()))
