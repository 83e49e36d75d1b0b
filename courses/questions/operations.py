"""What the script of a page says was chosen: one choice each, numbered by its browser.

Nothing of it is believed before it is read here. When something was chosen is told as
an age in seconds: clocks of telephones are wrong, what has passed on them is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Any
from uuid import UUID

from courses.questions.inputs import Unreadable, Values, answer_of, names_of
from courses.questions.kinds.kind import Answer

LARGEST, LAST_POSITION = 2**31 - 1, 2**15 - 1  # what the columns hold
Stamp = tuple[datetime, str, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen at one question, on which device, and how long ago."""

    key: UUID
    device: UUID
    number: int
    position: int
    values: Values
    age: float

    def stamp(self, *, began: datetime, at: datetime) -> Stamp:
        """Return what decides which of two choices is the newer one.

        Never later than now, and never before the attempt began.
        """
        most = max((at - began).total_seconds(), 0)
        chosen_at = at - timedelta(seconds=min(max(self.age, 0), most))
        return (chosen_at, str(self.device), self.number)


def stamp_of(
    chosen_at: datetime, device: UUID | None = None, number: int | None = None
) -> Stamp:
    """Return the stamp of an answer that stands; a form's has no device."""
    return (chosen_at, str(device or ""), number or 0)


def key_of(said: Any) -> UUID | None:
    """Return by which key an operation goes; None if it has none."""
    return _uuid(said.get("key")) if isinstance(said, Mapping) else None


def choice_of(said: Any) -> Choice | None:
    """Return the choice that was sent as JSON; None if it is none."""
    key = key_of(said)
    if key is None:
        return None
    device, number, position, age = (
        _uuid(said.get("device")),
        _whole(said.get("number"), most=LARGEST),
        _whole(said.get("position"), most=LAST_POSITION),
        _seconds(said.get("age")),
    )
    values = _values(said.get("answer"), position)
    if None in (device, number, position, age, values):
        return None
    return Choice(key, device, number, position, values, age)


def answer_to(choice: Choice, kind: str, shown: Any) -> Answer:
    """Return the answer to that question; raises `Unreadable`, as a form's does."""
    names = names_of(kind, shown, position=choice.position)
    if not choice.values.keys() <= set(names):
        raise Unreadable("unknown-option")
    values = {name: choice.values.get(name, []) for name in names}
    return answer_of(values, kind, shown, position=choice.position)


def _uuid(said: Any) -> UUID | None:
    try:
        found = UUID(said)
    except (AttributeError, TypeError, ValueError):
        return None
    return found if str(found) == said else None


def _whole(said: Any, *, most: int) -> int | None:
    return said if type(said) is int and 0 <= said <= most else None


def _seconds(said: Any) -> float | None:
    # A whole number of any length is finite, and no float holds it.
    if type(said) is int:
        return float(min(max(said, 0), LARGEST))
    return said if type(said) is float and isfinite(said) else None


def _values(said: Any, position: int | None) -> Values | None:
    """Return the inputs of a form that say the same: places, by the input's name."""
    if isinstance(said, list):
        said = {f"q-{position}": said}
    elif isinstance(said, dict):
        said = {f"q-{position}-{row}": [place] for row, place in said.items()}
    else:
        return None
    places = [place for chosen in said.values() for place in chosen]
    return said if all(isinstance(place, str) for place in places) else None
