"""Where does each point of the chart stand? The table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.gain.figures import Objective

LEFT, RIGHT = 12, 388  # where 0 % and 100 % are, of 400
ROW, TOP = 44, 34
MARKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Row:
    """One objective: its words above, two points on a line below."""

    title: str
    before: int
    after: int
    text_y: int
    y: int
    from_x: int
    to_x: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The rows, the marks of the scale, and how high all of it is."""

    rows: list[Row]
    marks: list[tuple[int, int]]
    height: int


def chart_of(gains: Sequence[Objective]) -> Chart:
    """Return the chart of objectives that have a gain to show."""
    rows = []
    for number, one in enumerate(gains):
        shown = one.gain.percents
        y = TOP + ROW * number + 26
        points = (_x(shown.before), _x(shown.after))
        rows.append(Row(one.title, shown.before, shown.after, y - 12, y, *points))
    marks = [(mark, _x(mark)) for mark in MARKS]
    return Chart(rows, marks, height=TOP + ROW * len(rows) + 4)


def _x(percent: int) -> int:
    return LEFT + (RIGHT - LEFT) * percent // 100
