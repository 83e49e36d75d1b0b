"""What is a learner due to do, until when, and what can they do about it now?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from courses.assigning import words
from courses.assigning.rules import State, Superior
from courses.assigning.standing import Standing, own_standing
from courses.learning import Taken
from lms.people.models import User


@dataclass(frozen=True, slots=True)
class Deadline:
    """An assigned course that is not done yet, in words for whoever takes it."""

    standing: Standing
    title: str
    hint: str
    may_start: bool

    @property
    def key(self) -> UUID:
        return self.standing.assignment.pk

    @property
    def enrolment(self) -> UUID | None:
        """What to continue, when it has been begun."""
        return self.standing.enrolment.pk if self.standing.enrolment else None

    @property
    def due_on(self) -> date | None:
        return self.standing.due_on

    @property
    def is_late(self) -> bool:
        return self.standing.late


def deadlines_of(person: User, *, language: str, at: datetime) -> list[Deadline]:
    """Return what the person is assigned and has not done, the first due first."""
    mine = own_standing(person, at=at)
    titles = {one.assignment.pk: one.title(language) for one in mine}
    return [
        Deadline(
            standing=one,
            title=titles[one.assignment.pk],
            hint=words.hint(one, first=titles.get(one.assignment.after_id, ""), at=at),
            may_start=_may_start(one),
        )
        for one in mine
        if one.state is not State.DONE
    ]


def _may_start(one: Standing) -> bool:
    """Whether a button does something: begins it, or asks the superior."""
    if one.enrolment:
        return False
    if one.superior:
        return one.superior not in {Superior.SHIELDED, Superior.ASKED}
    return not one.waits


def due_of(deadlines: list[Deadline], taken: Taken | None) -> date | None:
    """Return the first day on which a course under way is due."""
    days = [
        one.due_on
        for one in deadlines
        if taken and one.due_on and one.enrolment == taken.enrolment.pk
    ]
    return min(days, default=None)


def by_month(dated: Iterable[tuple[date, Any]]) -> list[tuple[date, list]]:
    """Return the first day of each month with the pairs of a day in it, in order."""
    in_order = sorted(dated, key=itemgetter(0))
    months = groupby(in_order, key=lambda pair: pair[0].replace(day=1))
    return [(month, list(pairs)) for month, pairs in months]
