"""Tasks are taken up again, tried again, given up and revived; the clock is obeyed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from lms.audit.models import Event
from lms.people.tasks import answer_sign_up, send_reset
from lms.queue import actions, private
from lms.queue.exceptions import GAVE_UP, WORKER_DIED, GiveUp
from lms.queue.models import BEAT, Periodic, WorkerSeen, dead_letters
from lms.queue.periodic import Work

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
FAILED, SUCCESSFUL = TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL
sung = []


@task
def sing(song="la"):
    sung.append(song)


@task
def stumble(falls):
    sung.append("oops")
    if len(sung) <= falls:
        raise ValueError


@task
def give_up():
    raise GiveUp


@pytest.fixture(autouse=True)
def silence():
    sung.clear()


def state(row):
    row.refresh_from_db()
    return row.status, row.run_after, row.finished_at


# Enqueued in the transaction


@pytest.mark.django_db(transaction=True)
def test_rollback_takes_the_task_with_it():
    with transaction.atomic():
        sing.enqueue()
        transaction.set_rollback(True)

    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_commit_keeps_the_task(work):
    with transaction.atomic():
        sing.enqueue("do")

    work()

    assert sung == ["do"]


# Life signs


def test_say_alive_keeps_one_row_for_each_worker(at):
    actions.say_alive("a", at=at - SECOND)
    actions.say_alive("b", at=at - SECOND)
    actions.say_alive("a", at=at)

    seen = dict(WorkerSeen.objects.values_list("worker_id", "seen_at"))
    assert seen == {"a": at, "b": at - SECOND}


# Taken from the dead


@pytest.mark.parametrize(("tries", "rest"), [(1, 10), (2, 40), (3, 160), (4, 640)])
def test_reclaim_puts_an_orphan_back_after_a_rest(at, make_running, tries, rest):
    row = make_running(tries=tries, started_at=at - 46 * SECOND)

    taken = actions.reclaim(at=at)

    assert taken == 1
    assert state(row) == (READY, at + rest * SECOND, None)


def test_reclaim_leaves_a_living_workers_task(at, make_running):
    row = make_running(tries=2, started_at=at - timedelta(hours=1))
    actions.say_alive("worker-2", at=at - 44 * SECOND)

    assert actions.reclaim(at=at) == 0
    row.refresh_from_db()
    assert row.status == RUNNING


def test_reclaim_looks_at_the_last_worker_only(at, make_running):
    make_running(tries=2, started_at=at - timedelta(hours=1))
    actions.say_alive("worker-1", at=at)

    assert actions.reclaim(at=at) == 1


def test_reclaim_leaves_what_has_just_begun(at, make_running):
    make_running(started_at=at - 44 * SECOND)

    assert actions.reclaim(at=at) == 0


def test_reclaim_makes_a_dead_letter_of_the_fifth_death(at, make_running):
    row = make_running(tries=5, started_at=at - timedelta(hours=1))

    taken = actions.reclaim(at=at)

    assert taken == 1
    row.refresh_from_db()
    assert (row.status, row.finished_at) == (FAILED, at)
    assert row.exception_class_path == WORKER_DIED
    assert list(dead_letters()) == [row]


@pytest.mark.parametrize("tries", [1, 5])
def test_take_up_again_yields_to_who_was_there_first(at, make_running, tries):
    stale = make_running(tries=tries, started_at=at - timedelta(hours=1))
    DBTaskResult.objects.filter(pk=stale.pk).update(started_at=at)

    taken = actions.take_up_again(stale, at=at)

    assert taken is False
    assert DBTaskResult.objects.get().status == RUNNING


# Tried again


@pytest.mark.parametrize(("tries", "rest"), [(1, 10), (2, 40), (3, 160), (4, 640)])
def test_retry_failed_counts_the_rest_from_the_failure(at, make_failed, tries, rest):
    row = make_failed(tries=tries, finished_at=at - 3 * SECOND)

    retried = actions.retry_failed(at=at)

    assert retried == 1
    assert state(row) == (READY, at + (rest - 3) * SECOND, None)


@pytest.mark.parametrize("fields", [{"tries": 5}, {"exception_class_path": GAVE_UP}])
def test_retry_failed_leaves_dead_letters(at, make_failed, fields):
    row = make_failed(**fields)

    assert actions.retry_failed(at=at) == 0
    row.refresh_from_db()
    assert row.status == FAILED


def test_retry_failed_leaves_what_is_done_waiting_or_running(at, make_task):
    for status in (READY, RUNNING, SUCCESSFUL):
        make_task(status)

    assert actions.retry_failed(at=at) == 0


def test_task_that_fails_twice_is_done_at_the_third_try(settings, work):
    settings.QUEUE_FIRST_DELAY = timedelta(0)
    task_id = stumble.enqueue(2).id

    for _ in range(5):
        work()
        actions.retry_failed(at=DBTaskResult.objects.get().enqueued_at)

    row = DBTaskResult.objects.get(pk=task_id)
    assert row.status == SUCCESSFUL
    assert len(row.worker_ids) == 3


def test_task_that_always_fails_is_a_dead_letter_after_five_tries(settings, work):
    settings.QUEUE_FIRST_DELAY = timedelta(0)
    stumble.enqueue(99)

    for _ in range(8):
        work()
        actions.retry_failed(at=DBTaskResult.objects.get().enqueued_at)

    assert dead_letters().count() == 1
    assert len(sung) == 5


def test_task_that_gives_up_is_a_dead_letter_at_once(at, work):
    give_up.enqueue()

    work()

    assert actions.retry_failed(at=at) == 0
    assert [len(row.worker_ids) for row in dead_letters()] == [1]


# After a clock that was ahead


def test_reclaim_takes_what_was_begun_by_a_clock_that_was_ahead(at, make_running):
    ahead = at + timedelta(days=365)
    row = make_running(started_at=ahead)
    actions.say_alive("worker-1", at=ahead)

    assert actions.reclaim(at=at) == 1
    assert state(row) == (READY, at + 10 * SECOND, None)


def test_failure_that_is_still_to_come_is_one_of_now(at, make_failed):
    row = make_failed(finished_at=at + timedelta(days=365))

    actions.retry_failed(at=at)

    assert state(row) == (READY, at + 10 * SECOND, None)


def test_what_rests_too_long_goes_on_and_what_waits_for_a_worker_waits(at, make_task):
    longest = 10 * SECOND * 4**4
    far = make_task(READY, run_after=at + longest + SECOND)
    rests = make_task(READY, run_after=at + longest)
    fresh = make_task(READY, run_after=get_date_max())

    assert actions.bring_back(at=at) == 1
    assert [state(row)[1] for row in (far, rests, fresh)] == [
        at,
        at + longest,
        get_date_max(),
    ]


def test_what_was_given_an_address_is_not_kept_for_a_year(at, make_task):
    make_task(SUCCESSFUL, finished_at=at + timedelta(days=365))
    DBTaskResult.objects.update(task_path=send_reset.module_path)

    actions.forget_private(at=at)
    count = actions.forget_private(at=at + timedelta(hours=12, seconds=1))

    assert count == 1


# Revived


def test_try_again_gives_a_dead_letter_five_new_tries(at, make_failed, work):
    row = make_failed(tries=5, exception_class_path=WORKER_DIED)
    DBTaskResult.objects.update(task_path=sing.module_path)

    revived = actions.try_again(row.pk, at=at)
    work("again")

    assert revived is True
    assert sung == ["la"]
    row.refresh_from_db()
    assert (row.status, row.worker_ids) == (SUCCESSFUL, ["again"])


def test_try_again_leaves_a_line_in_the_audit_log(at, make_failed, django_user_model):
    admin = django_user_model.objects.create_user("admin@demo.example")
    row = make_failed(tries=5)

    actions.try_again(row.pk, by=admin, at=at)

    event = Event.objects.get()
    assert (event.kind, event.actor, event.at) == (Event.Kind.CHANGE, admin, at)


def test_try_again_leaves_what_is_no_dead_letter(at, make_failed, make_running):
    failed, running = make_failed(tries=4), make_running(tries=5)

    answers = [actions.try_again(pk, at=at) for pk in (failed.pk, running.pk, uuid4())]

    assert answers == [False, False, False]
    assert Event.objects.count() == 0


def test_try_all_again_revives_every_dead_letter_and_writes_it_down_once(
    at, make_failed, make_running, admin
):
    dead = {make_failed(tries=5).pk, make_failed(exception_class_path=GAVE_UP).pk}
    make_failed(tries=4)
    make_running(tries=5)

    numbers = [actions.try_all_again(at=at, by=admin) for _time in range(2)]

    assert numbers == [2, 0]
    revived = DBTaskResult.objects.filter(status="READY", run_after=at)
    assert set(revived.values_list("pk", flat=True)) == dead
    event = Event.objects.get()
    assert (event.actor, event.purpose) == (admin, "all failed tasks tried again")


# By the clock


def test_run_due_enqueues_new_work_at_once(at, register, work):
    register["choir"] = Work(sing, 60 * SECOND)

    count = actions.run_due(at=at)
    work()

    assert count == 1
    assert sung == ["la"]
    assert Periodic.objects.get().due_at == at + 60 * SECOND


@pytest.mark.parametrize(("in_seconds", "count"), [(-600, 1), (0, 1), (1, 0)])
def test_run_due_waits_for_its_time_and_makes_up_nothing(
    at, register, in_seconds, count
):
    register["choir"] = Work(sing, 60 * SECOND)
    Periodic.objects.create(name="choir", due_at=at + in_seconds * SECOND)

    first, second = actions.run_due(at=at), actions.run_due(at=at)

    assert (first, second) == (count, 0)
    assert DBTaskResult.objects.count() == count


def test_due_time_that_a_clock_wrote_ahead_is_brought_back(at, register):
    register["choir"] = Work(sing, 60 * SECOND)
    Periodic.objects.create(name="choir", due_at=at + timedelta(days=365, seconds=7))

    now = actions.run_due(at=at)
    then = actions.run_due(at=at + 60 * SECOND)

    assert (now, then) == (0, 1)
    assert Periodic.objects.get().due_at == at + 67 * SECOND


def test_due_time_is_brought_back_once(at, register):
    far = at + timedelta(days=365)
    Periodic.objects.create(name="choir", due_at=at)

    actions.back_in_time("choir", far, Work(sing, 60 * SECOND), at=at)

    assert Periodic.objects.get().due_at == at


def test_run_once_yields_to_who_was_there_first(at, register):
    work = Work(sing, 60 * SECOND)

    answers = [actions.run_once("choir", work, at=at) for _ in range(2)]

    assert answers == [True, False]
    assert DBTaskResult.objects.count() == 1


class Refusing:
    def enqueue(self):
        raise ConnectionError


def test_run_due_moves_no_due_time_without_a_task(at, register):
    register["choir"] = Work(Refusing(), 60 * SECOND)

    with pytest.raises(ConnectionError):
        actions.run_due(at=at)

    assert Periodic.objects.count() == 0


def test_beat_does_all_that_the_clock_asks_for(at, register, make_running, make_failed):
    register["choir"] = Work(sing, 60 * SECOND)
    orphan = make_running(started_at=at - timedelta(hours=1))
    failed = make_failed()

    actions.beat(at=at)

    ready = DBTaskResult.objects.filter(status=READY)
    assert ready.contains(orphan)
    assert ready.contains(failed)
    assert ready.filter(task_path=sing.module_path).count() == 1
    assert WorkerSeen.objects.get(worker_id=BEAT).seen_at == at


def test_forget_finished_deletes_what_is_old(at, make_task, make_failed, make_running):
    tick = timedelta(microseconds=1)
    fortnight, half_a_year = at - timedelta(days=14), at - timedelta(days=180)
    old, ancient = fortnight - tick, half_a_year - tick
    make_task(SUCCESSFUL, finished_at=old)
    make_failed(tries=5, finished_at=ancient)
    kept = {
        make_task(SUCCESSFUL, finished_at=fortnight),
        make_failed(tries=5, finished_at=half_a_year),
        make_failed(tries=4, finished_at=ancient),
        make_running(started_at=ancient),
    }
    actions.say_alive("gone", at=at - timedelta(days=1) - tick)
    actions.say_alive("here", at=at - timedelta(days=1))

    count = actions.forget_finished(at=at)

    assert count == 2
    assert set(DBTaskResult.objects.all()) == kept
    assert [seen.worker_id for seen in WorkerSeen.objects.all()] == ["here"]


def test_forget_private_deletes_what_was_given_an_address(
    at, make_task, make_failed, make_running
):
    tick, then = timedelta(microseconds=1), at - timedelta(hours=12)
    sent = make_task(SUCCESSFUL, finished_at=then - tick)
    dead = make_failed(tries=5, finished_at=then - tick)
    kept = {
        make_task(SUCCESSFUL, finished_at=then),
        make_failed(tries=5, finished_at=then),
        make_failed(tries=4, finished_at=then - tick),
        make_running(started_at=then - tick),
    }
    DBTaskResult.objects.update(task_path=send_reset.module_path)
    other = make_task(SUCCESSFUL, finished_at=then - tick)

    count = actions.forget_private(at=at)

    assert count == 2
    assert set(DBTaskResult.objects.all()) == kept | {other}
    assert not DBTaskResult.objects.filter(pk__in=[sent.pk, dead.pk]).exists()


def test_tasks_that_are_given_an_address_and_a_code_are_private():
    assert {send_reset.module_path, answer_sign_up.module_path} <= private.REGISTER
