"""How does a database keep a cell from being a formula, as `lms.cells` does?

One pattern, made of the same tables of letters: what PostgreSQL writes by itself and
what Python writes must be the same bytes.
"""

import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from lms.cells import LIVE, UNSEEN

# The sign that stands for a line break while a cell is on its way. No cell has it.
BREAK = "\x01"


def whole(text: str) -> str:
    """Return a text without the one sign that a file cannot hold."""
    return text.replace(BREAK, "")


@cache
def live_pattern() -> str:
    """Return the regular expression for cells that a spreadsheet would reckon with.

    In it a line break is written as `BREAK`. Behind signs that nobody sees, one that
    is live however wide it is drawn; or a tab or a line break at the beginning.
    """
    unseen = _letters(lambda letter: unicodedata.category(letter) in UNSEEN)
    live = _letters(lambda letter: unicodedata.normalize("NFKC", letter) in LIVE)
    return rf"^(?:[\t\r{_escaped(ord(BREAK))}]|[{unseen}]*[{live}])"


def _letters(belongs: Callable[[str], bool]) -> str:
    """Return the inside of a bracket expression for all letters of a kind."""
    codes = [code for code in range(1, sys.maxunicode + 1) if belongs(chr(code))]
    return "".join(_ranges(codes))


def _ranges(codes: list[int]) -> Iterator[str]:
    first = codes[0]
    for code, following in pairwise([*codes, None]):
        if following != code + 1:
            end = f"-{_escaped(code)}" if code > first else ""
            yield f"{_escaped(first)}{end}"
            first = following


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
