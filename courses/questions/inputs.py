"""How an answer travels through a form: places on the screen instead of option keys.

The inputs of question 3 are named `q-3`, or `q-3-1`, `q-3-2` … where each statement or
step has a select of its own. A value is a place in the order that the attempt froze, so
that nothing about the keys, which an editor may have written in the right order, shows.
"""

from collections.abc import Sequence
from typing import Any

from courses.questions.rules import Answer, Kind

Values = dict[str, list[str]]


class Unreadable(Exception):
    """The values are no answer to the question; `problem` is a stable word."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


def names_of(kind: str, shown: Any, *, position: int) -> list[str]:
    """Return the names of a question's inputs, in the order of the screen."""
    match kind:
        case Kind.MATCHING:
            rows = shown["left"]
        case Kind.ORDERING:
            rows = shown
        case _:
            return [f"q-{position}"]
    return [f"q-{position}-{row}" for row, _key in enumerate(rows, start=1)]


def values_of(answer: Answer | None, kind: str, shown: Any, *, position: int) -> Values:
    """Return what the inputs hold for an answer that was kept."""
    names = names_of(kind, shown, position=position)
    match kind:
        case Kind.MATCHING:
            pairs = answer or {}
            chosen = [
                _places([pairs.get(key)], shown["right"]) for key in shown["left"]
            ]
        case Kind.ORDERING:
            chosen = [_places([key], answer or []) for key in shown]
        case _:
            chosen = [_places(answer or [], shown)]
    return dict(zip(names, chosen, strict=True))


def _places(keys: Any, order: Any) -> list[str]:
    return [str(order.index(key) + 1) for key in keys if key in order]


def answer_of(values: Values, kind: str, shown: Any, *, position: int) -> Answer:
    """Return the answer that the values of all inputs mean; `Unreadable` if none.

    An input left empty is a draft: nothing chosen, or a gap in an order ("").
    """
    rows = [
        [value for value in values[name] if value]
        for name in names_of(kind, shown, position=position)
    ]
    match kind:
        case Kind.MATCHING:
            return _pairs(rows, shown)
        case Kind.ORDERING:
            return _order(rows, shown)
        case Kind.MULTIPLE:
            return _several(rows[0], shown)
        case _:
            return _one(rows[0], shown)


def _one(values: list[str], shown: Sequence[Any]) -> list[Any]:
    if len(values) > 1:
        raise Unreadable("one-option-only")
    return [_at(value, shown) for value in values]


def _several(values: list[str], shown: list[str]) -> list[str]:
    if len(set(values)) != len(values):
        raise Unreadable("repeated-option")
    return [_at(value, shown) for value in values]


def _pairs(rows: list[list[str]], shown: dict[str, list[str]]) -> dict[str, str]:
    chosen = [_one(row, shown["right"]) for row in rows]
    return {
        left: right[0]
        for left, right in zip(shown["left"], chosen, strict=True)
        if right
    }


def _order(rows: list[list[str]], shown: list[str]) -> list[str]:
    order = [""] * len(shown)
    for key, row in zip(shown, rows, strict=True):
        for place in _one(row, range(len(shown))):
            if order[place]:
                raise Unreadable("repeated-position")
            order[place] = key
    return order if any(order) else []


def _at(value: str, order: Sequence[Any]) -> Any:
    places = {str(place): key for place, key in enumerate(order, start=1)}
    if value not in places:
        raise Unreadable("unknown-option")
    return places[value]
