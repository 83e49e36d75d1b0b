"""Does a mail get lost, or go out twice, when workers are killed while they send?"""

import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from random import uniform
from subprocess import DEVNULL, Popen
from uuid import uuid4

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.drills import Finding
from lms.mail import box
from lms.mail.drawing import Facts
from lms.mail.models import Letter
from lms.mail.outbox import letter_to_address, post
from lms.mail.tasks import send_letters
from lms.scratch import CrewedSite, Failed, Site

TEMPLATE = "drill/letter"
KILLS = 4  # a task that dies a fifth time is given up: another drill's subject
PATIENCE = 120  # seconds
TIMES = {  # the real ones, some twenty times as fast
    "QUEUE_HEARTBEAT": "0.5",
    "QUEUE_SILENT_AFTER": "2",
    "QUEUE_BEAT_EVERY": "0.3",
    "QUEUE_FIRST_DELAY": "0.2",
    "MAIL_LEASE": "2",
}


def draw(letter: Letter) -> Facts:
    """Take the time that letters of a drill take: so that one is in hand at the end."""
    time.sleep(letter.facts["seconds"])
    return {}


def post_letters(domain: str, letters: int, seconds: float) -> int:
    """Post so many letters at once, one an address; return how many tasks that made."""
    at = timezone.now()
    before = set(sendings())
    post(
        letter_to_address(
            f"{number}@{domain}",
            language="es",
            event=f"drill:{number}@{domain}",
            template=TEMPLATE,
            facts={"seconds": seconds},
            at=at,
        )
        for number in range(letters)
    )
    return len(set(sendings()) - before)


def sendings():
    rows = DBTaskResult.objects.filter(task_path=send_letters.module_path)
    return rows.values_list("pk", flat=True)


@dataclass
class Workers:
    """Two workers, each replaced when it is killed in the middle of sending."""

    site: Site
    stack: ExitStack
    alive: dict[str, Popen] = field(default_factory=dict)
    names: count = field(default_factory=count)

    def hire(self) -> None:
        name = f"letters-{next(self.names)}"
        order = ("worker", "--worker-id", name, "--interval", "0.1")
        started = self.site.started(*order, stderr=DEVNULL)
        self.alive[name] = self.stack.enter_context(started)

    def kill_who_sends(self, letters) -> bool:
        """Kill one that sends, some letters on; return whether one was there."""
        before = letters.waiting().count()
        while left := letters.waiting().count():
            name = self.who_sends() if left < before else None
            if name:
                time.sleep(uniform(0, 0.1))  # noqa: S311 - anywhere in what it does
                self.alive.pop(name).kill()
                self.hire()
                return True
            time.sleep(0.005)
        return False

    def who_sends(self) -> str | None:
        rows = DBTaskResult.objects.running().filter(pk__in=sendings())
        for worker_ids in rows.values_list("worker_ids", flat=True):
            name = worker_ids[-1].rsplit("-", 1)[0]
            if name in self.alive:
                return name
        return None


def drill(
    site: CrewedSite, rounds: int, *, kills: int = KILLS, seconds: float = 0.03
) -> list[Finding]:
    """Post `rounds` letters at once, kill who sends them, and count what arrived."""
    domain = f"{uuid4().hex}.invalid"
    tasks = site.once(post_letters, domain, rounds, seconds)
    letters = Letter.objects.filter(address__endswith=domain)
    with ExitStack() as stack:
        workers = Workers(replace(site, environment=site.environment | TIMES), stack)
        stack.enter_context(workers.site.started("beat", stderr=DEVNULL))
        for _worker in range(2):
            workers.hire()
        killed = sum(workers.kill_who_sends(letters) for _kill in range(kills))
        wait_for_the_last(letters)
    arrived = arrivals(site.folder / "mail", domain)
    return [
        Finding("tasks for all letters", tasks, 1),
        Finding("workers killed while they sent", killed, kills),
        Finding("letters taken over", letters.filter(tries__gt=1).count()),
        Finding("letters sent", letters.exclude(sent_at=None).count(), rounds),
        Finding("messages that arrived", len(arrived), rounds),
        Finding("addresses that got one", len(set(arrived)), rounds),
    ]


def wait_for_the_last(letters) -> None:
    patience_ends = time.monotonic() + PATIENCE
    while letters.waiting().exists():
        if time.monotonic() > patience_ends:
            raise Failed("letters still wait", letters.waiting().count())
        time.sleep(0.1)


def arrivals(folder: Path, domain: str) -> list[str]:
    """Return to whom the messages in the box went, one by one."""
    addressed = [box.read(file).to for file in folder.glob("*.eml")]
    return [address for address in addressed if address.endswith(domain)]
