"""A pattern out of plain words, as editors write them: "menor*", "prostituta infantil".

An asterisk at the end of a word stands for any ending; nothing else is a sign.
"""

import re

PLAIN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*\*?")
ENDING = r"\w{0,12}"


class NotPlain(ValueError):
    """Something else than words, with an asterisk at the end of some."""


def pattern_of(lines: str) -> str:
    """Return what finds any of these words or phrases, one on a line.

    Raises `NotPlain` with the first that is not made of words.
    """
    phrases = [" ".join(line.split()) for line in lines.splitlines()]
    said = list(dict.fromkeys(filter(None, phrases)))
    # The longest first: of two that begin alike, the whole one is found.
    said.sort(key=len, reverse=True)
    found = [
        " ".join(_word(word, phrase) for word in phrase.split()) for phrase in said
    ]
    return rf"\b(?:{'|'.join(found)})\b" if len(found) > 1 else rf"\b{found[0]}\b"


def _word(word: str, phrase: str) -> str:
    if not PLAIN.fullmatch(word):
        raise NotPlain(phrase)
    return re.escape(word.removesuffix("*")) + (ENDING if word.endswith("*") else "")
