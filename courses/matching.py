"""Whether a text has the words that somebody looks for, and which passage shows them.

Words are compared folded, by how they begin: "proteccion" finds "protección" and
"Protecciones", and every word that was asked for must be there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from lms.folding import folded_text

MOST_WORDS = 10
BEFORE, LONG = 60, 220
WORD = re.compile(r"[^\W_]+")
Piece = tuple[str, bool]  # a stretch of text, and whether it is what was looked for


def words_in(asked: str) -> list[str]:
    """Return the words that somebody typed, folded, each once."""
    return list(dict.fromkeys(folded_text(asked).split()))[:MOST_WORDS]


def spelled(text: str) -> dict[str, str]:
    """Return folded word → how a text spells it."""
    words = WORD.findall(normalize("NFC", text).lower())
    return {folded_text(word): word for word in words}


def has_all(words: Iterable[str], folded: str) -> bool:
    """Whether each of the words begins a word of the folded text."""
    known = folded.split()
    return all(any(one.startswith(word) for one in known) for word in words)


def place_of(words: Iterable[str], parts: Sequence[str]) -> int:
    """Return with which of the folded parts all words have been met.

    The parts go from what says most of a text to the whole of it.
    """
    wanted, known = list(words), ""
    for place, part in enumerate(parts):
        known = f"{known} {part}"
        if has_all(wanted, known):
            return place
    return len(parts)


def near(word: str) -> re.Pattern[str]:
    """Return what begins as a folded word does, but for one letter.

    It is another one, one too many or too few, or two that changed places.
    """
    forms = set()
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        changed = (after[1:], f".{after[1:]}", f".{after}", after[1::-1] + after[2:])
        forms |= {before + form for form in changed}
    return re.compile("|".join(sorted(forms)))


def passage(text: str, words: Sequence[str]) -> list[Piece]:
    """Return a short passage around the first word that is found, piece by piece.

    A text that has none of them (its title may) is shown from its beginning.
    """
    text = normalize("NFC", text)
    first = next(_found(text, words), None)
    start, end = _around(text, first.start() if first else 0)
    pieces = list(_pieces(text[start:end], words))
    before = [("… ", False)] if start else []
    after = [(" …", False)] if end < len(text) else []
    return before + pieces + after


def marked(text: str, words: Sequence[str]) -> list[Piece]:
    """Return a whole text, piece by piece."""
    return list(_pieces(normalize("NFC", text), words))


def _found(text: str, words: Sequence[str]) -> Iterator[re.Match]:
    for match in WORD.finditer(text):
        if folded_text(match[0]).startswith(tuple(words)):
            yield match


def _around(text: str, place: int) -> tuple[int, int]:
    """Return where a passage begins and ends, between words."""
    start, end = 0, len(text)
    if place > BEFORE:
        start = text.find(" ", place - BEFORE, place) + 1 or place
    if end > start + LONG:
        end = max(text.rfind(" ", place, start + LONG), place)
    return start, end


def _pieces(shown: str, words: Sequence[str]) -> Iterator[Piece]:
    at = 0
    for match in _found(shown, words):
        if match.start() > at:
            yield shown[at : match.start()], False
        yield match[0], True
        at = match.end()
    if at < len(shown):
        yield shown[at:], False
