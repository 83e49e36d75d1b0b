"""Where do the steps of a case stand on its map, and where does each option lead?

The list beside the drawing says the same, with the faults of each step.
"""

from collections import defaultdict
from dataclasses import dataclass

from courses.cases.document import document_of
from courses.cases.faults import Fault, faults
from courses.cases.rules import END, Part, steps_of
from courses.cases.words import sentence_of
from courses.models import CasePage
from courses.models.editions import in_language

WIDE, HIGH = 96, 36  # a step
ACROSS, DOWN = 116, 84  # from one step to the next


@dataclass(frozen=True, slots=True)
class Box:
    """A step on the map, or the end."""

    number: str
    x: int
    y: int
    is_faulty: bool

    @property
    def middle(self) -> int:
        return self.x + WIDE // 2

    @property
    def text_y(self) -> int:
        return self.y + HIGH // 2 + 5


@dataclass(frozen=True, slots=True)
class Arrow:
    """Some option of a step leads to another one."""

    from_x: int
    from_y: int
    to_x: int
    to_y: int


@dataclass(frozen=True, slots=True)
class Way:
    """An option of a step: its text, and the number of the step that follows."""

    text: str
    to: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """A step as the list tells it."""

    number: str
    heading: str
    block: str
    ways: list[Way]
    faults: list[str]


@dataclass(frozen=True, slots=True)
class CaseMap:
    """The drawing, the list, and the faults that are of no single step."""

    boxes: list[Box]
    arrows: list[Arrow]
    stops: list[Stop]
    faults: list[str]
    width: int
    height: int
    wide: int = WIDE
    high: int = HIGH


def map_of(page: CasePage) -> CaseMap:
    """Return the map of a case as this page has it, finished or not."""
    language = page.locale.language_code
    document = document_of({language: page})
    steps = steps_of(document)
    found = faults(document)
    boxes = _boxes(steps, {fault.step for fault in found})
    blocks = [block.id for block in page.body if block.block_type == "step"]
    return CaseMap(
        boxes=list(boxes.values()),
        arrows=_arrows(steps, boxes),
        stops=[
            _stop(step, block, known=boxes.keys(), found=found, language=language)
            for step, block in zip(document["steps"], blocks, strict=True)
        ],
        faults=[sentence_of(fault) for fault in found if fault.step not in steps],
        width=max(box.x for box in boxes.values()) + WIDE + 4,
        height=max(box.y for box in boxes.values()) + HIGH + 4,
    )


def _stop(step: Part, block: str, *, known, found: list[Fault], language: str) -> Stop:
    return Stop(
        number=step["number"],
        heading=in_language(step["heading"], language),
        block=block,
        ways=[
            Way(in_language(one["text"], language), one["next"], one["next"] in known)
            for one in step["options"]
        ],
        faults=[sentence_of(fault) for fault in found if fault.step == step["number"]],
    )


def _boxes(steps: dict[str, Part], faulty: set[str]) -> dict[str, Box]:
    """Return each step in the row of its distance from the first, the end below."""
    rows: dict[int, list[str]] = defaultdict(list)
    distances = _distances(steps)
    lowest = max(distances.values(), default=0)
    for number in steps:
        rows[distances.get(number, lowest + 1)].append(number)
    rows[max(rows, default=0) + 1].append(END)
    return {
        number: Box(number, 2 + ACROSS * place, 2 + DOWN * depth, number in faulty)
        for depth, row in rows.items()
        for place, number in enumerate(row)
    }


def _distances(steps: dict[str, Part]) -> dict[str, int]:
    """Return how many decisions at least lead to each step that is come to."""
    first = next(iter(steps), None)
    found, waiting = {}, [(first, 0)] if first is not None else []
    for number, distance in waiting:
        if number in steps and number not in found:
            found[number] = distance
            options = steps[number]["options"]
            waiting += [(one["next"], distance + 1) for one in options]
    return found


def _arrows(steps: dict[str, Part], boxes: dict[str, Box]) -> list[Arrow]:
    return [
        Arrow(
            boxes[number].middle, boxes[number].y + HIGH, boxes[to].middle, boxes[to].y
        )
        for number, step in steps.items()
        for to in dict.fromkeys(one["next"] for one in step["options"])
        if to in boxes
    ]
