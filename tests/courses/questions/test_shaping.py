"""Options of a question that is being written come, go and move."""

import pytest

from courses.questions.shaping import (
    MOST_OPTIONS,
    order_of,
    order_said,
    ordered,
    step_in,
    stepped,
)
from tests.factories import document


@pytest.mark.parametrize(
    ("kind", "step", "side", "keys"),
    [
        ("single", "add:", "", "a b c d"),
        ("single", "remove::b", "", "a c"),
        ("single", "up::b", "", "b a c"),
        ("single", "down::b", "", "a c b"),
        ("single", "down::c", "", "a b c"),
        ("single", "up::z", "", "a b c"),
        ("single", "burn::a", "", "a b c"),
        ("single", "add:left", "", "a b c"),
        ("matching", "add:left", "left", "1 2 3"),
        ("matching", "add:right", "right", "A B C"),
        ("matching", "remove:left:1", "left", "1 2"),  # two are the least
        ("truefalse", "add:", "", "t f"),
    ],
)
def test_a_step_changes_one_thing(kind, step, side, keys):
    asked = document(kind)

    after = stepped(asked, order_of(asked), step_in(step))

    assert " ".join(after[side]) == keys


def test_there_are_no_more_than_eight_and_what_is_typed_has_none():
    asked, order = document("single"), {"": list("abcdefgh")}

    assert len(order[""]) == MOST_OPTIONS
    assert stepped(asked, order, step_in("add:")) == order
    assert stepped(document("short"), {}, step_in("add:")) == {}
    assert ordered(document("short"), {}) == document("short")


def test_what_was_removed_does_not_come_back_as_what_is_added():
    asked = document("single")
    order = stepped(asked, order_of(asked), step_in("remove::b"))

    order = stepped(asked, order, step_in("add:"))

    assert order == {"": ["a", "c", "d"]}
    assert ordered(asked, order)["options"] == [
        asked["options"][0],
        asked["options"][2],
        {"key": "d"},
    ]


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("c a b d", "c a b d"),
        ("", "a b c"),
        ("a", "a b c"),
        ("a a", "a b c"),
        ("a <b>", "a b c"),
        ("a b c d e f g h i", "a b c"),
    ],
)
def test_an_order_that_is_none_leaves_the_written_one(said, keys):
    assert " ".join(order_said(document("single"), {"": said})[""]) == keys
