"""Walks the chain of seals over the audit log and says what was changed in it."""

import json
import re
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from lms.audit.chain import Mark, Walk, not_sealed

MARK = re.compile(r"(\d+):([0-9a-f]{64})")


class Command(BaseCommand):
    help = "Is the audit log as it was sealed? Exit 0 if so, 1 with what is wrong."

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            metavar="NUMBER:DIGEST",
            help="A seal from the log files, which the chain must still hold.",
        )
        parser.add_argument("--json", action="store_true", help="Print the report.")

    def handle(self, *, expect, **options):
        walk = Walk(expected=mark_of(expect) if expect else None)
        found = []
        for flaw in walk.flaws():
            found.append(asdict(flaw) | {"sentence": str(flaw)})
            if not options["json"]:
                self.stdout.write(str(flaw))
        waiting = not_sealed()
        if options["json"]:
            self.stdout.write(json.dumps(report_of(walk, found, waiting), indent=2))
        else:
            self.stdout.write(
                f"{walk.events} events, {walk.seals} seals, "
                f"last {walk.last or 'none'}, {waiting} not yet sealed"
            )
        if found:
            sys.exit(1)


def mark_of(said: str) -> Mark:
    match = MARK.fullmatch(said)
    if match is None:
        raise CommandError("Give --expect as NUMBER:DIGEST, as audit_check prints it.")
    return Mark(int(match[1]), match[2])


def report_of(walk: Walk, found: list[dict], waiting: int) -> dict:
    return {
        "events": walk.events,
        "seals": walk.seals,
        "last": asdict(walk.last) if walk.last else None,
        "not_yet_sealed": waiting,
        "flaws": found,
    }
