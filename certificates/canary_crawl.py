"""What does somebody come to see who follows every link and fills in every search?

One visitor at a time, through the whole stack in this process: pages, forms that only
ask, files, and whatever an attribute of a page names as an address of ours.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit
from zipfile import ZipFile

from django.http import HttpResponseBase
from django.test import Client

from certificates.canaries import TOKEN

ADDRESS = re.compile(r'\s(?:(?:href|src)="([^"]*)"|[\w-]+="(/[^"]*)")')
ELSEWHERE = re.compile(r"/(static|media|demo|admin/logout|admin/sprite|admin/jsi18n)\b")
NAMES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|(?<=/v/)\w{10,}")
FREE = {"text", "search", "email", ""}


@dataclass
class Visit:
    """What one visitor asked for and what they saw: (whose, which field) → where."""

    asked: set[str] = field(default_factory=set)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def read(self, path: str, answer: HttpResponseBase) -> str:
        """Note what an answer gives away, and return it as text."""
        page = content(answer)
        if answer.status_code >= 500:
            self.failed.append(path)
        typed = {value.casefold() for _key, value in parse_qsl(urlsplit(path).query)}
        said = f"{page} {answer.headers}".casefold()
        for found in TOKEN.finditer(said):
            if found[0] not in typed:  # what was typed is shown again: no news
                self.seen.setdefault((found[1], found[2]), path)
        return page


class Asking(HTMLParser):
    """The forms of a page that only ask: where they go, and what can be said."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[dict] = []
        self.inside: dict | None = None
        self.choice = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = {key: value or "" for key, value in attributes}
        if tag == "form":
            asks = given.get("method", "get").lower() == "get"
            self.inside = {"to": given.get("action", ""), "free": [], "kept": {}}
            self.inside["options"] = []
            if asks:
                self.forms.append(self.inside)
        if self.inside is None or not (name := given.get("name", self.choice)):
            return
        if tag == "input" and given.get("type", "") in FREE:
            self.inside["free"].append(name)
        elif tag == "input" and given.get("type") in {"radio", "checkbox"}:
            self.inside["options"].append((name, given.get("value", "on")))
        elif tag == "input":
            self.inside["kept"][name] = given.get("value", "")
        elif tag == "select":
            self.choice = name
        elif tag == "option":
            self.inside["options"].append((self.choice, given.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "select":
            self.choice = ""
        elif tag == "form":
            self.inside = None


def crawl(
    browser: Client,
    starts: Iterable[str],
    *,
    words: list[str],
    most: int,
    alike: int,
) -> Visit:
    """Follow what the starts lead to: `most` addresses, `alike` of any one shape."""
    visit, shapes = Visit(), Counter()
    waiting = deque(starts)
    searched: set[tuple] = set()
    while waiting and len(visit.asked) < most:
        path = waiting.popleft()
        if path in visit.asked:
            continue
        shape = shape_of(path)
        shapes[shape] += 1
        if shapes[shape] > alike:
            continue
        visit.asked.add(path)
        answer = browser.get(path)
        page = visit.read(path, answer)
        waiting += leads_to(page, answer, path)
        for question in questions(page, path, words, searched):
            if question not in visit.asked and len(visit.asked) < most:
                visit.asked.add(question)
                visit.read(question, browser.get(question))
    return visit


def trespass(browser: Client, paths: Iterable[str], *, most: int) -> Visit:
    """Ask for addresses that somebody else was led to."""
    visit = Visit()
    for path in list(paths)[:most]:
        visit.asked.add(path)
        visit.read(path, browser.get(path))
    return visit


def shape_of(path: str) -> str:
    """Return the address without what it names, and without what is asked there."""
    parts = urlsplit(path)
    keys = sorted(key for key, _value in parse_qsl(parts.query, keep_blank_values=True))
    return f"{NAMES.sub('*', parts.path)}?{'&'.join(keys)}"


def leads_to(page: str, answer: HttpResponseBase, path: str) -> list[str]:
    """Return our own addresses that an answer names, in its order."""
    links = ["".join(either) for either in ADDRESS.findall(page)]
    links.append(answer.headers.get("Location", ""))
    here = (urldefrag(urljoin(path, unescape(link)))[0] for link in links if link)
    return [to for to in here if to.startswith("/") and not ELSEWHERE.match(to)]


def questions(
    page: str, path: str, words: list[str], searched: set[tuple]
) -> Iterable[str]:
    """Yield every question that the forms of the page let one ask, once each."""
    for form in Asking(page).forms if "<form" in page else []:
        to = urldefrag(urljoin(path, form["to"]))[0].split("?")[0]
        if not to.startswith("/") or ELSEWHERE.match(to):
            continue
        asked = [{name: word} for name in form["free"] for word in words]
        asked += [{name: value} for name, value in form["options"]]
        key = (NAMES.sub("*", to), *sorted({name for one in asked for name in one}))
        if key not in searched:
            searched.add(key)
            yield from (f"{to}?{urlencode(form['kept'] | one)}" for one in asked)


def content(answer: HttpResponseBase) -> str:
    """Return all that an answer says, a page, a file or the parts of an archive."""
    streamed = getattr(answer, "streaming", False)
    raw = b"".join(answer.streaming_content) if streamed else answer.content
    if raw.startswith(b"PK"):
        with ZipFile(BytesIO(raw)) as archive:
            raw = b"\n".join(archive.read(name) for name in archive.namelist())
    return raw.decode("utf-8", "replace")
