"""What is written about mandates, and to whom; sent by the queue.

Whether there is an account behind an address is nobody's business: every offer is the
same letter, in both languages.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lms.mail.actions import HEADERS, from_here, send
from lms.mail.held import refuse_while_held
from lms.mail.models import Letter
from lms.mail.outbox import Facts
from lms.mandates import rules
from lms.people.choices import Language
from lms.people.models import Mandate


@task()
def mail_offer(mandate: str) -> None:
    """Write to the typed address that somebody offers a task, while they still do."""
    offer = Mandate.objects.offered().filter(uuid=mandate).first()
    if offer is None:
        return
    refuse_while_held(timezone.now())
    facts = {"site_name": settings.SITE_NAME}
    for language in Language.values:
        with override(language):
            facts[f"url_{language}"] = from_here(reverse("my_mandates"))
    EmailMessage(
        render_to_string("mail/mandate_offer_subject.txt", facts).strip(),
        render_to_string("mail/mandate_offer.txt", facts).strip() + "\n",
        to=[offer.address],
        headers=HEADERS,
    ).send()


@task()
def mail_end(mandate: str) -> None:
    """Write to whoever held a mandate that it ended; the letter does not say which."""
    ended = Mandate.objects.select_related("holder").get(uuid=mandate)
    with override(ended.holder.language):
        url = from_here(reverse("my_mandates"))
    send(ended.holder, "mandate_ended", {"url": url})


def mandate_code(letter: Letter) -> Facts | None:
    """Return the code by which one account takes an offer; None once it is too late.

    It is drawn here and kept nowhere: neither in the letter nor in the queue.
    """
    window = letter.facts["window"]
    offer = Mandate.objects.offered().filter(uuid=letter.facts["mandate"]).first()
    if offer is None or rules.window_of(timezone.now()) > window + 1:
        return None
    return {"code": code_for(offer, letter.facts["person"], window=window)}


def code_for(mandate: Mandate, person: int, *, window: int) -> str:
    """Return the code by which that account takes the offer, sent in that window."""
    return rules.code_of(
        mandate.uuid,
        address=mandate.address,
        person=person,
        window=window,
        key=settings.SECRET_KEY,
    )
