"""How is a table written for a spreadsheet, so that no cell of it is a formula?"""

import csv
import unicodedata
from collections.abc import Iterable
from io import StringIO

LIVE = frozenset("=+-@|%\N{MINUS SIGN}")
BREAKS = frozenset("\t\r\n")
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def plain_cell(value: object) -> str:
    """Return the value as a cell that no spreadsheet reckons with.

    What begins like a formula gets an apostrophe before it (OWASP, CSV injection):
    behind blanks, line breaks and signs that nobody sees too, which some programs
    leave out, and in the wide letters of East Asia. So does what begins with a tab or
    a line break, which may end the cell before it.
    """
    text = str(value)
    if isinstance(value, int | float):  # below zero, a number is one all the same
        return text
    return f"'{text}" if text[:1] in BREAKS or _first_sign(text) in LIVE else text


def _first_sign(text: str) -> str:
    """Return the first sign that can be seen, as if it were of plain width."""
    seen = (sign for sign in text if unicodedata.category(sign) not in UNSEEN)
    return unicodedata.normalize("NFKC", next(seen, ""))


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Return the rows as a table with commas, every cell a plain one.

    All are quoted: where a list is parted by semicolons, as in some countries, one that
    somebody typed would begin another cell.
    """
    text = StringIO(newline="")
    file = csv.writer(text, quoting=csv.QUOTE_ALL)
    for row in rows:
        file.writerow([plain_cell(cell) for cell in row])
    return text.getvalue()
