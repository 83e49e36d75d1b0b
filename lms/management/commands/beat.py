"""Watches the clock: tries tasks again and enqueues what is due."""

import logging
import signal
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from lms.management.lines import WritesLines
from lms.queue import actions, clock, tasks
from lms.web.installed import refuse_the_cast

logger = logging.getLogger("lms.queue")


class Command(WritesLines, BaseCommand):
    help = "Watch the clock: further tries, periodic work. Two at once do no harm."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Beat once and end.")
        parser.add_argument(
            "--clock-is-right",
            action="store_true",
            help="The machine was off for long; its clock is right all the same.",
        )

    def handle(self, *, once, clock_is_right, **options):
        refuse_the_cast()
        tasks.register()
        if clock_is_right:
            clock.trust(at=timezone.now())
        if once:
            actions.beat(at=timezone.now())
            return
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        while True:
            beat()
            time.sleep(settings.QUEUE_BEAT_EVERY.total_seconds())


def beat():
    close_old_connections()
    try:
        actions.beat(at=timezone.now())
    except (InterfaceError, OperationalError) as error:  # busy or away: next time
        logger.warning("Beat missed: %s", type(error).__name__)
        close_old_connections()
