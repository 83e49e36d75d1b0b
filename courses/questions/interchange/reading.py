"""Which format is a file in, and which questions does it hold?"""

import re
from collections.abc import Callable

from courses.questions.interchange import aiken, gift, moodle_xml, packages, qti, sheets
from courses.questions.interchange.letters import text_of
from courses.questions.interchange.neutral import (
    MOST_BYTES,
    MOST_QUESTIONS,
    Brought,
    Loss,
    Read,
    Unreadable,
)

HEAD = 2000  # letters in which an item of QTI says that it is one
ITEM = re.compile(r"<(?:\w{1,20}:)?assessmentItem\b")


def read(content: bytes) -> Read:
    """Return the questions of a file, whatever its name says of it.

    Raises Unreadable with a stable word and, where there is one, its line.
    """
    if content.startswith(packages.BEGINNING):
        if len(content) > MOST_BYTES:
            raise Unreadable("too-big")
        return _report(*packages.read(content))
    text, notes = text_of(content)
    if sheets.is_one(text):
        found = sheets.read_text(text)
        return _report(found.questions, (*notes, *found.notes))
    return _of_text(_reader_of(text)(text), notes)


def _report(questions: list[Brought], notes: tuple[Loss, ...]) -> Read:
    """Return the questions even where none can be read: each says what is wrong."""
    if not questions:
        raise Unreadable("no-questions")
    if len(questions) > MOST_QUESTIONS:
        raise Unreadable("too-many", about=str(len(questions)))
    return Read(tuple(questions), notes)


def _of_text(questions: list[Brought], notes: tuple[Loss, ...]) -> Read:
    """Return the questions; where none can be read, it is perhaps no such text."""
    if questions and all(one.problem or one.kind == "description" for one in questions):
        first = next((one for one in questions if one.problem), None)
        raise _refusal(first) if first else Unreadable("no-questions")
    return _report(questions, notes)


def _refusal(question: Brought) -> Unreadable:
    return Unreadable(question.problem, question.line)


def _reader_of(text: str) -> Callable[[str], list[Brought]]:
    if ITEM.search(text[:HEAD]) and "<quiz" not in text[:HEAD]:
        return lambda text: [qti.read(text)]
    if (text.lstrip().startswith("<") and "</quiz" in text) or "<?xml" in text[:200]:
        return moodle_xml.read
    if any(line.strip().upper().startswith("ANSWER:") for line in text.split("\n")):
        return aiken.read
    return gift.read
