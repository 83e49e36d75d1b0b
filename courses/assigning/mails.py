"""What the letters about approvals say, when they are sent (`lms.mail.outbox`)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from courses.assigning.asked import link_of, open_requests
from courses.models import SuperiorRequest
from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts


def superior_request(letter: Letter) -> Facts | None:
    """Return the link to the question, or None when it was decided or is over."""
    asked = open_requests(at=timezone.now()).filter(uuid=letter.facts["request"])
    request = asked.first()
    if request is None:
        return None
    with override(letter.language):
        return {"url": link_of(request), "until": request.until_at}


def superior_answer(letter: Letter) -> Facts | None:
    """Return where the answer is read, or None when the account is closed."""
    decided = SuperiorRequest.objects.exclude(decided_at=None)
    if not decided.filter(
        uuid=letter.facts["request"], person__closed_at=None
    ).exists():
        return None
    with override(letter.language):
        return {"url": from_here(reverse("my_learning"))}
