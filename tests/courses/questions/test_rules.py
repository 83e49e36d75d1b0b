"""How questions of each kind are shown, read and scored."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions import rules
from tests.factories import KINDS, document

RIGHT = {
    "single": ["b"],
    "multiple": ["c", "a"],
    "truefalse": ["f"],
    "ordering": ["c", "a", "b"],
    "matching": {"2": "A", "1": "B"},
}
WRONG = {
    "single": ["a"],
    "multiple": ["a"],
    "truefalse": ["t"],
    "ordering": ["a", "b", "c"],
    "matching": {"1": "A", "2": "A"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_points_for_a_right_a_wrong_and_no_answer(kind):
    asked = document(kind)

    assert [rules.points_for(asked, a) for a in (RIGHT[kind], WRONG[kind], None)] == [
        1,
        0,
        0,
    ]


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers())
def test_order_shown_holds_every_option_once(kind, seed):
    asked = document(kind)

    shown = rules.order_shown(asked, chance=Random(seed))

    if kind == "matching":
        assert sorted(shown["left"]) == ["1", "2"]
        assert sorted(shown["right"]) == ["A", "B"]
    else:
        assert sorted(shown) == sorted(rules.keys_of(asked))


@given(seed=st.integers())
def test_order_shown_of_an_ordering_question_is_never_the_answer(seed):
    asked = document("ordering")

    assert rules.order_shown(asked, chance=Random(seed)) != asked["correct"]


def test_order_shown_leaves_true_and_false_in_place():
    assert rules.order_shown(document("truefalse"), chance=Random(1)) == ["t", "f"]


@pytest.mark.parametrize(
    ("kind", "answer", "problem"),
    [
        ("single", [], None),
        ("single", ["b"], None),
        ("single", ["a", "b"], "one-option-only"),
        ("single", ["z"], "unknown-option"),
        ("single", [1], "unknown-option"),
        ("single", "b", "unknown-option"),
        ("truefalse", ["t", "f"], "one-option-only"),
        ("multiple", ["a", "a"], "repeated-option"),
        ("multiple", ["a", "c"], None),
        ("ordering", ["c", "c", "a"], "repeated-option"),
        ("ordering", ["c"], None),
        ("ordering", ["", "c", ""], None),
        ("ordering", ["c", "a", "b", ""], "unknown-option"),
        ("matching", {}, None),
        ("matching", {"1": "A"}, None),
        ("matching", {"9": "A"}, "unknown-option"),
        ("matching", {"1": "Z"}, "unknown-option"),
        ("matching", {"1": ["A"]}, "unknown-option"),
        ("matching", ["A"], "unknown-option"),
    ],
)
def test_problem_with_an_answer(kind, answer, problem):
    assert rules.problem_with(document(kind), answer) == problem


@pytest.mark.parametrize(
    ("kind", "answer", "complete"),
    [
        ("single", ["a"], True),
        ("single", [], False),
        ("multiple", None, False),
        ("multiple", ["a"], True),
        ("ordering", ["c", "a"], False),
        ("ordering", ["", "c", "a"], False),
        ("ordering", ["c", "a", "b"], True),
        ("matching", {"1": "A"}, False),
        ("matching", {"1": "A", "2": "A"}, True),
    ],
)
def test_is_complete_when_the_whole_question_is_answered(kind, answer, complete):
    assert rules.is_complete(document(kind), answer) is complete


@pytest.mark.parametrize("kind", KINDS)
def test_problems_of_a_whole_document_are_none(kind):
    assert rules.problems_of(document(kind), languages=["es", "en"]) == []


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"type": "essay"}, ["unknown-kind"]),
        ({"stem": {"es": "Solo"}}, ["missing-stem"]),
        ({"feedback": {}}, ["missing-feedback"]),
        ({"source": {"es": "", "en": "x"}}, ["missing-source"]),
        ({"correct": []}, ["no-key"]),
        ({"correct": ["z"]}, ["no-key"]),
        (
            {"options": [{"key": "b", "es": "Dos"}]},
            ["missing-option-text"],
        ),
    ],
)
def test_problems_of_a_broken_document(change, problems):
    broken = document("single") | change

    assert rules.problems_of(broken, languages=["es", "en"]) == problems


def test_problems_of_an_ordering_question_with_half_a_key():
    broken = document("ordering") | {"correct": ["c", "a"]}

    assert rules.problems_of(broken, languages=["es", "en"]) == ["no-key"]


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("single", ["missing-option-text", "no-key"]),
        ("multiple", ["missing-option-text", "no-key"]),
        ("truefalse", ["no-key"]),
        ("matching", ["missing-option-text"]),
        ("ordering", ["missing-option-text"]),
    ],
)
def test_a_blank_question_lacks_its_texts_and_no_more(kind, missing):
    document = rules.blank(kind, answers=3, languages=["es", "en"])

    texts = ["missing-stem", "missing-feedback", "missing-source"]
    assert rules.problems_of(document, languages=["es", "en"]) == [*texts, *missing]


@pytest.mark.parametrize("kind", ["numeric", "short"])
def test_what_is_answered_by_writing_begins_without_options(kind):
    document = rules.blank(kind, answers=3, languages=["es", "en"])

    assert document["options"] == []
