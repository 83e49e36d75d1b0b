"""Which terms of the glossary a lesson names, and its text with a link at each.

Only the first mention leads to the definition, and only in running text: not in
headings, links, sources, or what a part asks.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from courses.glossary import Entry

# A tag, with whatever its attributes hold; between two tags stands text.
TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
NAME = re.compile(r"<(/?)([a-z0-9]+)")
RUNNING = {"p", "li", "td"}
VOID = {"br", "img", "hr", "input", "source", "wbr"}
NEVER = {
    "a",
    "button",
    "caption",
    "code",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "label",
    "script",
    "style",
    "summary",
    "svg",
    "th",
    "title",
}
# A paragraph of the template, not of the text: a source, a kicker.
OURS = re.compile(r"<p\s[^>]*class=")


class Marker:
    """Marks the pieces of one lesson in their order; `met` is what was named."""

    def __init__(self, entries: Iterable[Entry]):
        self._pattern, self._entries = _pattern_of(tuple(entries))
        self.met: dict[str, Entry] = {}

    def marked(self, html: str) -> str:
        """Return a piece of a page with a link at each first mention."""
        return "".join(self._pieces(html)) if self._pattern else html

    def _pieces(self, html: str) -> Iterator[str]:
        open_tags: list[str] = []
        for number, piece in enumerate(TAG.split(html)):
            if number % 2:
                _follow(open_tags, piece)
                yield piece
            elif RUNNING & set(open_tags) and not NEVER & set(open_tags):
                yield self._pattern.sub(self._link, piece)
            else:
                yield piece

    def _link(self, match: re.Match) -> str:
        # Without a letter's case the pattern finds İ for i; the index does not.
        entry = self._entries.get(_said(match[0]))
        if entry is None or entry.key in self.met:
            return match[0]
        self.met[entry.key] = entry
        return f'<a class="term" href="#term-{entry.key}">{match[0]}</a>'


def _follow(open_tags: list[str], tag: str) -> None:
    """Keep what is open in step with a tag; a paragraph of ours counts as a title."""
    found = NAME.match(tag)
    if not found or found[2] in VOID or tag.endswith("/>"):
        return
    if not found[1]:
        open_tags.append("title" if OURS.match(tag) else found[2])
    elif open_tags:
        open_tags.pop()


@lru_cache(maxsize=4)
def _pattern_of(
    entries: tuple[Entry, ...],
) -> tuple[re.Pattern | None, dict[str, Entry]]:
    """Return what finds any of the words, the longest first, and whose each is."""
    owners = {_said(word): entry for entry in entries for word in entry.words}
    if not owners:
        return None, {}
    longest_first = sorted(owners, key=len, reverse=True)
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return re.compile(rf"(?<![\w&])(?:{words})(?!\w)", re.IGNORECASE), owners


def _said(word: str) -> str:
    return " ".join(word.casefold().split())
