"""Serves pages: the first of the three processes of a real installation."""

from django.core.management.base import BaseCommand

from lms.management.lines import WritesLines
from lms.web.installed import refuse_the_cast
from lms.web.server import (
    add_address,
    load_everything,
    refuse_a_port_in_use,
    serve_pages,
)


class Command(WritesLines, BaseCommand):
    help = "Serve pages until SIGTERM; a web process that dies is started again."
    requires_system_checks = []  # they would open a connection before the forks

    def add_arguments(self, parser):
        add_address(parser)

    def handle(self, *, host, port, workers, **options):
        refuse_a_port_in_use(host, port)
        refuse_the_cast()
        load_everything()
        serve_pages(host, port, workers)
