"""How many members need help, have finished, are reached? Finished is said per course.

Else assigning another course would hide all who had finished until then.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from courses.assigning.standing import Standing
from courses.following.members import SHOWN, Followed


@dataclass(frozen=True, slots=True)
class Counts:
    """How many members each of the filters keeps."""

    help: int
    soon: int
    done: int
    all: int


def counts_of(found: Iterable[Followed]) -> Counts:
    """Return how many there are for each filter."""
    found = list(found)
    return Counts(**{name: sum(map(holds, found)) for name, holds in SHOWN.items()})


@dataclass(frozen=True, slots=True)
class Reach:
    """Of those who need help: whom a reminder reaches now, and who got one lately."""

    people: int
    lately: int


def reach_of(found: Iterable[Followed]) -> Reach:
    helped = [one.refusals for one in found if SHOWN["help"](one)]
    return Reach(
        people=sum(not refusals for refusals in helped),
        lately=sum(refusals == ["reminded-lately"] for refusals in helped),
    )


@dataclass(frozen=True, slots=True)
class Course:
    """A course of a programme, with how many of its people have finished it."""

    title: str
    done: int
    people: int


def by_course(
    programmes: Iterable[Iterable[Standing]], *, language: str
) -> list[Course]:
    """Return the courses of these people's programmes of one cohort, in their order."""
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for standings in programmes:
        for one in standings:
            found[one.assignment.pk].append(one)
    return [
        Course(
            title=of_one[0].title(language),
            done=sum(one.is_done for one in of_one),
            people=len(of_one),
        )
        for of_one in found.values()
    ]
