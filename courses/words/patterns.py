"""Can a pattern be asked of any text in a short time? Told before it is kept.

Python's own expressions know no limit of time, so the limit is reckoned from how a
pattern is built: in how many ways it can be tried where it begins, and how far it
reaches. Texts are asked with single spaces, so that `\\s+` stands for one of them.
"""

import re
from dataclasses import dataclass
from re import _constants as known  # type: ignore[attr-defined]
from re import _parser as reader  # type: ignore[attr-defined]

LONGEST = 200  # characters of a pattern
WIDEST = 400  # characters of a text that it may reach over
NOTHING = " § "
MOST = 20_000  # steps from one beginning, at the worst
ONE_SIGN = {known.LITERAL, known.NOT_LITERAL, known.ANY, known.IN}
REPEATS = {known.MAX_REPEAT, known.MIN_REPEAT, known.POSSESSIVE_REPEAT}
AHEAD_OR_BEHIND = {known.ASSERT, known.ASSERT_NOT}
SPACE = [(known.IN, [(known.CATEGORY, known.CATEGORY_SPACE)])]


class Endless(Exception):
    """How long a pattern may take cannot be told from how it is built."""


@dataclass(frozen=True, slots=True)
class Cost:
    """In how many ways a part can be tried; how many signs it takes."""

    ways: int = 1
    least: int = 0
    most: int = 0

    def then(self, other: "Cost") -> "Cost":
        return Cost(
            self.ways * other.ways, self.least + other.least, self.most + other.most
        )

    def times(self, least: int, most: int) -> "Cost":
        ways = sum(self.ways**number for number in range(least, most + 1))
        return Cost(ways, self.least * least, self.most * most)


def fault_of(pattern: str) -> str:
    """Return why a pattern is not to be asked, as a word; empty when it may be."""
    if len(pattern) > LONGEST:
        return "too-long"
    try:
        re.compile(pattern, re.IGNORECASE)
        cost = _cost(reader.parse(pattern, re.IGNORECASE))
    except Endless:
        return "endless"
    except (re.error, OverflowError, RecursionError):
        return "unreadable"
    if not cost.least or re.search(pattern, NOTHING, re.IGNORECASE):
        return "empty"
    if cost.most > WIDEST or cost.ways * cost.most > MOST:
        return "too-slow"
    return ""


def _cost(items) -> Cost:
    cost = Cost()
    for kind, what in items:
        cost = cost.then(_cost_of(kind, what))
    return cost


def _cost_of(kind, what) -> Cost:
    if kind in ONE_SIGN:
        return Cost(least=1, most=1)
    if kind is known.AT:
        return Cost()
    if kind is known.SUBPATTERN:
        return _cost(what[-1])
    if kind is known.ATOMIC_GROUP:
        return _cost(what)
    if kind in AHEAD_OR_BEHIND:
        seen = _cost(what[1])
        return Cost(ways=seen.ways + 1, most=seen.most)
    if kind is known.BRANCH:
        return _cost_of_branches([_cost(one) for one in what[1]])
    if kind in REPEATS:
        return _cost_of_repeat(*what)
    raise Endless  # it refers back to what it found


def _cost_of_branches(costs: list[Cost]) -> Cost:
    return Cost(
        sum(one.ways for one in costs),
        min(one.least for one in costs),
        max(one.most for one in costs),
    )


def _cost_of_repeat(least: int, most: int, items) -> Cost:
    if most is known.MAXREPEAT and list(items) == SPACE:
        most = max(least, 1)
    if most > WIDEST:
        raise Endless
    return _cost(items).times(least, most)
