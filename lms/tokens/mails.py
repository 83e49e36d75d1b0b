"""What is written to a holder whose mandate got a token; sent by the queue."""

from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts, letter_to, post
from lms.tokens.models import Token


@task()
def mail_token(token: str) -> None:
    """Post to the holder that a token was made, so that no thief makes one unseen."""
    made = Token.objects.with_mandate().filter(uuid=token).first()
    if made is None:
        return
    letter = letter_to(
        made.mandate.holder,
        event=f"token_made:{token}",
        template="token_made",
        at=timezone.now(),
    )
    post([letter])


def token_made(_letter: Letter) -> Facts:
    """Return where one sees one's tokens, and ends them."""
    return {"url": from_here(reverse("tokens"))}
