"""Where do the lines of a question's options run? The table says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from courses.analysis.rules import THIRDS, Choice

WIDTH, HEIGHT = 320, 160
LEFT, RIGHT, TOP, BOTTOM = 36, 280, 12, 136
APART = 13  # of two names, so that both can be read


@dataclass(frozen=True, slots=True)
class Line:
    """The way of one option through the thirds, and where its name stands."""

    key: str
    is_right: bool
    points: str
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The lines, and the marks of both scales."""

    lines: list[Line]
    columns: list[float]
    marks: list[tuple[int, float]]


def chart_of(choices: Sequence[Choice]) -> Chart | None:
    """Return the chart; None where a third has nobody."""
    if not choices or any(None in one.thirds for one in choices):
        return None
    columns = [LEFT + (RIGHT - LEFT) * n / (THIRDS - 1) for n in range(THIRDS)]
    lines = [
        Line(
            key=one.key,
            is_right=one.is_right,
            points=" ".join(
                f"{x:g},{_y(part or 0):g}"
                for x, part in zip(columns, one.thirds, strict=True)
            ),
            y=_y(one.thirds[-1] or 0),
        )
        for one in choices
    ]
    marks = [(percent, _y(percent / 100)) for percent in (0, 50, 100)]
    return Chart(_named_apart(lines), columns, marks)


def _y(part: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * part, 1)


def _named_apart(lines: list[Line]) -> list[Line]:
    """Move names up that would stand in each other, from the lowest."""
    ordered = sorted(lines, key=lambda line: -line.y)
    places = [line.y for line in ordered]
    for below, above in pairwise(range(len(places))):
        places[above] = min(places[above], places[below] - APART)
    return [
        Line(line.key, line.is_right, line.points, y)
        for line, y in zip(ordered, places, strict=True)
    ]
