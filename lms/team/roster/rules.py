"""How much may a list hold, and what makes an address one that we can write to?"""

import unicodedata

from django.core.exceptions import ValidationError

from lms.people.addresses import validate_address

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 200
MOST_LETTERS = 2000  # of a cell
MOST_LETTERS_OF_AN_ADDRESS = 254
MOST_LINE_BREAKS = 5  # of a cell: more come of a quotation mark left open
MOST_EMPTY_ROWS = 1000  # one after the other: what follows is not read
BLANK = {"Cc", "Cs", "Zs", "Zl", "Zp"}  # half a pair too: nothing can store it
UNSEEN = " \u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def cleaned(text: str) -> str:
    """Return a cell in one line, without control signs and unseen ones at its ends.

    Inside, invisible signs stay: they may be part of a name, and in an address they are
    an error that somebody should hear of.
    """
    if not text.isprintable():
        text = "".join(
            " " if unicodedata.category(sign) in BLANK else sign for sign in text
        )
        text = text.strip(UNSEEN)
    return " ".join(text.split())


def address_of(cell: str) -> tuple[str, str]:
    """Return the address of a cell, in lower case, and the name beside it, if any.

    Both ways in which mail programs write it: `mailto:ana@…` and `Ana Ruiz <ana@…>`.
    """
    name, bracket, rest = cell.partition("<")
    if bracket and rest.endswith(">"):
        return rest[:-1].strip().lower(), name.strip(' "')
    return cell.removeprefix("mailto:").lower(), ""


def hidden_sign(address: str) -> str:
    """Return the number of the first sign that nobody can see, or nothing."""
    for sign in address:
        if unicodedata.category(sign)[0] == "C" or sign == "\u2800":
            return f"U+{ord(sign):04X}"
    return ""


def address_flaw(address: str) -> str:
    """Return what keeps us from writing to an address: nothing when we can."""
    if not address:
        return "address-missing"
    if len(address) > MOST_LETTERS_OF_AN_ADDRESS:
        return "address-long"
    if hidden_sign(address):
        return "address-hidden"
    if address.count("@") > 1:
        return "address-many"
    try:
        validate_address(address)
    except ValidationError:
        return "address-wrong"
    return ""
