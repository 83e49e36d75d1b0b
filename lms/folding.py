"""Which letters are the same to somebody who types: case and accents are forgotten."""

import unicodedata


def folded_text(text: str) -> str:
    """Return the text without case, accents or punctuation, to compare or sort by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "".join(letters)
