"""What beat and workers write: life signs, further tries, dead letters, due work."""

import logging
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import User
from lms.queue import clock, private, rules
from lms.queue.exceptions import WORKER_DIED
from lms.queue.models import (
    BEAT,
    Periodic,
    WorkerSeen,
    dead_letters,
    failed_with_tries_left,
)
from lms.queue.periodic import REGISTER, Work

logger = logging.getLogger(__name__)


def say_alive(worker_id: str, *, at: datetime) -> None:
    """Write down that this worker lives."""
    WorkerSeen.objects.bulk_create(
        [WorkerSeen(worker_id=worker_id, seen_at=at)],
        update_conflicts=True,
        unique_fields=["worker_id"],
        update_fields=["seen_at"],
    )


def beat(*, at: datetime) -> None:
    """Do everything that the clock asks for. Any number of beats may do so at once."""
    clock.watch(at=at)
    say_alive(BEAT, at=at)
    reclaim(at=at)
    retry_failed(at=at)
    bring_back(at=at)
    run_due(at=at)


def reclaim(*, at: datetime) -> int:
    """Take tasks from workers that fell silent; return how many."""
    seen = dict(WorkerSeen.objects.values_list("worker_id", "seen_at"))
    running = DBTaskResult.objects.running().only(
        "status", "started_at", "worker_ids", "task_path"
    )
    orphans = [
        row
        for row in running
        if rules.is_orphan(
            started_at=row.started_at,
            seen_at=seen.get(row.worker_ids[-1]),
            at=at,
            after=settings.QUEUE_SILENT_AFTER,
        )
    ]
    return sum(take_up_again(row, at=at) for row in orphans)


def take_up_again(row: DBTaskResult, *, at: datetime) -> bool:
    """Put a dead worker's task back, or among the dead letters after its last try."""
    tries = len(row.worker_ids)
    if not rules.is_dead_letter(tries=tries, gave_up=False):
        return again(row, at=at + rules.delay(tries, first=settings.QUEUE_FIRST_DELAY))
    dead = as_seen(row).update(
        status=TaskResultStatus.FAILED,
        finished_at=at,
        exception_class_path=WORKER_DIED,
        traceback="",
    )
    if dead:
        logger.error("Task id=%s path=%s is a dead letter", row.pk, row.task_path)
    return bool(dead)


def retry_failed(*, at: datetime) -> int:
    """Give every failed task with tries left its next one; return how many."""
    rows = failed_with_tries_left().only(
        "status", "started_at", "finished_at", "worker_ids"
    )
    return sum(again(row, at=rest_of(row, at=at)) for row in rows)


def rest_of(row: DBTaskResult, *, at: datetime) -> datetime:
    """Return until when a task that failed rests; a failure is never still to come."""
    rest = rules.delay(len(row.worker_ids), first=settings.QUEUE_FIRST_DELAY)
    return min(row.finished_at, at) + rest


def bring_back(*, at: datetime) -> int:
    """Have tasks done that wait for longer than any rest; return how many.

    A clock that was ahead wrote until when they rest.
    """
    longest = rules.delay(rules.TRIES, first=settings.QUEUE_FIRST_DELAY)
    far = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run_after__gt=at + longest
    )
    return far.exclude(run_after=get_date_max()).update(run_after=at)


def again(row: DBTaskResult, *, at: datetime) -> bool:
    """Make a task ready for then, unless somebody has touched it since it was read."""
    won = as_seen(row).update(
        status=TaskResultStatus.READY, run_after=at, finished_at=None
    )
    return bool(won)


def as_seen(row: DBTaskResult) -> QuerySet[DBTaskResult]:
    """Return the row as a query that finds it only as it was when it was read."""
    return DBTaskResult.objects.filter(
        pk=row.pk, status=row.status, started_at=row.started_at
    )


@transaction.atomic
def try_again(pk: UUID, *, at: datetime, by: User | None = None) -> bool:
    """Give a dead letter five new tries, from now on; return whether it was one."""
    won = _revive(dead_letters().filter(pk=pk), at=at)
    if won:
        _note("task tried again", by=by, at=at)
    return bool(won)


@transaction.atomic
def try_all_again(*, at: datetime, by: User) -> int:
    """Give every dead letter five new tries, from now on; return how many."""
    won = _revive(dead_letters(), at=at)
    if won:
        _note("all failed tasks tried again", by=by, at=at)
    return won


def _revive(rows: QuerySet[DBTaskResult], *, at: datetime) -> int:
    return rows.update(
        status=TaskResultStatus.READY,
        run_after=at,
        started_at=None,
        finished_at=None,
        worker_ids=[],
        exception_class_path="",
        traceback="",
    )


def _note(purpose: str, *, by: User | None, at: datetime) -> None:
    record_event(Event.Kind.CHANGE, actor=by, purpose=purpose, subjects=[], at=at)


def run_due(*, at: datetime) -> int:
    """Enqueue the periodic work that is due; return how many tasks."""
    known = dict(Periodic.objects.values_list("name", "due_at"))
    for name, work in REGISTER.items():
        if rules.is_too_far(known.get(name, at), every=work.every, at=at):
            known[name] = back_in_time(name, known[name], work, at=at)
    due = [name for name in REGISTER if known.get(name, at) <= at]
    return sum(run_once(name, REGISTER[name], at=at) for name in due)


def back_in_time(name: str, due_at: datetime, work: Work, *, at: datetime) -> datetime:
    """Bring a due time back that a clock wrote which was ahead; return the new one."""
    after = rules.next_due(due_at, every=work.every, at=at)
    Periodic.objects.filter(name=name, due_at=due_at).update(due_at=after)
    return after


@transaction.atomic
def run_once(name: str, work: Work, *, at: datetime) -> bool:
    """Move the due time on and, if nobody else did, enqueue: both or neither."""
    row, _ = Periodic.objects.get_or_create(name=name, defaults={"due_at": at})
    after = rules.next_due(row.due_at, every=work.every, at=at)
    won = Periodic.objects.filter(pk=row.pk, due_at__lte=at).update(due_at=after)
    if won:
        work.task.enqueue()
    return bool(won)


def forget_finished(*, at: datetime) -> int:
    """Delete what was done or given up long ago; return how many tasks."""
    done = DBTaskResult.objects.successful().filter(
        finished_at__lt=at - rules.KEEP_DONE
    )
    dead = dead_letters().filter(finished_at__lt=at - rules.KEEP_DEAD)
    WorkerSeen.objects.filter(seen_at__lt=at - rules.KEEP_SEEN).delete()
    return done.delete()[0] + dead.delete()[0]


def forget_private(*, at: datetime) -> int:
    """Delete what was given an address or a code, once it is over; return how many.

    What a clock that was ahead wrote as its end would keep it until then.
    """
    DBTaskResult.objects.filter(finished_at__gt=at).update(finished_at=at)
    theirs = DBTaskResult.objects.filter(
        task_path__in=private.REGISTER, finished_at__lt=at - rules.KEEP_PRIVATE
    )
    over = theirs.filter(pk__in=dead_letters()) | theirs.successful()
    return over.delete()[0]
