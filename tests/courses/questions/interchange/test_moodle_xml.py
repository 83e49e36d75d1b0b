"""Moodle XML is read whole; what Campus does not keep of it is named with its line."""

from pathlib import Path

import pytest
from django.utils.translation import override

from courses.questions.interchange import moodle_xml
from courses.questions.interchange.neutral import (
    MOST_LETTERS,
    Kind,
    Loss,
    Option,
    Unreadable,
)
from courses.questions.interchange.reading import read
from courses.questions.interchange.words import lost

SAMPLE = Path(__file__).parent / "samples" / "todo.xml"
BOMB = """<?xml version="1.0"?>
<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<quiz><question type="essay"><name><text>&b;</text></name></question></quiz>"""
MOST = 2 * 1024 * 1024
HOSTILE = {
    "empty": b"",
    "blanks": b" \n\t\n",
    "binary": bytes(range(256)) * 20,
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "archive": b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
    "bomb": BOMB.encode(),
    "outside": b'<?xml version="1.0"?><!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>',
    "ten megabytes": b"a" * (5 * MOST),
    "deep": b"<?xml version='1.0'?><quiz>" + b"<a>" * 100_000,
    "wide": b"<?xml version='1.0'?><quiz>" + b"<a/>" * (MOST // 4 - 10),
    "page": b"<!DOCTYPE html><html><body>Hola</body></html>",
    "other xml": b"<?xml version='1.0'?><manifest/>",
    "no question": b"<?xml version='1.0'?><quiz></quiz>",
    "half": b"<?xml version='1.0'?><quiz><question",
    "one line": b"{" * MOST,
    "tags": b"[html]" + b"<b" * (MOST // 2 - 10) + b"{T}",
    "comments": b"[html]" + b"<!--" * (MOST // 4 - 10) + b"{T}",
    "escapes": b"\\" * (MOST - 4) + b"{T}",
    "colons": b"::" + b":" * (MOST - 10) + b"{T",
    "weights": b"x{~" + b"%" * (MOST - 10) + b"}",
    "501": b"a{T}\n\n" * 501,
    "a table": b"Pregunta;Respuesta\nUno;Dos\n",
}
WORDS = {
    "empty": "empty",
    "blanks": "empty",
    "binary": "binary",
    "picture": "binary",
    "archive": "broken",
    "bomb": "declares",
    "outside": "declares",
    "ten megabytes": "too-big",
    "deep": "too-deep",
    "wide": "too-many-elements",
    "page": "no-questions",
    "other xml": "not-moodle",
    "no question": "no-questions",
    "half": "broken-xml",
    "one line": "brace-not-closed",
    "tags": "text-too-long",
    "comments": "text-too-long",
    "escapes": "text-too-long",
    "colons": "brace-not-closed",
    "weights": "text-too-long",
    "501": "too-many",
    "a table": "no-questions",
}


@pytest.fixture(scope="module")
def brought():
    return moodle_xml.read(SAMPLE.read_text())


def test_xml_names_every_kind_with_its_line(brought):
    assert [(one.kind, one.line, one.told) for one in brought] == [
        (Kind.MULTIPLE, 6, "multichoice"),
        (Kind.TRUE_FALSE, 25, "truefalse"),
        (Kind.MATCHING, 31, "matching"),
        (Kind.NUMERIC, 38, "numerical"),
        (Kind.SHORT, 39, "shortanswer"),
        (Kind.ESSAY, 40, "essay"),
        (Kind.DESCRIPTION, 41, "description"),
        (Kind.OTHER, 42, "cloze"),
        (Kind.ORDERING, 43, "ordering"),
    ]
    assert brought[0].category == "$course$/Trata/Indicadores"
    assert brought[5].losses == (Loss("element", 40, "graderinfo"),)


def test_xml_reads_steps_by_the_place_that_moodle_gives_them(brought):
    steps = brought[8]

    assert steps.options == (
        Option({"": "proteger"}, 100),
        Option({"": "remitir"}, 100),
    )
    assert steps.losses == ()


def test_xml_takes_two_languages_apart(brought):
    several = brought[0]

    assert several.stem == {
        "es": "¿Qué verbos son actos?",
        "en": "Which verbs are acts?",
    }
    assert several.options == (
        Option({"es": "captar", "en": "recruit"}, 50),
        Option({"": "acoger"}, 50, {"": "Sí."}),
        Option({"": "pagar"}, -50),
    )


def test_xml_names_what_is_lost(brought):
    assert [(loss.word, loss.about) for loss in brought[0].losses] == [
        ("file", "1.png"),
        ("emphasis", ""),
        ("picture", "un mapa"),
        ("language", "fr"),
        ("hint", "Son cinco."),
        ("tags", "piloto"),
        ("verdict", "¡Bien!"),
        ("grade", "2.0000000"),
    ]


def test_a_picture_is_named_with_the_line_in_which_it_stands(brought):
    file, emphasis = brought[0].losses[:2]

    with override("en"):
        assert lost(file, brought[0].line) == "the file “1.png” (line 10)"
        assert lost(emphasis, emphasis.line) == "bold and italics"


def test_xml_reads_true_and_false_and_pairs(brought):
    true, pairs = brought[1:3]

    number, text = brought[3:5]
    assert number.options == (Option({"": "2000:1"}, 100),)
    assert text.options == (Option({"": "Palermo"}, 100),)
    assert true.stem == {"": "¿Cruza <siempre> una frontera?"}
    assert [option.weight for option in true.options] == [100, 0]
    assert [(o.texts, o.match) for o in pairs.options] == [
        ({"": "captar"}, {"": "acto"}),
        ({"": "acoger"}, {"": "acto"}),
        ({}, {"": "fin"}),
    ]


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_of_old_machines_are_read(letters):
    text = SAMPLE.read_text()

    found = read(text.encode(letters))

    assert found.questions == tuple(moodle_xml.read(text))
    assert [note.word for note in found.notes] == (
        ["old-letters"] if letters == "cp1252" else []
    )


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "unit", ["{mlang ", "<!--", "<a ", "</", "<span>", "&#1", "{mlang" + " " * 19_000]
)
@pytest.mark.parametrize("form", ["html", "plain_text"])
def test_texts_that_lead_on_and_on_are_read_soon(unit, form):
    text = (unit * MOST_LETTERS)[: MOST_LETTERS - 1]
    whole = f"<p>{text}".replace("&", "&amp;").replace("<", "&lt;")
    question = "<question type='essay'>"
    question += f"<questiontext format='{form}'><text>{whole}</text>"
    body = f"{question}</questiontext></question>" * 20

    assert len(moodle_xml.read(f"<quiz>{body}</quiz>")) == 20


@pytest.mark.timeout(5)
@pytest.mark.parametrize("name", HOSTILE)
def test_what_harms_is_refused_in_a_word(name):
    with pytest.raises(Unreadable) as refusal:
        read(HOSTILE[name])

    assert refusal.value.loss.word == WORDS[name]
