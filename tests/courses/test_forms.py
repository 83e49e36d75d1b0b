"""The questions of a page as a form, without a browser and without a database."""

import pytest
from django.http import QueryDict

from courses.forms import AnswerSheet
from courses.models import AttemptItem, QuestionVersion
from tests.factories import KINDS, document

SHOWN = {
    "single": ["c", "a", "b"],
    "multiple": ["b", "a", "c"],
    "truefalse": ["t", "f"],
    "matching": {"left": ["2", "1"], "right": ["B", "A"]},
    "ordering": ["b", "a", "c"],
}


def item(kind: str, *, position: int = 1, answer=None) -> AttemptItem:
    return AttemptItem(
        position=position,
        version=QuestionVersion(document=document(kind, mark="m")),
        shown=SHOWN[kind],
        answer=answer,
    )


def sheet(*items, posted: str | None = None, language: str = "es") -> AnswerSheet:
    data = None if posted is None else QueryDict(posted)
    return AnswerSheet(items, language=language, posted=data)


def test_a_question_is_shown_in_the_order_that_was_frozen():
    [asked] = sheet(item("single", answer=["a"])).questions

    assert [(o.id, o.value, o.text, o.chosen) for o in asked.options] == [
        ("q-1-1", "1", "Tres m", False),
        ("q-1-2", "2", "Uno m", True),
        ("q-1-3", "3", "Dos m", False),
    ]


def test_a_question_is_shown_in_the_language_asked_for():
    [asked] = sheet(item("truefalse"), language="en").questions

    assert asked.stem == "Pregunta truefalse m (en)"
    assert [option.text for option in asked.options] == [
        "Verdadero m (en)",
        "Falso m (en)",
    ]


def test_matching_has_a_select_for_each_statement():
    [asked] = sheet(item("matching", answer={"1": "B"})).questions

    assert [(row.name, row.text) for row in asked.rows] == [
        ("q-1-1", "Hecho dos m"),
        ("q-1-2", "Hecho uno m"),
    ]
    assert [[(o.text, o.chosen) for o in row.options] for row in asked.rows] == [
        [("Medio m", False), ("Acto m", False)],
        [("Medio m", True), ("Acto m", False)],
    ]
    assert asked.offered == []


def test_long_answers_to_match_are_listed_by_letter_to_be_read_in_full():
    long = item("matching")
    for option in long.version.document["options"]["right"]:
        option["es"] = f"{option['key']} que no cabe en la pantalla de un teléfono"

    [asked] = sheet(long).questions

    assert asked.offered == [
        "B que no cabe en la pantalla de un teléfono",
        "A que no cabe en la pantalla de un teléfono",
    ]
    assert [option.text for option in asked.rows[0].options] == [
        "A. B que no cabe en la pantalla de un teléfono",
        "B. A que no cabe en la pantalla de un teléfono",
    ]


def test_ordering_has_a_position_for_each_step():
    [asked] = sheet(item("ordering", answer=["c", "", "b"])).questions

    assert [row.text for row in asked.rows] == ["Dos m", "Uno m", "Tres m"]
    assert [[o.value for o in row.options if o.chosen] for row in asked.rows] == [
        ["3"],
        [],
        ["1"],
    ]


def test_answers_are_read_as_option_keys():
    items = [item(kind, position=at) for at, kind in enumerate(KINDS, start=1)]

    read = sheet(
        *items,
        posted="q-1=3&q-2=&q-2=1&q-2=3&q-3=2&q-4-1=2&q-4-2=1&q-5-1=3&q-5-2=2&q-5-3=1",
    )

    assert read.is_valid
    assert read.answers == {
        1: ["b"],
        2: ["b", "c"],
        3: ["f"],
        4: {"2": "A", "1": "B"},
        5: ["c", "a", "b"],
    }


def test_a_question_that_was_not_posted_is_left_alone():
    read = sheet(item("single", answer=["a"]), posted="go=stay")

    assert (read.is_valid, read.answers) == (True, {})


def test_a_select_that_was_not_posted_keeps_what_was_saved():
    read = sheet(item("matching", answer={"1": "B", "2": "B"}), posted="q-1-1=2")

    assert read.answers == {1: {"1": "B", "2": "A"}}


def test_errors_stand_in_the_order_of_the_questions():
    read = sheet(
        item("single", position=11),
        item("ordering", position=12),
        posted="q-12-1=1&q-12-2=1&q-11=9&q-1=1",
        language="en",
    )

    assert not read.is_valid
    assert [error["href"] for error in read.errors] == [
        "#q-11-1",
        "#q-12-1",
        "#questions",
    ]
    assert [asked.problem for asked in read.questions] == [
        error["text"] for error in read.errors[:2]
    ]


def test_a_refused_order_shows_the_positions_that_were_chosen():
    read = sheet(item("ordering"), posted="q-1-1=2&q-1-2=1&q-1-3=2")

    [asked] = read.questions
    assert [[o.value for o in row.options if o.chosen] for row in asked.rows] == [
        ["2"],
        ["1"],
        ["2"],
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_carries_nothing_of_the_key(kind):
    [asked] = sheet(item(kind)).questions

    assert "KEY" not in repr(asked)
