"""Does somebody do the queued work, watch the clock, and see what was given up?"""

from datetime import datetime

from django.conf import settings

from lms.queue import models
from lms.queue.models import WorkerSeen


def worker_alive(*, at: datetime) -> bool:
    """Return whether at least one worker was seen lately."""
    workers = WorkerSeen.objects.workers()
    return workers.lately(at, within=settings.QUEUE_SILENT_AFTER).exists()


def beat_alive(*, at: datetime) -> bool:
    """Return whether beat was seen lately."""
    beats = WorkerSeen.objects.beats()
    return beats.lately(at, within=settings.QUEUE_SILENT_AFTER).exists()


def dead_letters(at: datetime) -> int:
    """Return how many tasks had failed for good by then and wait for a person."""
    return models.dead_letters().filter(finished_at__lte=at).count()
