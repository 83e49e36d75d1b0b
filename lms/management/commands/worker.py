"""Does queued tasks, and says every few seconds that it lives."""

import logging
from threading import Event, Thread

from django.conf import settings
from django.db import Error, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from lms.management.lines import WritesLines
from lms.queue.actions import say_alive
from lms.queue.time_limits import Hourglass
from lms.web.installed import refuse_the_cast

logger = logging.getLogger("lms.queue")


class Command(WritesLines, db_worker.Command):
    help = "Do queued tasks. Stop it with SIGTERM: it finishes the task in hand."
    requires_system_checks = []  # it is started again and again: quickly, then

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(reload=False)

    def handle(self, *, worker_id, **options):
        refuse_the_cast()
        # A restarted worker is another one: under an old id it would vouch for a
        # task that died with its predecessor.
        worker_id = f"{worker_id[:31]}-{get_random_string(32)}"
        say_alive(worker_id, at=timezone.now())
        done, hourglass = Event(), Hourglass()
        hourglass.set_up()
        voice = Thread(
            target=keep_saying, args=[worker_id, done, hourglass], daemon=True
        )
        voice.start()
        try:
            super().handle(worker_id=worker_id, **options)
        finally:
            done.set()
            voice.join()


def keep_saying(worker_id, done, hourglass):
    """Say that this process lives, as long as it does not hang in a task."""
    while not done.wait(settings.QUEUE_HEARTBEAT.total_seconds()):
        hourglass.end_if_stuck()
        try:
            say_alive(worker_id, at=timezone.now())
        except Error as error:  # a busy database is no reason to stop
            logger.warning("Life sign not written: %s", type(error).__name__)
        finally:
            connections.close_all()
