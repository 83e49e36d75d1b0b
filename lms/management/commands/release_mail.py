"""Lets a restored copy send mail again, once nobody else sends it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from lms.mail.held import mail_held
from lms.mail.releasing import release, waiting


class Command(BaseCommand):
    help = (
        "Send what waits in a copy whose mail is held. The installation it was copied "
        "from must be off: it would send the same."
    )

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="Do it.")
        parser.add_argument(
            "--discard",
            action="store_true",
            help="Drop what was written before the copy was made: it was sent there.",
        )

    def handle(self, *, yes, discard, **options):
        now = timezone.now()
        with override("en"):
            reason = mail_held(now)
        if reason is None:
            self.stdout.write("No mail is held.")
            return
        if not yes:
            raise CommandError(
                f"{reason} {waiting()} letters wait. Say --yes to let them go, and "
                "--discard to drop those from before the copy."
            )
        released = release(discard=discard, at=now)
        self.stdout.write(
            f"{released.waiting} letters go out from now on, "
            f"{released.discarded} were dropped."
        )
