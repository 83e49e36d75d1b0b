"""How an answer travels through a form: places on the screen instead of option keys.

The inputs of question 3 are named `q-3`, or `q-3-1`, `q-3-2` … where each statement or
step has a select of its own. A value is a place in the order that the attempt froze, so
that nothing about the keys, which an editor may have written in the right order, shows.
"""

from typing import Any

from courses.questions.kinds import KINDS
from courses.questions.kinds.kind import Answer, Unreadable, Values

__all__ = ["Unreadable", "Values", "answer_of", "names_of", "values_of"]


def names_of(kind: str, shown: Any, *, position: int) -> list[str]:
    """Return the names of a question's inputs, in the order of the screen."""
    return KINDS[kind].names_of(shown, position)


def values_of(answer: Answer | None, kind: str, shown: Any, *, position: int) -> Values:
    """Return what the inputs hold for an answer that was kept."""
    names = names_of(kind, shown, position=position)
    return dict(zip(names, KINDS[kind].values_of(answer, shown), strict=True))


def answer_of(values: Values, kind: str, shown: Any, *, position: int) -> Answer:
    """Return the answer that the values of all inputs mean; `Unreadable` if none.

    An input left empty is a draft: nothing chosen, or a gap in an order ("").
    """
    rows = [
        [value for value in values[name] if value]
        for name in names_of(kind, shown, position=position)
    ]
    return KINDS[kind].answer_of(rows, shown)
