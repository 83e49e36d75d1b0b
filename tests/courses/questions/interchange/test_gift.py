"""GIFT is read whole: every kind, every escape, and what cannot be read is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions.interchange import gift
from courses.questions.interchange.neutral import (
    MOST_LETTERS,
    Kind,
    Loss,
    Option,
)

SAMPLE = Path(__file__).parent / "samples" / "todo.gift"


def es(text: str) -> dict[str, str]:
    return {"": text} if text else {}


@pytest.fixture(scope="module")
def read():
    return gift.read(SAMPLE.read_text())


def test_gift_names_every_kind_with_its_line(read):
    assert [(one.kind, one.line) for one in read] == [
        (Kind.SINGLE, 4),
        (Kind.MULTIPLE, 12),
        (Kind.TRUE_FALSE, 18),
        (Kind.TRUE_FALSE, 20),
        (Kind.MATCHING, 22),
        (Kind.SINGLE, 28),
        (Kind.NUMERIC, 30),
        (Kind.SHORT, 32),
        (Kind.ESSAY, 34),
        (Kind.DESCRIPTION, 36),
        (Kind.SINGLE, 38),
        (Kind.TRUE_FALSE, 41),
        (Kind.UNREADABLE, 43),
        (Kind.UNREADABLE, 45),
        (Kind.TRUE_FALSE, 48),
    ]
    assert {one.category for one in read} == {"$course$/Trata/Indicadores"}
    assert [one.problem for one in read if one.problem] == [
        "brace-not-closed",
        "braces-twice",
    ]


def test_gift_reads_names_weights_and_feedback(read):
    first, several = read[:2]

    assert first.name == "Capital 1"
    assert first.options == (
        Option(es("prometer"), 0, es("Todavía no.")),
        Option(es("pagar"), 50),
        Option(es("captar"), 100, es("Sí: figura en el art. 3.")),
    )
    assert first.feedback == es("El Protocolo nombra cinco actos.")
    assert [option.weight for option in several.options] == [50, 50, -100]


def test_gift_reads_true_and_false_pairs_and_a_gap(read):
    true, false, pairs, gap = read[2:6]

    assert true.options == (
        Option({}, 100, es("Así es.")),
        Option({}, 0, es("Lea otra vez.")),
    )
    assert [option.weight for option in false.options] == [0, 100]
    assert [(o.texts, o.match) for o in pairs.options] == [
        (es("captar"), es("acto")),
        (es("amenazar"), es("medio")),
        ({}, es("fin")),
    ]
    assert pairs.stem == es("Relacione cada hecho.")
    assert pairs.losses == (Loss("emphasis", 22),)
    assert gap.stem == es("La trata tiene _____ elementos.")


def test_gift_reads_escapes_and_languages(read):
    signs, marked, both = read[10], read[11], read[14]

    number, text = read[6:8]
    assert number.options == (Option(es("2000:1"), 100),)
    assert text.options == (Option(es("Palermo"), 100), Option(es("palermo"), 50))
    assert signs.stem == es("Signos: ~ = # { } : \\ y \\\notra línea")
    assert signs.options[0].texts == es("uno = 1")
    assert marked.losses == (Loss("markdown", 41),)
    assert both.stem == {"es": "¿Hay delito?", "en": "Is there a crime?"}
    assert both.losses == (Loss("tags", 47, "[tag:piloto]"),)


@given(st.text(alphabet="ab ~=#{}:\\%50-><\n/$[]mlang*", max_size=200))
def test_gift_reads_any_text_to_its_end(text):
    for question in gift.read(text):
        assert question.kind in Kind
        assert question.line >= 1


def test_gift_names_what_is_longer_than_a_question():
    long = "a" * (MOST_LETTERS + 1)
    many = "¿Cuál?{=a " + "~b " * 40 + "}"

    assert [one.problem for one in gift.read(f"{long}{{T}}\n\n{many}")] == [
        "text-too-long",
        "too-many-options",
    ]
