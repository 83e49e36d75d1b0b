"""What becomes of a question of a file is said before anybody accepts it."""

from pathlib import Path

import pytest

from courses.questions.interchange.documents import brought_of, document_of
from courses.questions.interchange.judging import folded, judge
from courses.questions.interchange.neutral import Brought, Kind, Option, Read
from courses.questions.interchange.reading import read
from courses.questions.interchange.writing import as_gift, as_moodle_xml
from courses.questions.rules import problems_of
from tests.factories import KINDS, TYPED, document

A = {"es": "a"}
SAMPLES = Path(__file__).parent / "samples"


def judged(name: str, **bank: str):
    found = read((SAMPLES / name).read_bytes())
    stems = {folded(stem): code for code, stem in bank.items()}
    return judge(found, language="es", bank=stems)


def test_judge_takes_what_campus_has_a_kind_for_and_converts_nothing():
    found = judged("todo.xml")

    assert [(one.question.kind, one.problem) for one in found] == [
        (Kind.MULTIPLE, ""),
        (Kind.TRUE_FALSE, ""),
        (Kind.MATCHING, ""),
        (Kind.NUMERIC, ""),
        (Kind.SHORT, ""),
        (Kind.ESSAY, "not-kept-essay"),
        (Kind.DESCRIPTION, "not-kept-description"),
        (Kind.OTHER, "not-kept-other"),
        (Kind.ORDERING, ""),
    ]
    assert [one.is_taken for one in found] == [True] * 5 + [False] * 3 + [True]
    assert found[8].document["correct"] == ["a", "b"]


def test_judge_says_what_is_lost_and_what_is_missing():
    first, second, third = judged("todo.gift")[:3]

    assert [(loss.word, loss.about) for loss in first.losses] == [
        ("option-feedback", "Todavía no."),
        ("option-feedback", "Sí: figura en el art. 3."),
        ("weights", ""),
    ]
    assert first.missing == ("language-en", "source", "lesson")
    assert second.losses == ()
    assert third.missing == ("language-en", "feedback", "source", "lesson")


def test_judge_knows_what_the_bank_and_the_file_have_already():
    text = "¿Quién es víctima?{=Ana ~Eva}\n\nIs it?{T}\n\nquien es VICTIMA{F}"
    found = read(text.encode())

    one, two, three = judge(found, language="es", bank={folded("is it"): "C1-1"})

    assert (one.is_taken, one.twin, one.twin_line) == (True, "", 0)
    assert (two.is_taken, two.twin) == (False, "C1-1")
    assert (three.is_taken, three.twin_line) == (False, 1)


@pytest.mark.parametrize(
    ("kind", "options", "problem"),
    [
        (Kind.SINGLE, [Option({"es": "a"}, 100)], "too-few-options"),
        (
            Kind.SINGLE,
            [Option({"es": "a"}, 50), Option({"es": "b"})],
            "no-right-answer",
        ),
        (Kind.SINGLE, [Option({"es": "a"}, 100)] * 2, "no-right-answer"),
        (Kind.MULTIPLE, [Option({"es": "a"}), Option({}, 100)], "empty-option"),
        (Kind.MULTIPLE, [Option({"es": "a"})] * 2, "no-right-answer"),
        (
            Kind.MATCHING,
            [Option({"es": "a"}, match={"es": "b"})] * 2,
            "too-few-options",
        ),
        (Kind.MATCHING, [Option({"es": "a"})] * 2, "no-right-answer"),
        (Kind.NUMERIC, [Option({"": "doce"}, 100)], "no-right-answer"),
        (Kind.NUMERIC, [Option({"": "12:-1"}, 100)], "no-right-answer"),
        (Kind.NUMERIC, [Option({"": "12"}, 50)], "no-right-answer"),
        (Kind.SHORT, [Option({"": "*"}, 100)], "no-right-answer"),
    ],
)
def test_judge_takes_no_question_without_an_answer(kind, options, problem):
    question = Brought(kind, 1, {"es": "¿?"}, tuple(options))

    (found,) = judge(Read((question,)), language="es", bank={})

    assert (found.problem, found.document) == (problem, None)


def test_a_question_without_words_is_none():
    (found,) = judge(Read((Brought(Kind.SINGLE),)), language="es", bank={})

    assert found.problem == "no-stem"


def without_keys(document):
    """Return a document whose matches are texts: their letters say nothing."""
    if document["type"] != "matching":
        return document
    options, correct = document["options"], document["correct"]
    texts = {row["key"]: row["es"] for row in options["right"]}
    return document | {
        "options": (options["left"], sorted(texts.values())),
        "correct": {left: texts[right] for left, right in correct.items()},
    }


@pytest.mark.parametrize("kind", [*KINDS, *TYPED])
def test_a_document_survives_the_form_of_all_files(kind):
    written = document(kind)
    if kind == "truefalse":
        written["options"][0] |= {"en": "True", "mistake": {"es": "Confía"}}
        written["options"][1] |= {"en": "False"}

    brought = brought_of(written, name="C1")

    assert without_keys(document_of(brought)) == without_keys(written)
    assert problems_of(document_of(brought), languages=["es", "en"]) == []


@pytest.mark.parametrize(
    ("numbers", "correct", "tolerance"),
    [
        (["3:2"], ["3"], "2"),
        (["1..5", "7"], ["1..5", "7"], None),
        (["3:0.5", "9:0.5"], ["3", "9"], "0.5"),
        (["3:0.5", "9:1"], ["3", "8..10"], "0.5"),
        (["-0,25:0,05"], ["-0,25"], "0.05"),
    ],
)
def test_numbers_of_a_file_count_as_far_off_as_it_says(numbers, correct, tolerance):
    options = tuple(Option({"": text}, 100) for text in numbers)

    found = document_of(Brought(Kind.NUMERIC, 1, {"es": "¿?"}, options))

    assert (found["correct"], found.get("tolerance")) == (correct, tolerance)


def test_variants_of_a_file_stand_in_its_language():
    options = (Option({"es": "trata"}, 100), Option({"es": "la trata"}, 100))

    (found,) = judge(
        Read((Brought(Kind.SHORT, 1, {"es": "¿?"}, options),)), language="es", bank={}
    )

    assert found.document["options"] == [
        {"key": "v1", "es": "trata", "en": ""},
        {"key": "v2", "es": "la trata", "en": ""},
    ]
    assert "language-en" in found.missing


AIKEN = "¿Quién firmó?\nA) Nadie\nB) Los niños\nANSWER: B\n"


@pytest.mark.parametrize("letters", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("text", [AIKEN, (SAMPLES / "todo.gift").read_text()])
def test_old_letters_and_marks_of_order_change_no_question(text, letters):
    found = read(text.replace("\n", "\r\n").encode(letters))

    assert found.questions == read(text.encode()).questions
    assert [one.word for one in found.notes] == ["old-letters"] * (letters == "cp1252")


@pytest.mark.parametrize("write", [as_gift, as_moodle_xml])
@pytest.mark.parametrize("kind", TYPED)
def test_what_is_typed_comes_back_from_a_file_as_it_went(kind, write):
    written = document(kind, mark="m")

    (back,) = read(write([brought_of(written, name="C1")]).encode()).questions

    assert document_of(back) == written
