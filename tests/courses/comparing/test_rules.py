"""Words that differ, parts that came, went or moved."""

from uuid import uuid4

import pytest

from courses.comparing.rules import (
    moved,
    pairs,
    refusals_to_ask_again,
    replaced,
    words_changed,
)


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("a b", "a  b", [("same", "a b")]),
        ("", "a", [("added", "a")]),
        (
            "a b c",
            "a x c",
            [("same", "a"), ("removed", "b"), ("added", "x"), ("same", "c")],
        ),
        ("a b", "a", [("same", "a"), ("removed", "b")]),
    ],
)
def test_words_changed_marks_words_and_no_more(before, after, pieces):
    assert words_changed(before, after) == pieces


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("a b", "a b", [("same", "a b")]),
        ("a b", "a c", [("removed", "a b"), ("added", "a c")]),
        ("", "a", [("added", "a")]),
    ],
)
def test_replaced_marks_the_whole(before, after, pieces):
    assert replaced(before, after) == pieces


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("abc", "abc", [(0, 0), (1, 1), (2, 2)]),
        ("abc", "ac", [(0, 0), (1, None), (2, 1)]),
        ("abc", "c", [(0, None), (1, None), (2, 0)]),
        ("ab", "axb", [(0, 0), (None, 1), (1, 2)]),
        ("ab", "xyz", [(0, 0), (1, 1), (None, 2)]),
        ("abc", "x", [(0, 0), (1, None), (2, None)]),
    ],
)
def test_pairs_keeps_what_went_where_it_was(before, after, found):
    assert pairs(before, after) == found


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [("abc", "abc", set()), ("abc", "bca", {0}), ("abcd", "axbd", set())],
)
def test_moved_tells_the_fewest(before, after, places):
    assert moved(pairs(before, after)) == places


def test_only_rewritten_lessons_are_read_again_and_only_in_a_delta():
    one, other = uuid4(), uuid4()

    def refusals(again, *, is_delta=True):
        return refusals_to_ask_again(again, is_delta=is_delta, rewritten=[one])

    assert refusals([], is_delta=False) == []
    assert refusals([one]) == []
    assert refusals([one], is_delta=False) == ["again-only-in-a-delta"]
    assert refusals([one, other]) == ["again-not-rewritten"]
