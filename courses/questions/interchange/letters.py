"""In which letters is a file of questions written, and is it a text at all?"""

import unicodedata
from io import BytesIO

from courses.questions.interchange.neutral import MOST_BYTES, Loss, Unreadable
from lms.team.roster.texts import encoding_of

# Unicode keeps them for programs: GIFT's escaped signs wait in them.
RESERVED = {chr(code) for code in range(0xFDD0, 0xFDF0)}
KEPT_SIGNS = "\n\t"


def text_of(content: bytes) -> tuple[str, tuple[Loss, ...]]:
    """Return a file as text with one kind of line end, and what there is to say of it.

    Raises Unreadable: empty, too-big, binary.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("too-big")
    letters = encoding_of(BytesIO(content))
    text = content.decode(letters, errors="replace").lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable("empty")
    if any(is_for_programs(sign) for sign in set(text)):
        raise Unreadable("binary")
    return text, (Loss("old-letters"),) if letters == "cp1252" else ()


def is_for_programs(sign: str) -> bool:
    """Whether no text of people holds the sign."""
    control = unicodedata.category(sign) in {"Cc", "Cs"} and sign not in KEPT_SIGNS
    return control or sign in RESERVED
