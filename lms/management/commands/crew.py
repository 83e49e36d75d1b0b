"""Does what a drill orders on standard input, in processes of their own."""

import os
import sys

from django.core.management.base import BaseCommand

from lms import crew


class Command(BaseCommand):
    help = "For drills: one order a line on standard input, one report a line back."
    requires_system_checks = []  # they would open a connection before the forks

    def handle(self, **options):
        with os.fdopen(os.dup(1), "w") as reports:
            os.dup2(2, 1)  # what the work itself prints is no report
            crew.obey(sys.stdin, reports)
