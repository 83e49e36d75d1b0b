"""Does a clock that jumps ahead and comes back stop, delete or lose anything?

Real processes, under libfaketime: their clock is ahead, that of the drill stays true.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import DEVNULL
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.drills import Finding
from lms.mail.drill import TEMPLATE, arrivals
from lms.mail.models import Letter
from lms.mail.outbox import letter_to_address, post
from lms.mail.rules import FURTHEST
from lms.people.models import User
from lms.people.rules import SIGN_UP_KEPT
from lms.people.tasks import run_retention
from lms.queue import tasks
from lms.queue.models import Periodic
from lms.queue.periodic import REGISTER
from lms.queue.rules import is_too_far
from lms.scratch import CrewedSite, Failed, Site

DAY, YEAR = timedelta(days=1), timedelta(days=365)
MINUTE = timedelta(minutes=1)
LETTERS = 5
PATIENCE = 240  # seconds: what comes back every minute may just have been
TIMES = {  # the real ones, some twenty times as fast
    "QUEUE_HEARTBEAT": "0.5",
    "QUEUE_SILENT_AFTER": "3",
    "QUEUE_BEAT_EVERY": "0.3",
    "QUEUE_FIRST_DELAY": "0.5",
}


def drill(
    site: CrewedSite, rounds: int, *, jumps: Sequence[timedelta] = (DAY, YEAR)
) -> list[Finding]:
    """Let the clock of beat and worker jump ahead and back, and look what became."""
    tasks.register()
    quick = replace(site, environment=site.environment | TIMES)
    return [
        finding
        for apart in list(jumps) * rounds
        for finding in jump_and_return(quick, apart)
    ]


def jump_and_return(site: Site, apart: timedelta) -> list[Finding]:
    domain = f"{uuid4().hex}.invalid"
    administrator, newcomer = somebody(is_superuser=True), signed_up()
    with at_work(site):
        wait_until(all_have_a_time, "a first time for all work")
    ahead = timezone.now() + apart
    with at_work(site, clock(apart)):
        wait_until(lambda: has_run(run_retention, since=ahead), "retention, ahead")
    post_letters(domain, at=timezone.now() + apart)
    back = timezone.now()
    with at_work(site):
        wait_until(lambda: not too_far(), "due times that come back")
        wait_until(lambda: not silent(back), "what comes every minute")
        letters = Letter.objects.filter(address__endswith=domain)
        if apart > FURTHEST:
            wait_until(lambda: not letters.waiting().exists(), "the letters")
    told = Letter.objects.filter(person=administrator, template="trouble")
    sent = letters.exclude(sent_at=None).count()
    late = letters.waiting().filter(next_at__lte=timezone.now() + FURTHEST)
    return [
        Finding("days ahead", apart.days),
        Finding("works whose next time is too far", len(too_far()), 0),
        Finding("works of every minute that did not come back", len(silent(back)), 0),
        Finding("who signed up is there", is_there(newcomer), True),
        Finding("letters sent or waiting for days", sent + late.count(), LETTERS),
        Finding("messages that arrived", len(arrivals(mail_of(site), domain)), sent),
        Finding("an administrator was told", told.exists(), True),
    ]


def clock(apart: timedelta) -> dict[str, str]:
    """Return the environment of a process whose clock is so far ahead."""
    found = list(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        raise Failed("no libfaketime on this machine: install the package faketime")
    return {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME": f"{apart.total_seconds():+.0f}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


@contextmanager
def at_work(site: Site, clock: dict[str, str] | None = None) -> Iterator[None]:
    """Have a beat and a worker by that clock; without one, by the true one."""
    site = replace(site, environment=site.environment | (clock or {}))
    with (
        site.started("beat", stderr=DEVNULL),
        site.started("worker", "--interval", "0.1", stderr=DEVNULL),
    ):
        yield


def somebody(**facts: bool) -> User:
    return User.objects.create_user(
        f"{uuid4().hex}@drill.example", legal_name="Drill", **facts
    )


def signed_up() -> int:
    """Return who never entered, and whom retention deletes in half a day."""
    person = somebody()
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=False)
    joined_at = timezone.now() - SIGN_UP_KEPT + DAY / 2
    User.objects.filter(pk=person.pk).update(joined_at=joined_at)
    return person.pk


def is_there(person: int) -> bool:
    return User.objects.filter(pk=person).exists()


def post_letters(domain: str, *, at: datetime) -> None:
    post(
        letter_to_address(
            f"{number}@{domain}",
            language="es",
            event=f"drill:{number}@{domain}",
            template=TEMPLATE,
            facts={"seconds": 0},
            at=at,
        )
        for number in range(LETTERS)
    )


def all_have_a_time() -> bool:
    return Periodic.objects.filter(name__in=REGISTER).count() == len(REGISTER)


def has_run(task, *, since: datetime) -> bool:
    rows = DBTaskResult.objects.successful().filter(task_path=task.module_path)
    return rows.filter(finished_at__gte=since).exists()


def too_far() -> list[str]:
    """Return the works whose next time lies further ahead than their period."""
    now = timezone.now()
    return [
        name
        for name, due_at in Periodic.objects.values_list("name", "due_at")
        if is_too_far(due_at, every=REGISTER[name].every, at=now)
    ]


def silent(since: datetime) -> list[str]:
    """Return the works of every minute that nobody did since then."""
    now = timezone.now()
    done = DBTaskResult.objects.successful().filter(
        enqueued_at__gte=since, finished_at__lte=now
    )
    paths = set(done.values_list("task_path", flat=True))
    return [
        name
        for name, work in REGISTER.items()
        if work.every <= MINUTE and work.task.module_path not in paths
    ]


def mail_of(site: Site) -> Path:
    return site.folder / "mail"


def wait_until(condition: Callable[[], bool], what: str) -> None:
    patience_ends = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > patience_ends:
            raise Failed("waited in vain for", what)
        time.sleep(0.2)
