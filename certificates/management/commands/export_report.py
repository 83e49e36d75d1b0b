"""Writes the completion report to a file, as one of its readers would see it."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from certificates.crowd import people_with
from certificates.reports.columns import COLUMNS
from certificates.reports.forms import ReportForm
from certificates.takeaway import rules
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.making import note_export
from certificates.takeaway.reading import ON_PAPER, Reading, read
from certificates.takeaway.words import REFUSALS
from lms.management.commands.import_people import the_person
from lms.people.choices import Role
from lms.people.scope import standing_mandates
from lms.refusals import Refused


class Command(BaseCommand):
    help = "Write the completion report within a person's sight. Exit 0, or 1 and why."

    def add_arguments(self, parser):
        parser.add_argument(
            "--as", required=True, dest="viewer", metavar="EMAIL", help="Whose sight."
        )
        parser.add_argument("--format", required=True, choices=list(FORMATS))
        parser.add_argument(
            "--filter",
            action="append",
            default=[],
            metavar="K=V",
            help="As in the address of the report: state=late.",
        )
        parser.add_argument("--columns", default="", help="With commas between them.")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="Print the report.")

    def handle(self, *, viewer, **options):
        by = the_person(viewer)
        with override(by.language):
            told = export(
                by,
                query=filters(options["filter"]),
                columns=columns(options["columns"], kind=options["format"]),
                kind=options["format"],
                out=options["out"],
            )
        if options["json"]:
            self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
        else:
            self.stdout.write(f"{told['rows']} rows: {told['file']}")


def filters(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    unknown = [name for name, _sign, _value in pairs if name not in known_filters()]
    if unknown:
        raise CommandError(f"No such filter: {', '.join(unknown)}.")
    return {name: value for name, _sign, value in pairs}


def known_filters() -> set[str]:
    return set(ReportForm.base_fields)


def columns(given: str, *, kind: str) -> list[str]:
    usual = list(ON_PAPER) if kind == "pdf" else list(COLUMNS)
    asked = [name.strip() for name in given.split(",") if name.strip()] or usual
    unknown = [name for name in asked if name not in COLUMNS]
    if unknown:
        raise CommandError(f"No such column: {', '.join(unknown)}.")
    return asked


def export(by, *, query, columns, kind, out) -> dict:
    """Write the file beside its name, then give it that; return what was written."""
    at = timezone.now()
    report = read_or_refuse(by, query, at=at)
    draft = out.with_name(f"{out.name}.part")
    try:
        with transaction.atomic(), draft.open("wb") as file:
            whom = report.whom()
            refuse(report, whom, columns=columns, kind=kind)
            FORMATS[kind].write(report.sheet(columns), file)
            note_export(by, whom=whom, columns=columns, at=at)
        draft.replace(out)
    except OSError as error:
        raise CommandError(f"Cannot write the file: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return {
        "file": str(out),
        "format": kind,
        "rows": report.rows(),
        "people": len(whom),
        "columns": columns,
        "filters": report.asked.as_query(),
    }


def read_or_refuse(by, query, *, at) -> Reading:
    form = ReportForm(query, viewer=by, at=at)
    try:
        return read(by, query, at=at)
    except Refused as refused:
        said = [error for errors in form.errors.values() for error in errors]
        raise CommandError(" ".join(said)) from refused


def refuse(report: Reading, whom: set[int], *, columns, kind) -> None:
    """End with the reasons where the report cannot leave the platform this way."""
    on = timezone.localdate(report.at)
    holds = standing_mandates(report.viewer, Role.MINISTRY, on=on).exists()
    people = people_with(report.viewer, whom, at=report.at)
    large = rules.needs_second(people, limit=settings.REPORT_PEOPLE_LIMIT)
    reasons = rules.asking_refusals(
        holds_mandate=holds,
        rows=report.rows(),
        most_rows=FORMATS[kind].most_rows(len(columns)),
        large=False,
        says_why=True,
    )
    said = [str(REFUSALS[reason]) for reason in reasons]
    if large:
        said.append(
            "So many people in one day need a second person: ask for the file on the "
            "report."
        )
    if said:
        raise CommandError(" ".join(said))
