"""Is there one certificate, with its file, wherever its making is killed?

One learner hands in at each point where that can die, one worker renders at each point
where that can; then learners hand in again, and a worker and beat go on.
"""

import subprocess
import time
from collections.abc import Iterable
from itertools import cycle

from django.core.management import call_command

from certificates.drills import files_of, render_tasks, right_files
from certificates.models import Certificate
from courses import drills as learning
from courses.models import Attempt, Completion
from lms.drills import Finding
from lms.queue.models import dead_letters
from lms.scratch import CrewedSite, Outcome
from lms.trap import Trap

LEASE = 120  # seconds after which no certificate is without its file
KILLED = -9
QUIETLY = {"batch": True, "startup_delay": False, "verbosity": 0}
CLAIM = "before UPDATE django_tasks_database_dbtaskresult"


def hand_in_until(attempt: str, point: str | None) -> list[str]:
    """Hand in and be killed at the point; without one, return all that there are."""
    with Trap(point).set(storage()) as passed:
        learning.hand_in(attempt)
    return passed


def work_until(point: str | None) -> list[str]:
    """Do one task and be killed at the point; without one, return all there are."""
    with Trap(point).set(storage()) as passed:
        call_command("worker", max_tasks=1, **QUIETLY)
    return passed[passed.index(CLAIM) :] if CLAIM in passed else []


def work_off() -> None:
    """Do all that is queued."""
    call_command("worker", **QUIETLY)


def storage():
    return Certificate._meta.get_field("pdf").storage


def kill_completion(
    site: CrewedSite, rounds: int, *, lease: int = LEASE, most: int = 100
) -> list[Finding]:
    """Kill those who hand in, then those who render; then let all go on.

    `most` bounds the points of each that are tried, spread over all there are.
    """
    found = [kill_once(site, lease, most) for _round in range(rounds)]
    return [finding for findings in found for finding in findings]


def kill_once(site: CrewedSite, lease: int, most: int) -> list[Finding]:
    deaths, deaths_at_work = (spread(all_of, most) for all_of in points(site))
    number = max(len(deaths), len(deaths_at_work))
    attempts = answered(site, number)
    killed = site.at_once(hand_in_until, pairs(attempts, cycle(deaths)))
    half_done = [attempt for attempt in attempts if is_half_done(attempt)]
    told = site.at_once(learning.hand_in, [[attempt] for attempt in attempts])
    killed += site.at_once(work_until, [[point] for point in deaths_at_work])
    seconds = recover(site, attempts, lease)
    return [
        Finding("points of handing in", deaths),
        Finding("points of rendering", deaths_at_work),
        Finding("killed", sum(o.ended == KILLED for o in killed), len(killed)),
        Finding("half done by those killed", half_done, []),
        *findings(site, attempts, told),
        Finding("seconds until the last file", seconds),
    ]


def points(site: CrewedSite) -> tuple[list[str], list[str]]:
    """Let one learner hand in, and one worker render, to learn where they can die."""
    site.once(work_off)
    (attempt,) = answered(site, 1)
    deaths = site.once(hand_in_until, attempt, None)
    deaths_at_work = site.once(work_until, None)
    site.once(work_off)
    return deaths, deaths_at_work


def spread(all_of: list[str], most: int) -> list[str]:
    """Return at most so many of the points, from first to last."""
    step = max(1, -(-len(all_of) // most))
    return all_of[::step]


def answered(site: CrewedSite, number: int) -> list[str]:
    """Return the attempts of so many learners who have only to hand in."""
    return [o.answer[0] for o in site.at_once(learning.answered, [[]] * number)]


def pairs(attempts: list[str], deaths: Iterable[str]) -> list[list[str]]:
    return [list(pair) for pair in zip(attempts, deaths, strict=False)]


def is_half_done(attempt: str) -> bool:
    """Whether some of what a completion writes is there, and some is not."""
    attempt = Attempt.objects.with_context().get(pk=attempt)
    certificate = Certificate.objects.filter(enrolment=attempt.enrolment_id).first()
    done = {
        not attempt.is_open,
        not attempt.items.filter(points=None).exists(),
        completions_of(attempt) == 1,
        not attempt.enrolment.is_open,
        certificate is not None,
        certificate is not None and render_tasks()[str(certificate.pk)] == 1,
    }
    return len(done) > 1


def completions_of(attempt: Attempt) -> int:
    return Completion.objects.filter(
        enrolment=attempt.enrolment_id, activity=attempt.activity_id
    ).count()


def recover(site: CrewedSite, attempts: list[str], lease: int) -> float:
    """Let a worker and beat go on; return the seconds until every file is there."""
    began = time.monotonic()
    missing = Certificate.objects.not_rendered().filter(
        enrolment__attempts__in=attempts
    )
    quiet = {"stderr": subprocess.DEVNULL}
    with site.started("beat", **quiet), site.started("worker", **quiet):
        while missing.exists() and time.monotonic() < began + lease:
            time.sleep(0.2)
    return round(time.monotonic() - began, 1)


def is_as_told(attempt: Attempt, told: Outcome) -> bool:
    return learning.grade_of(attempt) == told.answer


def findings(
    site: CrewedSite, attempts: list[str], told: list[Outcome]
) -> list[Finding]:
    """What became of the attempts, against what their learners were told."""
    number = len(attempts)
    rows = [Attempt.objects.get(pk=attempt) for attempt in attempts]
    keys = [
        str(key)
        for key in Certificate.objects.filter(
            enrolment__attempts__in=attempts
        ).values_list("pk", flat=True)
    ]
    tasks = render_tasks()
    return [
        Finding("graded as told", sum(map(is_as_told, rows, told)), number),
        Finding("passed", sum(bool(attempt.passed) for attempt in rows), number),
        Finding("completions", sum(completions_of(a) for a in rows), number),
        Finding("certificates", len(keys), number),
        Finding("with one render task", sum(tasks[key] == 1 for key in keys), number),
        Finding("with one file", sum(files_of(site, k) == 1 for k in keys), number),
        Finding("right files in time", right_files(site, keys), number),
        Finding("dead letters", dead_letters().count(), 0),
    ]
