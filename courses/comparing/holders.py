"""What does a holder read again, what became of it, and by when?"""

from datetime import datetime
from typing import Any

from courses.assigning.deadlines import deadlines_of
from courses.comparing.since import asked_again
from courses.models.enrolments import Enrolment
from courses.progress import Progress


def read_again(
    enrolment: Enrolment, progress: Progress, *, language: str, at: datetime
) -> dict[str, Any]:
    """Return the rewritten lessons that are still owed, and the first day of all."""
    if enrolment.full or not enrolment.is_open:
        return {}
    owed = {row.key: row for row in progress.missing}
    again = asked_again(enrolment.edition, language=language)
    deadlines = deadlines_of(enrolment.learner, language=language, at=at)
    days = [one.due_on for one in deadlines if one.enrolment == enrolment.pk]
    return {
        "again": [(one, owed[one.key]) for one in again if one.key in owed],
        "again_by": min(filter(None, days), default=None),
    }
