"""Which format is a file in, and which questions does it hold?"""

from collections.abc import Callable

from courses.questions.interchange import aiken, gift, moodle_xml
from courses.questions.interchange.letters import text_of
from courses.questions.interchange.neutral import (
    MOST_QUESTIONS,
    Brought,
    Read,
    Unreadable,
)


def read(content: bytes) -> Read:
    """Return the questions of a file, whatever its name says of it.

    Raises Unreadable with a stable word and, where there is one, its line.
    """
    text, notes = text_of(content)
    questions = _reader_of(text)(text)
    if not questions:
        raise Unreadable("no-questions")
    if len(questions) > MOST_QUESTIONS:
        raise Unreadable("too-many", about=str(len(questions)))
    if all(one.problem or one.kind == "description" for one in questions):
        first = next((one for one in questions if one.problem), None)
        raise _refusal(first) if first else Unreadable("no-questions")
    return Read(tuple(questions), notes)


def _refusal(question: Brought) -> Unreadable:
    return Unreadable(question.problem, question.line)


def _reader_of(text: str) -> Callable[[str], list[Brought]]:
    if (text.lstrip().startswith("<") and "</quiz" in text) or "<?xml" in text[:200]:
        return moodle_xml.read
    if any(line.strip().upper().startswith("ANSWER:") for line in text.split("\n")):
        return aiken.read
    return gift.read
