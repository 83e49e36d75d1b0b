"""What does the letter say to whoever was graded anew?"""

from django.urls import reverse
from django.utils.translation import override

from courses.models import Attempt
from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts


def regraded(letter: Letter) -> Facts | None:
    """Return where the result is read; None when the account is closed by then."""
    attempts = Attempt.objects.filter(
        pk=letter.facts["attempt"], enrolment__learner__closed_at=None
    )
    attempt = attempts.first()
    if attempt is None:
        return None
    with override(letter.language):
        return {"url": from_here(reverse("attempt", args=[attempt.pk]))}
