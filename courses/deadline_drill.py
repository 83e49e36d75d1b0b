"""Is every test that was left open graded once, within a minute of its last second?

With a real beat and a real worker. The clock is not moved: the end of the tests is.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from os import getpid
from subprocess import DEVNULL
from uuid import uuid4

from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courses import actions
from courses.drills import (
    answer_all,
    enrol,
    final_of,
    findings,
    grade_of,
    gradings_of,
    hand_in,
    race,
    start,
)
from courses.models import Attempt, Completion, Enrolment
from courses.tasks import hand_in_tests_that_are_over
from courses.timing import GRACE
from lms.drills import Finding
from lms.people.choices import Country, Track
from lms.people.models import User
from lms.scratch import CrewedSite, Failed

WITHIN = 60  # seconds after which no attempt is left
RACERS = 20
HOUR, SOON = timedelta(hours=1), timedelta(seconds=1)


def deadlines(
    site: CrewedSite, rounds: int, *, just_missed: bool = True, racers: int = RACERS
) -> list[Finding]:
    """Leave so many attempts open beyond their end; let many race for another one.

    `just_missed`: they end when a sweep has just come by, so that they wait longest.
    """
    raced = race(site, come_late, prepare=over, rounds=1, racers=racers)
    attempts = [left_open(answered=number % 2 == 0) for number in range(rounds)]
    quiet = {"stderr": DEVNULL}
    with site.started("beat", **quiet), site.started("worker", **quiet):
        if just_missed:
            wait_for_a_sweep()
        closes_at = timezone.now() + SOON
        end_at(attempts, closes_at)
        seconds = wait_for_all(attempts, closes_at)
    return [
        *findings("handing in by the clock", raced, gradings_of),
        *of_the_left(attempts),
        Finding("seconds from the end of the grace to the last result", seconds),
        Finding("all within a minute", seconds <= WITHIN, True),
    ]


def left_open(*, answered: bool) -> str:
    """Return an attempt of a newcomer, with every answer right or with none."""
    learner = User.objects.create_user(
        f"{uuid4().hex}@drill.example",
        legal_name="Ana Lucía Ruiz Morales",
        country=Country.GUATEMALA,
        track=Track.JUDGE,
    )
    enrolment = enrol(str(learner.uuid))
    final = final_of(Enrolment.objects.get(pk=enrolment))
    attempt = start(enrolment, str(final.pk))
    if answered:
        answer_all(attempt)
    return attempt


def over() -> list[str]:
    """Return an attempt, all right, of which nothing more is kept."""
    attempt = left_open(answered=True)
    end_at([attempt], timezone.now() - SOON)
    return [attempt]


def come_late(attempt: str) -> list:
    """Sweep, or hand it in, each process in its own way; return the grade."""
    if getpid() % 2:
        return hand_in(attempt)
    actions.hand_in_overdue(at=timezone.now())
    return grade_of(Attempt.objects.get(pk=attempt))


def end_at(attempts: Sequence[str], moment: datetime) -> None:
    """Have the attempts end so that their grace is over at that moment."""
    rows = Attempt.objects.filter(pk__in=attempts)
    rows.update(started_at=moment - HOUR, ends_at=moment - GRACE)


def wait_for_a_sweep() -> None:
    path, began = hand_in_tests_that_are_over.module_path, timezone.now()
    swept = DBTaskResult.objects.successful().filter(task_path=path)
    while not swept.filter(started_at__gte=began).exists():
        if timezone.now() > began + HOUR / 20:
            raise Failed("no sweep came by")
        time.sleep(0.1)


def wait_for_all(attempts: Sequence[str], closes_at: datetime) -> float:
    """Return after how many seconds the last was graded, or when we stop waiting."""
    left = Attempt.objects.filter(pk__in=attempts).open()
    seconds = 0.0
    while left.exists() and seconds <= 2 * WITHIN:
        time.sleep(0.2)
        seconds = (timezone.now() - closes_at).total_seconds()
    return round(seconds, 1)


def of_the_left(attempts: Sequence[str]) -> list[Finding]:
    """What became of the attempts, against what was saved of them."""
    rows = Attempt.objects.filter(pk__in=attempts)
    by_clock = rows.filter(by_clock=True, submitted_at=F("ends_at"))
    answered = rows.filter(items__answer__isnull=False).distinct()
    whole = [one for one in answered if one.points == one.out_of and one.passed]
    empty = rows.exclude(pk__in=answered.values("pk")).filter(points=0, passed=False)
    completed = Completion.objects.filter(
        enrolment__attempts__in=attempts, activity=F("enrolment__attempts__activity")
    )
    return [
        Finding("handed in by the clock, for their end", by_clock.count(), len(rows)),
        Finding("graded as saved", len(whole) + empty.count(), len(rows)),
        Finding("completions of the test", completed.count(), len(whole)),
    ]
