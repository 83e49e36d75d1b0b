"""Writes all that there is, database and files, into one sealed file."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.backup.refusing import NotDone, backup_key
from lms.backup.taking import take


class Command(BaseCommand):
    help = (
        "Back up database and files into one file, sealed with BACKUP_KEY. "
        "Exit 0, or 1 with what was missing already."
    )

    def add_arguments(self, parser):
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="Print the report.")

    def handle(self, *, out, **options):
        try:
            taken = take(out, secret=backup_key(), at=timezone.now())
        except NotDone as refused:
            raise CommandError(refused) from refused
        if options["json"]:
            self.stdout.write(json.dumps(asdict(taken), indent=2))
        else:
            self.stdout.write(
                f"{taken.file}: {taken.rows} rows and {taken.files} files, "
                f"{taken.bytes} bytes."
            )
            for name in taken.lost:
                self.stdout.write(f"A row names {name}, which is not there.")
        if taken.lost:
            sys.exit(1)
