"""Measures on a scratch site what pages cost, and holds it to what was promised."""

import os
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from lms.bench.register import REGISTER, load
from lms.scratch import Failed


class Command(BaseCommand):
    help = "Measure and print one table. Exit 0 if every budget holds, else 1."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=sorted(REGISTER))

    def handle(self, *, name, **options):
        before = load_of_the_machine()
        try:
            table = load(name)()
        except Failed as failed:
            raise CommandError(f"The bench itself failed: {failed}") from failed
        lines = [f"{name}, {connection.vendor}", *table.lines()]
        lines += [
            f"Load of the machine: {before} before, {load_of_the_machine()} after."
        ]
        self.stdout.write("\n".join(lines))
        if not table.holds:
            sys.exit(1)


def load_of_the_machine() -> str:
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
