"""Reads a mail that a mail system returned: the mail server pipes it in."""

import os
import sys

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from lms.mail.returned import MOST, read_report, take_back


class Command(BaseCommand):
    help = (
        "Read a delivery report on standard input and note that the letter came back. "
        "Anything else changes nothing, and is no error: nobody returns a return."
    )
    requires_system_checks = []

    def handle(self, **options):
        returned = read_report(sys.stdin.buffer.read(MOST))
        if returned is None:
            self.stderr.write("No report that a letter of ours failed: nothing noted.")
            return
        try:
            noted = take_back(returned, at=timezone.now())
        except (InterfaceError, OperationalError):
            self.stderr.write("The database is away: hand it in again later.")
            sys.exit(os.EX_TEMPFAIL)
        if not noted:
            self.stderr.write("A letter that is not out: nothing noted.")
