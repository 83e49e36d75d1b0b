"""Which words of a text should be others, and where; a quotation may keep them.

A passage quotes in quotation marks, or as a quotation of the page. A word of which
lessons speak as such (a term under discussion) may also stand in italics.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from unicodedata import normalize

GAP = " § "  # what no pattern reaches over
QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
QUOTATION = re.compile(r"<(q|blockquote)\b[^>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
ITALICS = re.compile(r"<(i|em)\b[^>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
END_OF_PARAGRAPH = re.compile(r"</?(?:p|li|ul|ol|h\d|br|hr)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that an editor filled in, and where it stands.

    `discussed`: it is there to name such words, as the glossary does.
    """

    place: str
    text: str
    is_html: bool = False
    discussed: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording to avoid in a language: the term to use, and why.

    `is_error`: nothing is published with it. `discussed`: it may stand in italics.
    """

    key: str
    pattern: str
    term: str
    reason: str
    is_error: bool = True
    discussed: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that should be others: where, as they stand there, and by which rule."""

    place: str
    wording: str
    rule: Rule


def findings_in(passages: Iterable[Passage], rules: Sequence[Rule]) -> list[Finding]:
    """Return each wording to avoid, once for a place, in the order of the text."""
    return list(_findings(tuple(passages), tuple(rules)))


@lru_cache(maxsize=64)  # of a page several times while it is published
def _findings(
    passages: tuple[Passage, ...], rules: tuple[Rule, ...]
) -> tuple[Finding, ...]:
    asked = [one for one in passages if one.text and not one.discussed]
    texts = [_said_in(one) for one in asked]
    bare = [_said_in(one, but=ITALICS) for one in asked]
    found = []
    for rule in rules:
        says = bare if rule.discussed else texts
        look = re.compile(rule.pattern, re.IGNORECASE)
        if look.search(GAP.join(says)):
            found += list(_found(rule, look, asked, says))
    order = {one.place: number for number, one in reversed(list(enumerate(asked)))}
    return tuple(sorted(dict.fromkeys(found), key=lambda one: order[one.place]))


def _found(
    rule: Rule, look: re.Pattern[str], asked: list[Passage], says: list[str]
) -> Iterator[Finding]:
    for passage, text in zip(asked, says, strict=True):
        for hit in look.finditer(text):
            yield Finding(passage.place, hit[0], rule)


def _said_in(passage: Passage, *, but: re.Pattern[str] = QUOTATION) -> str:
    """Return what a passage says in its own voice, with single spaces."""
    text = passage.text
    if passage.is_html:
        text = but.sub(GAP, QUOTATION.sub(GAP, text))
        text = TAG.sub("", END_OF_PARAGRAPH.sub("\n\n", text))
        text = unescape(text)
    text = normalize("NFC", text).translate(UNSEEN)
    paragraphs = re.split(r"\n\s*\n", text)
    return GAP.join(QUOTED.sub(GAP, " ".join(one.split())) for one in paragraphs)
