"""Who is at work, what comes back by the clock, and which tasks wait for a person?"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from lms.queue.exceptions import GAVE_UP
from lms.queue.rules import TRIES

BEAT = "beat"
CLOCK = "clock"  # no process: the newest time that came without a jump
TRIED_OUT = Q(**{f"worker_ids__{TRIES - 1}__isnull": False})  # it has a last worker
DEAD = TRIED_OUT | Q(exception_class_path=GAVE_UP)


class WorkerSeenQuerySet(models.QuerySet):
    def workers(self):
        return self.exclude(worker_id__in=(BEAT, CLOCK))

    def beats(self):
        return self.filter(worker_id=BEAT)

    def since(self, instant):
        return self.filter(seen_at__gt=instant)

    def lately(self, at, *, within):
        """Keep those seen neither too long ago nor ahead by as much."""
        return self.since(at - within).filter(seen_at__lt=at + within)


class WorkerSeen(models.Model):
    """A process that said it lives; `beat` has one row for all that run.

    Another row is the clock's (`lms.queue.clock`).
    """

    worker_id = models.CharField(_("worker"), max_length=64, unique=True)
    seen_at = models.DateTimeField(_("seen at"))

    objects = WorkerSeenQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker seen")
        verbose_name_plural = _("workers seen")

    def __str__(self):
        return self.worker_id


class Periodic(models.Model):
    """When a piece of periodic work is due next."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    due_at = models.DateTimeField(_("due at"))

    class Meta:
        verbose_name = _("periodic work")
        verbose_name_plural = _("periodic work")

    def __str__(self):
        return self.name


def dead_letters():
    """Return the tasks that failed and are not tried again by themselves."""
    return DBTaskResult.objects.failed().filter(DEAD)


def failed_with_tries_left():
    """Return the tasks that failed and are to be tried again by the clock."""
    return DBTaskResult.objects.failed().exclude(DEAD)
