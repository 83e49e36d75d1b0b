"""Is there one certificate and one file, however many race for it?"""

from collections import Counter
from hashlib import sha256

from django_tasks_db.models import DBTaskResult

from certificates import pdf  # noqa: F401 - loaded before the crew forks
from certificates.models import Certificate
from certificates.tasks import render_certificate
from courses import drills as learning
from courses.drills import RACERS, race
from courses.models import Enrolment
from lms.drills import Finding
from lms.scratch import CrewedSite


def awarded() -> list[str]:
    """Return a certificate that has no file yet."""
    (attempt,) = learning.answered()
    learning.hand_in(attempt)
    return [str(Certificate.objects.get(enrolment__attempts=attempt).pk)]


def render(certificate: str) -> None:
    """Do what the task does."""
    render_certificate.func(certificate)


def races(site: CrewedSite, rounds: int, racers: int = RACERS) -> list[Finding]:
    """Race for everything that learning records, and for the certificate's file."""
    return [
        *learning.races(site, rounds, racers),
        *awards(),
        *renderings(site, rounds, racers),
    ]


def awards() -> list[Finding]:
    """Every completed enrolment has one certificate, and one task that renders it."""
    completed = Enrolment.objects.completed().count()
    ones = sum(number == 1 for number in render_tasks().values())
    return [
        Finding("certificates", Certificate.objects.count(), completed),
        Finding("certificates with one render task", ones, completed),
    ]


def render_tasks() -> Counter:
    """Return how many tasks were enqueued to render each certificate."""
    tasks = DBTaskResult.objects.filter(task_path=render_certificate.module_path)
    return Counter(
        row["args"][0] for row in tasks.values_list("args_kwargs", flat=True)
    )


def renderings(site: CrewedSite, rounds: int, racers: int) -> list[Finding]:
    """Race to render one certificate: one file is kept, and it is the one recorded."""
    won = race(site, render, prepare=awarded, rounds=rounds, racers=racers)
    failed = sum(bool(o.ended) for each in won for o in each.outcomes)
    keys = [each.prize[0] for each in won]
    return [
        Finding("rendering: processes that failed", failed, 0),
        Finding(
            "rendering: files left", [files_of(site, k) for k in keys], [1] * rounds
        ),
        Finding("rendering: right files", right_files(site, keys), rounds),
    ]


def files_of(site: CrewedSite, key: str) -> int:
    """Count the files that carry the certificate's key in their path."""
    return sum(
        path.is_file() and key in str(path) for path in site.private_file("").rglob("*")
    )


def right_files(site: CrewedSite, keys: list[str]) -> int:
    """Count the certificates whose file has the bytes that its row says."""
    rows = Certificate.objects.filter(pk__in=keys).rendered()
    return sum(
        sha256(site.private_file(row.pdf.name).read_bytes()).hexdigest() == row.sha256
        for row in rows
        if site.private_file(row.pdf.name).exists()
    )
