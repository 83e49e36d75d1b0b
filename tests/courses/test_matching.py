"""Words that are looked for, and the passage that shows them."""

import pytest

from courses.matching import MOST_WORDS, has_all, passage, words_in
from lms.folding import folded_text

LONG = "Antes de todo esto. " * 20 + "La protección llega. " + "Y después sigue. " * 20


def marked(pieces):
    return [text for text, is_word in pieces if is_word]


def whole(pieces):
    return "".join(text for text, _is_word in pieces)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Protección  de NIÑAS", ["proteccion", "de", "ninas"]),
        ("trata-trata", ["trata"]),
        ('"*:()', []),
        ("", []),
    ],
)
def test_words_are_folded_and_each_stands_once(asked, words):
    assert words_in(asked) == words


def test_words_beyond_the_tenth_are_not_looked_for():
    assert len(words_in(" ".join(f"w{n}" for n in range(30)))) == MOST_WORDS


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("proteccion", True),
        ("PROTECCIÓN", True),
        ("protec nin", True),
        ("otección", False),  # the end of a word
        ("protección adulta", False),  # one of two
    ],
)
def test_every_word_begins_a_word_of_the_text(asked, found):
    text = folded_text("La protección de la niñez")

    assert has_all(words_in(asked), text) is found


def test_passage_marks_the_words_as_they_are_written():
    pieces = passage("La Protección de niñas y protecciones", ["proteccion", "nin"])

    assert marked(pieces) == ["Protección", "niñas", "protecciones"]
    assert whole(pieces) == "La Protección de niñas y protecciones"


def test_passage_begins_shortly_before_the_first_word_and_ends_between_words():
    pieces = passage(LONG, ["protec"])

    shown = whole(pieces)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 240
    assert marked(pieces) == ["protección"]
    assert set(shown.split()) <= {*LONG.split(), "…"}


def test_passage_of_a_text_without_the_words_is_its_beginning():
    pieces = passage(LONG, ["trata"])

    assert whole(pieces).startswith("Antes de todo")
    assert marked(pieces) == []


def test_passage_finds_an_accent_that_is_a_sign_of_its_own():
    assert marked(passage("La proteccio\u0301n llega", ["proteccion"])) == [
        "protección"
    ]
