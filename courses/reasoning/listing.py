"""How a page of reasons stands in the list of what a course asks."""

from dataclasses import dataclass

from courses.models import Enrolment
from courses.reasoning.facts import asked_of, paper_of
from courses.reasoning.words import state_of


@dataclass(frozen=True, slots=True)
class Listed:
    """The task of an edition, and where the learner's page stands."""

    title: str
    counts: bool
    is_done: bool
    state: str


def reasoning_of(enrolment: Enrolment, *, language: str) -> Listed | None:
    """Return the task that the enrolment asks; nothing where it asks none."""
    asked = asked_of(enrolment)
    if asked is None:
        return None
    paper = paper_of(enrolment)
    return Listed(
        title=asked.title(language),
        counts=asked.counts,
        is_done=paper is not None and paper.handed_in_at is not None,
        state=state_of(paper),
    )
