"""Runs web, worker and beat under one parent that loads the project once and forks."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from lms.management.lines import WritesLines
from lms.queue.processes import Parent
from lms.web.installed import refuse_the_cast
from lms.web.server import (
    add_address,
    load_everything,
    refuse_a_port_in_use,
    serve_pages,
)


class Command(WritesLines, BaseCommand):
    help = "Serve pages, do tasks and watch the clock until SIGTERM."
    requires_system_checks = []  # they would open a connection before the forks

    def add_arguments(self, parser):
        add_address(parser)

    def handle(self, *, host, port, workers, **options):
        refuse_a_port_in_use(host, port)
        refuse_the_cast()
        load_everything()
        jobs = {
            "web": lambda: serve_pages(host, port, workers),
            "worker": lambda: call_command("worker"),
            "beat": lambda: call_command("beat"),
        }
        Parent(jobs).run()
