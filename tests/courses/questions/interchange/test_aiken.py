"""Aiken is read whole, and what cannot be read is named with its line."""

from courses.questions.interchange import aiken
from courses.questions.interchange.neutral import Kind, Option

GOOD = """¿Quién firmó
el Protocolo?
A) Nadie
B. Los Estados <todos>
ANSWER: b

Two?
A) One
B) Two
ANSWER: A
"""
BAD = """One?
A) a
A) b
ANSWER: A

Two?
A) a
more
ANSWER: A

Three?
A) a
ANSWER: C

ANSWER: A

Last?
A) a
"""


def test_aiken_reads_questions_answers_and_the_right_letter():
    first, second = aiken.read(GOOD)

    assert (first.kind, first.line) == (Kind.SINGLE, 1)
    assert first.stem == {"": "¿Quién firmó\nel Protocolo?"}
    assert first.options == (
        Option({"": "Nadie"}, 0),
        Option({"": "Los Estados <todos>"}, 100),
    )
    assert second.line == 7


def test_aiken_names_what_it_cannot_read():
    assert [(one.problem, one.line) for one in aiken.read(BAD)] == [
        ("option-twice", 1),
        ("text-after-options", 6),
        ("answer-unknown", 11),
        ("no-stem", 15),
        ("no-answer-line", 17),
    ]
