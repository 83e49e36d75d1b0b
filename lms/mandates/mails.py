"""What is written about mandates, and to whom; sent by the queue.

Whether there is an account behind an address is nobody's business: every offer is the
same letter, in both languages.
"""

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts, letter_to, letter_to_address, post
from lms.mandates import rules
from lms.people.choices import Language
from lms.people.models import Mandate


@task()
def mail_offer(mandate: str) -> None:
    """Post to the typed address that somebody offers a task, while they still do."""
    offer = Mandate.objects.offered().filter(uuid=mandate).first()
    if offer is None:
        return
    letter = letter_to_address(
        offer.address,
        language=Language.SPANISH,
        event=f"mandate_offer:{mandate}",
        template="mandate_offer",
        facts={"mandate": mandate},
        at=timezone.now(),
    )
    post([letter])


def mandate_offer(letter: Letter) -> Facts | None:
    """Return where one answers, in both languages; None once nothing is offered."""
    if not Mandate.objects.offered().filter(uuid=letter.facts["mandate"]).exists():
        return None
    facts: Facts = {}
    for language in Language.values:
        with override(language):
            facts[f"url_{language}"] = from_here(reverse("my_mandates"))
    return facts


@task()
def mail_end(mandate: str) -> None:
    """Post to whoever held a mandate that it ended; the letter does not say which."""
    ended = Mandate.objects.select_related("holder").get(uuid=mandate)
    letter = letter_to(
        ended.holder,
        event=f"mandate_ended:{mandate}",
        template="mandate_ended",
        at=timezone.now(),
    )
    post([letter])


def mandate_ended(_letter: Letter) -> Facts:
    """Return where one reads which mandates one holds."""
    return {"url": from_here(reverse("my_mandates"))}


def mandate_code(letter: Letter) -> Facts | None:
    """Return the code by which one account takes an offer, while it still is one.

    It is drawn here and kept nowhere: neither in the letter nor in the queue.
    """
    window = letter.facts["window"]
    offer = Mandate.objects.offered().filter(uuid=letter.facts["mandate"]).first()
    if offer is None:
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
