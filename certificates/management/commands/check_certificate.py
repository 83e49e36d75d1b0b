"""Does this certificate stand? Asked of a file or of a code, on the command line."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates import rules
from certificates.lookup import of_code, of_file
from certificates.models import Certificate
from certificates.rules import Standing
from certificates.wording import issued_on


class Command(BaseCommand):
    help = "Say whether a certificate stands (exit 0) or why not (exit 1)."

    def add_arguments(self, parser):
        parser.add_argument("subject", metavar="FILE-or-CODE")
        parser.add_argument("--json", action="store_true", help="print the report")

    def handle(self, subject, **options):
        report = report_on(subject)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("stands" if report["stands"] else "does not stand")
            for reason in report["reasons"]:
                self.stderr.write(reason)
        if not report["stands"]:
            sys.exit(1)


def report_on(subject: str) -> dict:
    """Return what is known of the file or code; no name is in it."""
    path = Path(subject)
    if path.is_file():
        return _report(of_file(path.read_bytes()), unknown="file-not-issued-here")
    return _report(of_code(subject), unknown="code-not-known")


def _report(certificate: Certificate | None, *, unknown: str) -> dict:
    if certificate is None:
        return {"stands": False, "reasons": [unknown]}
    standing = certificate.standing(timezone.localdate())
    stands = standing == Standing.VALID
    until = certificate.valid_until
    return {
        "stands": stands,
        "reasons": [] if stands else [str(standing)],
        "code": rules.code_printed(certificate.code),
        "course": certificate.titles,
        "issuer": certificate.issuer,
        "edition": certificate.edition_label,
        "norms_on": certificate.norms_on.isoformat(),
        "minutes": certificate.minutes,
        "minutes_in_person": certificate.minutes_in_person,
        "issued_on": issued_on(certificate).isoformat(),
        "valid_until": until.isoformat() if until else None,
        "sha256": certificate.sha256 or None,
    }
