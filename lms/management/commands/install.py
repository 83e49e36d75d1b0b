"""Brings all that a platform needs before its first day, and after each upgrade."""

from argparse import ArgumentTypeError
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.causes import told_plainly
from lms.installing.actions import appoint_first
from lms.installing.preparing import FIXTURES, prepare
from lms.people.addresses import validate_address
from lms.refusals import Refused
from lms.web.installed import all_missing

WHY = {
    "one-mailbox": "The two administrators need a mailbox each.",
    "more-than-two": "There are administrators already: they appoint the next ones.",
    "taken": "One of these addresses has an account that is no administrator's.",
}


class Command(BaseCommand):
    help = (
        "Make tables, files, institutions, courses, the site and the first two "
        "administrators. A second run brings what is missing and leaves the rest."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--administrator",
            action="append",
            default=[],
            type=name_and_address,
            metavar="EMAIL",
            help="Twice: who administers. 'Ana Ruiz <ana@example.org>' gives a name.",
        )

    def handle(self, *, administrator, **options):
        with told_plainly():
            prepare(FIXTURES, stdout=self.stdout)
            call_command("guard_files", stdout=self.stdout)
            self.appoint(administrator)
            self.say_missing()

    def appoint(self, people):
        try:
            waiting = appoint_first(people, at=timezone.now())
        except Refused as refused:
            raise CommandError(" ".join(map(WHY.get, refused.reasons))) from refused
        for person in waiting:
            self.stdout.write(
                f"{person.email}: a worker mails the link to choose a password."
            )

    def say_missing(self):
        for sentence in all_missing(timezone.now()):
            self.stdout.write(sentence)


def name_and_address(said: str) -> tuple[str, str]:
    """Return name and address of 'Ana Ruiz <ana@example.org>', or of the address."""
    name, address = parseaddr(said)
    try:
        validate_address(address)
    except ValidationError as error:
        raise ArgumentTypeError(f"{said} is no address that mail reaches") from error
    return name or address.partition("@")[0], address
