"""What does a person meet on a page, line by line?

An element stands on a line of its own: its name, what it carries, its text. Elements
that carry neither are left out.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser

from django.http import HttpResponse

from lms.web.icons import FOLDER, drawing

# Rows of the tests are numbered from here on, so that a row's number is known as one.
FIRST_ROW = 7_000_000
# What chance decides, in the order in which it is looked for.
CHANCE = {
    "uuid": re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"),
    "picture": re.compile(r"data:image/[a-z+]+;base64,[\w+/=]+"),
    "row": re.compile(r"\b7\d{6}\b"),
    "key": re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w:-]{32,}={0,2}"),
    "code": re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4,}(?:-[0-9A-Z]{1,4})?\b"),
}
# Written by hand in tests, so that they are always the same.
BY_HAND = re.compile(r"0{8}-0000-[04]000-8?0{3,}")
UNSAID = {"script", "style"}
ICON = re.compile(r'<svg class="icon".*?</svg>', re.S)
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use"}
# Said even where they carry nothing but their text.
NAMED = re.compile(r"h[1-6]|li|t[hd]|d[dt]|p|caption|legend|summary|label|button")
# The same on every page; it is told with the frame.
FRAME = {
    'main id="main" tabindex="-1"',
    'div class="wrap status-line"',
    'div role="status" class="status"',
    'div class="wrap"',
}
MOST = 400  # lines of a page; then it is more of the same


class Elements(HTMLParser):
    """Collects lines, and which of them stand inside `main`."""

    def __init__(self, page: str):
        super().__init__()
        self.lines: list[tuple[bool, str, str]] = []
        self.open: list[str] = []
        self.feed(ICON.sub(_name_of_icon, page))
        self.close()

    def handle_starttag(self, tag, attributes):
        carried = " ".join(
            name if value is None else f'{name}="{" ".join(value.split())}"'
            for name, value in attributes
        )
        self._begin(f"{tag} {carried}".strip() if carried else "", tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        self._begin("")

    def handle_data(self, text):
        if UNSAID.isdisjoint(self.open[-1:]):
            inside, head, said = self.lines.pop() if self.lines else (False, "", "")
            self.lines.append((inside or "main" in self.open, head, said + text))

    def _begin(self, head, tag=""):
        inside = "main" in self.open or tag == "main"
        name = head or (tag if NAMED.fullmatch(tag) else "")
        self.lines.append((inside, name, ""))


def _name_of_icon(drawn: re.Match) -> str:
    return f" [{icons().get(drawn[0], 'unknown icon')}] "


@cache
def icons() -> dict[str, str]:
    """Return the name of each icon by its drawing."""
    return {drawing(path.stem): path.stem for path in FOLDER.glob("*.svg")}


def outline(page: str, *, whole: bool) -> list[str]:
    """Return the lines of a page's title and middle, or of the whole page."""
    found = Elements(page).lines
    has_middle = any(inside for inside, _head, _said in found)
    kept = [
        " | ".join(filter(None, (head, " ".join(said.split()))))
        for inside, head, said in found
        if whole or inside or not has_middle
    ]
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    named = [f"title: {' '.join(title[1].split())}"] if title and not whole else []
    unsaid = set() if whole else FRAME
    lines = [line for line in kept if line and not NAMED.fullmatch(line)]
    return [*named, *[line for line in lines if line not in unsaid]]


def masked(lines: list[str]) -> list[str]:
    """Return the lines with each thing that chance decides as a number of its own."""
    text = "\n".join(lines)
    for kind, pattern in CHANCE.items():
        text = pattern.sub(_numbering(kind), text)
    return text.split("\n")


def _numbering(kind: str) -> Callable[[re.Match], str]:
    met: dict[str, int] = {}

    def name(found: re.Match) -> str:
        if BY_HAND.match(found[0]):
            return found[0]
        return f"<{kind} {met.setdefault(found[0], len(met) + 1)}>"

    return name


def is_page(answer: HttpResponse) -> bool:
    """Whether the answer has words for a person, and not only says no."""
    kind = answer.headers.get("Content-Type", "")
    is_text = kind.startswith(("text/html", "text/plain"))
    return is_text and answer.status_code not in (301, 302, 405)


def told(answer: HttpResponse, *, whole: bool = False) -> Iterator[str]:
    """Yield what an answer comes down to: its status, where it leads, its lines."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    yield f"{answer.status_code} {answer.headers.get('Location', kind)}"
    if answer.streaming or "Location" in answer.headers:
        return
    if kind == "text/html":
        yield from outline(answer.content.decode(), whole=whole)[:MOST]
    elif kind == "text/plain":
        yield from answer.content.decode().splitlines()
