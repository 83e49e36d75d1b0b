"""Checks a list of people for a cohort as its trainer would, and may accept it."""

import json
from pathlib import Path
from uuid import UUID

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lms.people.models import Cohort, User
from lms.team.roster import actions, words
from lms.team.roster.checking import Report
from lms.team.roster.findings import Unreadable
from lms.team.roster.reading import read


class Command(BaseCommand):
    help = "Check a list of people; with --accept, invite whom it names. Exit 0, or 1."

    def add_arguments(self, parser):
        parser.add_argument("cohort", help="Its uuid, or its exact name.")
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="XLSX, CSV or OneRoster.",
        )
        parser.add_argument(
            "--as", required=True, dest="viewer", metavar="EMAIL", help="Its trainer."
        )
        parser.add_argument("--accept", action="store_true", help="Invite them.")
        parser.add_argument("--json", action="store_true", help="Print the report.")

    def handle(self, *, cohort, files, viewer, **options):
        by = the_person(viewer)
        with override(by.language):
            told = self.do(the_cohort(cohort, by=by), by=by, files=files, **options)
            if options["json"]:
                self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
            else:
                self.stdout.write("\n".join(lines_of(told)))

    def do(self, cohort, *, by, files, accept, **options):
        """Return what the list says, and how many were invited if it is accepted."""
        if cohort.archived_at:
            raise CommandError(str(words.REFUSALS["cohort-archived"]))
        at, reading = timezone.now(), read_files(files)
        report = actions.check_list(cohort, by=by, reading=reading, at=at)
        told = told_of(report)
        if accept and report.new:
            kept = actions.keep(cohort, by=by, report=report, at=at)
            told["invitations"] = actions.accept(kept, by=by, at=at)
        return told


def the_person(address: str) -> User:
    person = User.objects.open().filter(email=address.lower()).first()
    if person is None:
        raise CommandError("Nobody signs in with that e-mail.")
    return person


def the_cohort(said: str, *, by: User) -> Cohort:
    """Return the cohort of that uuid or name among those the person trains."""
    in_sight = Cohort.objects.visible_to(by)
    try:
        found = in_sight.filter(uuid=UUID(said))
    except ValueError:
        found = in_sight.filter(name=said)
    match list(found[:2]):
        case [cohort]:
            return cohort
        case []:
            raise CommandError("That person trains no such cohort.")
        case _:
            raise CommandError("Several cohorts have that name: give the uuid.")


def read_files(paths: list[Path]):
    """Return what the files say, or end with why they say nothing."""
    opened = []
    try:
        for path in paths:
            opened.append(File(path.open("rb"), name=path.name))
        return read(opened)
    except OSError as error:
        raise CommandError(f"Cannot open the file: {error.strerror}.") from error
    except Unreadable as error:
        raise CommandError(words.sentence(error.finding)) from error
    finally:
        for file in opened:
            file.close()


def told_of(report: Report) -> dict:
    """Return the report as JSON, with a sentence beside each stable word."""
    told = report.as_json()
    for note in told["notes"]:
        note["sentence"] = words.sentence(note)
    for error in told["errors"]:
        said = words.wrong(error)
        error |= {"sentence": said.what, "to_do": said.todo}
    for row in told["new"]:
        for warning in row["warnings"]:
            warning["sentence"] = words.sentence(warning)
    return told


def lines_of(told: dict) -> list[str]:
    """Return the report for somebody who reads a terminal."""
    counts = {
        "new": len(told["new"]),
        "here": len(told["members"]) + len(told["invited"]),
        "errors": len(told["errors"]),
        "twice": len(told["twice"]),
    }
    first = _(
        "%(new)d new, %(here)d already here, %(errors)d with errors, %(twice)d twice"
    )
    lines = [first % counts, *[note["sentence"] for note in told["notes"]]]
    lines += [f"{e['row']}: {e['sentence']} {e['to_do']}" for e in told["errors"]]
    lines += [
        f"{row['row']}: {warning['sentence']}"
        for row in told["new"]
        for warning in row["warnings"]
    ]
    if "invitations" in told:
        lines.append(words.on_their_way(told["invitations"]))
    return lines
