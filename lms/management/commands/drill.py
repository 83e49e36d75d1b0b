"""Tries on a scratch site what must not go wrong on a real one."""

import json
import sys
import time
from dataclasses import asdict
from functools import partial

from django.core.management.base import BaseCommand, CommandError

from lms.drills import REGISTER, Drill, Finding
from lms.scratch import Failed, scratch_site


class Command(BaseCommand):
    help = "Race for it, kill it, and count what is left. Exit 0 if all held, else 1."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=sorted(REGISTER))
        parser.add_argument("--rounds", "--actions", type=int, dest="rounds")
        parser.add_argument("--seed", type=int, default=1, help="Of random choices.")
        parser.add_argument("--json", action="store_true", help="Print the report.")

    def handle(self, *, name, rounds, seed, **options):
        drill = REGISTER[name]
        rounds = rounds or drill.rounds
        began = time.monotonic()
        try:
            findings = findings_of(drill, rounds, seed=seed)
        except Failed as failed:
            raise CommandError(f"The drill itself failed: {failed}") from failed
        held = all(finding.holds for finding in findings)
        report = {
            "drill": name,
            "rounds": rounds,
            "seconds": round(time.monotonic() - began, 1),
            "held": held,
            "findings": [asdict(finding) for finding in findings],
        }
        self.show(report, findings, as_json=options["json"])
        if not held:
            sys.exit(1)

    def show(self, report, findings, *, as_json):
        if as_json:
            self.stdout.write(json.dumps(report, indent=2, default=str))
            return
        for finding in findings:
            self.stdout.write(line(finding))
        verdict = "held" if report["held"] else "did NOT hold"
        self.stdout.write(
            f"{report['drill']}, rounds: {report['rounds']}, "
            f"{report['seconds']} s: {verdict}"
        )


def findings_of(drill: Drill, rounds: int, *, seed: int) -> list[Finding]:
    function = drill.load()
    if drill.seeded:
        function = partial(function, seed=seed)
    if not drill.on_a_site:
        return function(rounds)
    with scratch_site() as site:
        return function(site, rounds)


def line(finding: Finding) -> str:
    said = f"{finding.what}: {finding.found}"
    return said if finding.holds else f"{said} (wanted: {finding.wanted})  <<<"
