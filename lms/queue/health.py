"""Does somebody do the queued work, and does somebody watch the clock?"""

from datetime import datetime

from django.conf import settings

from lms.queue.models import WorkerSeen


def worker_alive(*, at: datetime) -> bool:
    """Return whether at least one worker was seen lately."""
    since = at - settings.QUEUE_SILENT_AFTER
    return WorkerSeen.objects.workers().since(since).exists()


def beat_alive(*, at: datetime) -> bool:
    """Return whether beat was seen lately."""
    return WorkerSeen.objects.beats().since(at - settings.QUEUE_SILENT_AFTER).exists()
