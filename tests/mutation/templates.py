"""Which small changes may be made of a template?

Text that a translator reads is left alone, and so is all between `blocktranslate` and
its end: another sentence would be looked up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}")
UNREAD = re.compile(
    r"\{#.*?#\}"
    r"|\{% *blocktrans(?:late)?\b.*?\{% *endblocktrans(?:late)? *%\}"
    r"|\{% *(comment|verbatim)\b.*?\{% *end\1 *%\}",
    re.DOTALL,
)
# A value in quotes may hold tags, and these may hold quotes.
VALUE = r"""(?:"(?:\{%.*?%\}|\{\{.*?\}\}|[^"])*"|'(?:\{%.*?%\}|\{\{.*?\}\}|[^'])*')"""
HTML_TAG = re.compile(
    rf"""<[a-z][a-z0-9-]*(?:\{{%.*?%\}}|\{{\{{.*?\}}\}}|={VALUE}|[^>"'])*>""",
    re.DOTALL | re.IGNORECASE,
)
NAMES = "class|href|name|value|type|action|method|lang|required|alt|aria-[a-z]+"
ATTRIBUTE = re.compile(rf"\s(?:{NAMES})(?:={VALUE}|(?=[\s>]))")
FILTER = re.compile(r"""\|\w+(?::(?:"[^"]*"|'[^']*'|[\w.]+))?""")
FOR = re.compile(r"\{% *(for|empty|endfor)\b.*?%\}")


@dataclass(frozen=True, slots=True)
class Place:
    """From where to where the text of a template becomes another one."""

    start: int
    end: int
    new: str

    def changed(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]

    def line(self, text: str) -> int:
        return text.count("\n", 0, self.start) + 1


def places(text: str) -> list[Place]:
    """Return the places of a template in the order of reading."""
    unread = [match.span() for match in UNREAD.finditer(text)]
    found = {*_of_tokens(text), *_of_attributes(text), *_of_loops(text)}
    kept = [
        place
        for place in found
        if not any(start <= place.start < end for start, end in unread)
    ]
    return sorted(kept, key=lambda place: (place.start, place.end, place.new))


def _of_tokens(text: str) -> Iterator[Place]:
    for match in TOKEN.finditer(text):
        words = match[0][2:-2].split()
        if match[0].startswith("{{"):
            yield Place(*match.span(), "")
            yield from _without_filters(match)
        elif words and words[0] in {"csrf_token", "include", "url"}:
            yield Place(*match.span(), "")
        elif words and words[0] in {"if", "elif"}:
            condition = " ".join(negated(words[1:]))
            yield Place(*match.span(), f"{{% {words[0]} {condition} %}}")


def _without_filters(token: re.Match) -> Iterator[Place]:
    for match in FILTER.finditer(token[0]):
        yield Place(token.start() + match.start(), token.start() + match.end(), "")


def negated(words: list[str]) -> list[str]:
    """Return the opposite of a condition; of one with both `and` and `or`, another.

    Conditions of templates know no parentheses: each part is turned, and what joins
    them. A mixed one has only its first part turned.
    """
    if {"and", "or"} <= set(words):
        return _turned(words)
    other = {"and": "or", "or": "and"}
    parts: list[list[str]] = [[]]
    for word in words:
        if word in other:
            parts += [[word], []]
        else:
            parts[-1].append(word)
    turned = [[other[p[0]]] if p[0] in other else _turned(p) for p in parts]
    return [word for part in turned for word in part]


def _turned(words: list[str]) -> list[str]:
    return words[1:] if words[0] == "not" else ["not", *words]


def _of_attributes(text: str) -> Iterator[Place]:
    tokens = [match.span() for match in TOKEN.finditer(text)]
    for tag in HTML_TAG.finditer(text):
        for match in ATTRIBUTE.finditer(text, tag.start(), tag.end()):
            if not any(start <= match.start() < end for start, end in tokens):
                yield Place(*match.span(), "")


def _of_loops(text: str) -> Iterator[Place]:
    """Yield the body of each loop, up to its `empty` or its end."""
    open_at: list[int | None] = []
    for match in FOR.finditer(text):
        if match[1] == "for":
            open_at.append(match.end())
            continue
        start = open_at.pop()
        if start is not None and text[start : match.start()].strip():
            yield Place(start, match.start(), "")
        if match[1] == "empty":
            open_at.append(None)
