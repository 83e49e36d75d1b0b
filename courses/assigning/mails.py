"""What letters about assignments and approvals say when they are sent, if anything."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from courses.assigning.asked import link_of, open_requests
from courses.assigning.rules import State, day_of_the_letter
from courses.assigning.standing import Standing, own_standing
from courses.models import SuperiorRequest
from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts


def assigned(letter: Letter) -> Facts | None:
    """Return the first day on which something new is due, and where to see it.

    None when nothing of what was assigned is left: it was withdrawn or done meanwhile,
    or the person learns in the cohort no more.
    """
    own = own_standing(letter.person, at=timezone.now())
    new = [one for one in own if one.state != State.DONE and _is_told_by(letter, one)]
    if not new:
        return None
    return {"due_on": new[0].due_on, "url": from_here(reverse("my_learning"))}


def _is_told_by(letter: Letter, standing: Standing) -> bool:
    assignment = standing.assignment
    on = day_of_the_letter(assignment.assigned_at, zone=assignment.cohort.zone)
    return letter.facts == {"cohort": str(assignment.cohort.uuid), "on": str(on)}


def superior_request(letter: Letter) -> Facts | None:
    """Return the link to the question, or None when it was decided or is over."""
    asked = open_requests(at=timezone.now()).filter(uuid=letter.facts["request"])
    request = asked.first()
    if request is None:
        return None
    with override(letter.language):
        return {
            "url": link_of(request),
            "until": request.until_on,
            "again": "again" in letter.facts,
        }


def superior_answer(letter: Letter) -> Facts | None:
    """Return where the answer is read, or None when the account is closed."""
    decided = SuperiorRequest.objects.exclude(decided_at=None)
    if not decided.filter(
        uuid=letter.facts["request"], person__closed_at=None
    ).exists():
        return None
    with override(letter.language):
        return {"url": from_here(reverse("my_learning"))}
