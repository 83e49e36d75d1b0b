"""How an answer travels through a form."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions.inputs import Unreadable, answer_of, names_of, values_of
from courses.questions.rules import order_shown
from tests.factories import KINDS, document

PAIRS = {"left": ["2", "1"], "right": ["B", "A"]}


@pytest.mark.parametrize(
    ("kind", "shown", "names"),
    [
        ("single", ["a", "b"], ["q-7"]),
        ("multiple", ["a", "b"], ["q-7"]),
        ("truefalse", ["t", "f"], ["q-7"]),
        ("matching", PAIRS, ["q-7-1", "q-7-2"]),
        ("ordering", ["a", "c", "b"], ["q-7-1", "q-7-2", "q-7-3"]),
    ],
)
def test_names_of_the_inputs_are_places_on_the_screen(kind, shown, names):
    assert names_of(kind, shown, position=7) == names


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers())
def test_an_answer_comes_back_from_the_form_as_it_was_kept(kind, seed):
    asked = document(kind)
    shown = order_shown(asked, chance=Random(seed))

    values = values_of(asked["correct"], kind, shown, position=1)
    answer = answer_of(values, kind, shown, position=1)

    if kind == "multiple":
        assert sorted(answer) == sorted(asked["correct"])
    else:
        assert answer == asked["correct"]


@pytest.mark.parametrize(
    ("kind", "shown", "empty"),
    [
        ("single", ["a", "b"], []),
        ("multiple", ["a", "b"], []),
        ("matching", PAIRS, {}),
        ("ordering", ["a", "c", "b"], []),
    ],
)
def test_a_question_without_an_answer_has_empty_inputs(kind, shown, empty):
    values = values_of(None, kind, shown, position=1)

    assert [value for inputs in values.values() for value in inputs] == []
    assert answer_of(values, kind, shown, position=1) == empty


def test_a_draft_comes_back_with_its_gaps():
    shown = ["a", "c", "b"]

    values = values_of(["", "b", ""], "ordering", shown, position=1)

    assert values == {"q-1-1": [], "q-1-2": [], "q-1-3": ["2"]}
    assert answer_of(values, "ordering", shown, position=1) == ["", "b", ""]


def test_a_statement_without_a_match_is_left_out():
    values = {"q-1-1": ["1"], "q-1-2": [""]}

    assert answer_of(values, "matching", PAIRS, position=1) == {"2": "B"}


@pytest.mark.parametrize(
    ("kind", "shown", "values", "problem"),
    [
        ("single", ["a", "b"], {"q-1": ["3"]}, "unknown-option"),
        ("single", ["a", "b"], {"q-1": ["a"]}, "unknown-option"),
        ("single", ["a", "b"], {"q-1": ["1", "1"]}, "one-option-only"),
        ("truefalse", ["t", "f"], {"q-1": ["1", "2"]}, "one-option-only"),
        ("multiple", ["a", "b"], {"q-1": ["2", "2"]}, "repeated-option"),
        ("multiple", ["a", "b"], {"q-1": ["0"]}, "unknown-option"),
        ("matching", PAIRS, {"q-1-1": ["3"], "q-1-2": []}, "unknown-option"),
        ("matching", PAIRS, {"q-1-1": ["1", "2"], "q-1-2": []}, "one-option-only"),
        ("ordering", ["a", "b"], {"q-1-1": ["1"], "q-1-2": ["1"]}, "repeated-position"),
        ("ordering", ["a", "b"], {"q-1-1": ["0"], "q-1-2": []}, "unknown-option"),
        ("ordering", ["a", "b"], {"q-1-1": ["3"], "q-1-2": []}, "unknown-option"),
    ],
)
def test_what_is_no_answer_is_unreadable(kind, shown, values, problem):
    with pytest.raises(Unreadable) as unreadable:
        answer_of(values, kind, shown, position=1)

    assert unreadable.value.problem == problem
