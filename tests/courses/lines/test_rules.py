"""Lines of a draw: each gets its own, unseen first, and no line starves another."""

from collections import Counter
from random import Random

import pytest

from courses.lines.rules import Item, Line, drawn_by_lines, found_by, scant_of

ITEMS = {
    1: Item("m1", "l1", 1, "apply", frozenset({"opi"})),
    2: Item("m1", "l1", 1, "apply"),
    3: Item("m1", "l1", 2, "analyze"),
    4: Item("m1", "l2", None, "analyze", frozenset({"opi"})),
    5: Item("m2", "l3"),
    6: Item("m2", "l3"),
}


@pytest.mark.parametrize(
    ("line", "admitted"),
    [
        (Line(9), [1, 2, 3, 4, 5, 6]),
        (Line(9, place="m1"), [1, 2, 3, 4]),
        (Line(9, place="l1", objective=1), [1, 2]),
        (Line(9, level="analyze"), [3, 4]),
        (Line(9, tag="opi", place="l2"), [4]),
        (Line(9, place="elsewhere"), []),
    ],
)
def test_a_line_admits_what_it_names(line, admitted):
    assert sorted(drawn_by_lines([line], ITEMS, chance=Random(1))) == admitted


@pytest.mark.parametrize("seed", range(20))
def test_no_line_is_left_without_by_another_and_unseen_come_first(seed):
    chance = Random(seed)
    seen = set(chance.sample(sorted(ITEMS), chance.randint(0, 6)))
    lines = [Line(1, tag="opi"), Line(1, place="l2"), Line(2, place="m1")]

    drawn = drawn_by_lines(lines, ITEMS, always=[3], seen=seen, chance=chance)

    assert sorted(drawn) == [1, 2, 3, 4]
    few = drawn_by_lines([Line(2, place="m1")], ITEMS, seen=seen, chance=chance)
    unseen = {1, 2, 3, 4} - seen
    assert len(unseen & set(few)) == min(2, len(unseen))


@pytest.mark.parametrize("seed", range(20))
def test_objectives_are_asked_alike(seed):
    drawn = drawn_by_lines([Line(3, place="m1")], ITEMS, chance=Random(seed))

    asked = Counter(ITEMS[key].balanced_by for key in drawn)
    assert set(asked.values()) == {1}


@pytest.mark.parametrize(
    ("lines", "found", "scant"),
    [
        ([], [], []),
        ([Line(2, place="m1")], [2], [(0, 4)]),
        ([Line(1, place="m1"), Line(2)], [1, 2], []),
        ([Line(3, place="m2"), Line(1)], [2, 1], []),
        ([Line(2, place="m2"), Line(1, place="l3")], [2, 0], [(0, 2)]),
    ],
)
def test_a_line_finds_what_those_before_it_leave(lines, found, scant):
    assert found_by(lines, ITEMS) == found
    assert scant_of(lines, ITEMS) == scant
