"""What is written to a holder whose mandate got a token; sent by the queue."""

from django.tasks import task
from django.urls import reverse
from django.utils.translation import override

from lms.mail.actions import from_here, send
from lms.tokens.models import Token


@task()
def mail_token(token: str) -> None:
    """Tell the holder that a token was made, so that no thief makes one unseen."""
    made = Token.objects.with_mandate().filter(uuid=token).first()
    if made is None:
        return
    holder = made.mandate.holder
    with override(holder.language):
        url = from_here(reverse("tokens"))
    send(holder, "token_made", {"url": url})
