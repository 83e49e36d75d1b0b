"""Loads a backup into an empty installation, and says whether all of it is there."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.backup.refusing import NotDone, backup_key
from lms.backup.restoring import restore
from lms.backup.sealing import Spoiled


class Command(BaseCommand):
    help = (
        "Restore an archive of `backup` where nobody is yet; its mail is held. "
        "Exit 0 if all of it is there, else 1 with what is not."
    )
    requires_system_checks = []  # the database may have no table yet

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--newer",
            type=Path,
            metavar="FILE",
            help="A later archive: whoever is erased in it is erased again.",
        )
        parser.add_argument("--json", action="store_true", help="Print the report.")

    def handle(self, *, file, newer, **options):
        try:
            restored = restore(
                file, newer=newer, secret=backup_key(), at=timezone.now()
            )
        except (NotDone, Spoiled) as refused:
            raise CommandError(refused) from refused
        if options["json"]:
            self.stdout.write(json.dumps(restored.told(), indent=2))
        else:
            self.stdout.write("\n".join(lines(restored, newer=newer)))
        if restored.flaws:
            sys.exit(1)


def lines(restored, *, newer) -> list[str]:
    """Return what an administrator reads, the flaws first and what to do last."""
    return [
        *restored.flaws,
        *[f"{p.what}: {p.looked_at}, {len(p.flaws)} wrong" for p in restored.proofs],
        f"Restored as of {restored.taken_at}.",
        *["It was of an older Campus and was migrated."][: restored.migrated],
        f"{restored.erased_again} people were erased again."
        if newer
        else "Whoever was erased after that moment is back: erase them again, or "
        "restore with --newer.",
        "Mail is held: see docs/backup.md, then `manage.py release_mail`.",
    ]
