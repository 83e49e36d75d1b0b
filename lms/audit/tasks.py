"""What is done about the audit log by the clock; every task may run twice."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from lms.audit.actions import seal
from lms.audit.alarms import watch
from lms.audit.chain import Walk
from lms.audit.rules import MOST_EVENTS_IN_A_SEAL
from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts, letter_to, post
from lms.mail.troubles import AUDIT_CHANGED, tell
from lms.people.models import User
from lms.queue.periodic import every
from lms.queue.time_limits import takes_long


@every(timedelta(minutes=1), name="seal the log")
@task()
def seal_the_log() -> int:
    """Seal what no seal holds yet; return how many links were made."""
    links = 0
    while made := seal(at=timezone.now()):
        links += 1
        if made.events < MOST_EVENTS_IN_A_SEAL:
            break
    return links


@every(timedelta(days=1), name="walk the chain of the log")
@takes_long
@task()
def walk_the_chain() -> bool:
    """Tell administrators if the log is not as it was sealed; return whether it is."""
    flaw = next(Walk().flaws(), None)
    if flaw is not None:
        tell(AUDIT_CHANGED, at=timezone.now())
    return flaw is None


@every(timedelta(minutes=1), name="watch who looks at whom")
@task()
def watch_the_log() -> int:
    """Raise alarms, each with the mails that tell of it; return how many."""
    with transaction.atomic():
        raised = watch(at=timezone.now())
        if raised:
            administrators = User.objects.open().filter(is_superuser=True)
            for pk in administrators.values_list("pk", flat=True):
                tell_of_an_alarm.enqueue(pk)
    return len(raised)


@task()
def tell_of_an_alarm(administrator: int) -> None:
    """Post to one administrator that there is an alarm to look at; it names nobody."""
    person = User.objects.get(pk=administrator)
    letter = letter_to(
        person, event=f"alarm:{uuid4()}", template="alarm", at=timezone.now()
    )
    post([letter])


def alarm(_letter: Letter) -> Facts:
    """Return where alarms are looked at."""
    return {"url": from_here(reverse("support"))}
