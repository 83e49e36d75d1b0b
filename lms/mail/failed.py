"""Who is told that tasks failed for good, so that somebody looks at them?"""

from datetime import datetime, timedelta

from django.db.models import Max
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import Facts, letter_to, post
from lms.people.models import User
from lms.queue import health
from lms.queue.models import dead_letters
from lms.queue.periodic import every

TEMPLATE = "failed_tasks"


@every(timedelta(days=1), name="tell of tasks that failed for good")
@task()
def tell_of_failed_tasks() -> int:
    """Post once a day to the administrators, if there are new ones; return how many."""
    return tell(at=timezone.now())


def tell(*, at: datetime) -> int:
    """Post to every administrator if tasks failed for good since the last letter.

    Returns how many of them there are. It waits for office hours, as nobody waits for
    it; told again the same day, it is the same letter.
    """
    last = Letter.objects.filter(template=TEMPLATE).aggregate(last=Max("asked_at"))
    new = dead_letters().filter(finished_at__lte=at)
    if last["last"]:
        new = new.filter(finished_at__gt=last["last"])
    number = new.count()
    if number:
        administrators = User.objects.open().filter(is_superuser=True)
        post(
            letter_to(
                person,
                event=f"{TEMPLATE}:{timezone.localdate(at)}:{person.pk}",
                template=TEMPLATE,
                at=at,
                urgent=False,
            )
            for person in administrators
        )
    return number


def failed_tasks(_letter: Letter) -> Facts | None:
    """Return how many there are by now, and where; None if somebody was faster."""
    number = health.dead_letters(timezone.now())
    if not number:
        return None
    return {"number": number, "url": from_here(reverse("failed_tasks:index"))}
