"""How an answer reads in a language."""

import pytest

from courses.questions.words import lines_of
from tests.factories import document


@pytest.mark.parametrize(
    ("kind", "answer", "lines"),
    [
        ("single", ["b"], ["Dos (en)"]),
        ("single", None, []),
        ("multiple", ["c", "a"], ["Uno (en)", "Tres (en)"]),
        ("truefalse", ["f"], ["Falso (en)"]),
        ("ordering", ["c", "", "a"], ["Tres (en)", "–", "Uno (en)"]),
        ("matching", {"2": "A"}, ["Hecho dos (en) → Acto (en)"]),
    ],
)
def test_lines_of_an_answer(kind, answer, lines):
    found = lines_of(document(kind), answer, "en")

    assert [" ".join(line.split()) for line in found] == lines
