"""The queue tidies up after itself."""

from datetime import timedelta

from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.queue.tasks import forget_finished


def test_forget_finished_runs_as_a_task(make_task, work):
    long_ago = timezone.now() - timedelta(days=15)
    old = make_task(TaskResultStatus.SUCCESSFUL, finished_at=long_ago)
    forget_finished.enqueue()

    work()

    assert not DBTaskResult.objects.contains(old)
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
