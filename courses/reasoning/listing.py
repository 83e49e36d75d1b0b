"""How a page of reasons stands in the list of what a course asks."""

from dataclasses import dataclass
from uuid import UUID

from courses.models import Enrolment, Paper
from courses.reasoning.facts import asked_of, paper_of
from courses.reasoning.words import state_of


@dataclass(frozen=True, slots=True)
class Listed:
    """The task of an edition, and where the learner's page stands."""

    enrolment: UUID  # where the page is: perhaps an earlier one of the same run
    title: str
    counts: bool
    is_done: bool
    state: str

    @property
    def is_owed(self) -> bool:
        """Whether the course waits for it."""
        return self.counts and not self.is_done


def reasoning_of(enrolment: Enrolment, *, language: str) -> Listed | None:
    """Return the task that the enrolment asks; nothing where it asks none.

    What was handed in before they left and came back in the same run counts here too.
    """
    asked = asked_of(enrolment)
    if asked is None:
        return None
    earlier = Paper.objects.handed_in().in_run_of(enrolment).first()
    paper = earlier or paper_of(enrolment)
    return Listed(
        enrolment=paper.enrolment_id if paper else enrolment.pk,
        title=asked.title(language),
        counts=asked.counts and enrolment.full,
        is_done=earlier is not None,
        state=state_of(paper),
    )
