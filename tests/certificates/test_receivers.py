"""What follows from a completed course, in its transaction or not at all."""

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from certificates.models import Certificate
from certificates.tasks import render_certificate
from courses.actions import complete_activity


def render_tasks():
    return DBTaskResult.objects.filter(task_path=render_certificate.module_path)


def complete(enrolment, activities, at):
    for name in ("lesson-1", "lesson-2", "practice", "final"):
        complete_activity(
            enrolment, activity=activities[name], language="es", revision=1, at=at
        )


def test_a_completed_course_gives_one_certificate_and_one_task(
    enrolment, activities, at
):
    complete(enrolment, activities, at)

    award = Certificate.objects.get()
    assert award.enrolment == enrolment
    assert render_tasks().get().args_kwargs["args"] == [str(award.pk)]


def test_completing_again_gives_nothing_more(enrolment, activities, at):
    complete(enrolment, activities, at)

    complete(enrolment, activities, at)

    assert (Certificate.objects.count(), render_tasks().count()) == (1, 1)


def test_a_transaction_that_is_undone_leaves_neither(enrolment, activities, at):
    with transaction.atomic():
        complete(enrolment, activities, at)
        assert Certificate.objects.exists()
        transaction.set_rollback(True)

    enrolment.refresh_from_db()
    assert enrolment.is_open
    assert (Certificate.objects.count(), render_tasks().count()) == (0, 0)


def test_a_delta_enrolment_earns_no_certificate(enrolment, activities, at):
    enrolment.full = False
    enrolment.save()

    complete(enrolment, activities, at)

    assert not Certificate.objects.exists()
