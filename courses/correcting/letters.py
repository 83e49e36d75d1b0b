"""What does the letter say to whoever was graded anew?"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import override

from courses.models import Attempt
from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts


@dataclass(frozen=True, slots=True)
class Result:
    """Where a result is read, and whether a test that was passed is so no more."""

    url: str
    is_lost: bool


def regraded(letter: Letter) -> Facts | None:
    """Return where the result is read; None when the account is closed by then."""
    found = _result(letter)
    return None if found is None else {"url": found.url}


def lowered(letter: Letter) -> Facts | None:
    """Return the same, and whether the test is passed no more."""
    found = _result(letter)
    if found is None:
        return None
    return {"url": found.url, "is_lost": found.is_lost}


def _result(letter: Letter) -> Result | None:
    attempts = Attempt.objects.filter(
        pk=letter.facts["attempt"], enrolment__learner__closed_at=None
    )
    attempt = attempts.first()
    if attempt is None:
        return None
    with override(letter.language):
        url = from_here(reverse("attempt", args=[attempt.pk]))
    return Result(url, is_lost=attempt.lost_by_id is not None and not attempt.passed)
