"""Prepares the demo: database, static files, institutions, courses and the cast."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.causes import told_plainly
from lms.demo.cast import CAST, call_the_cast
from lms.installing.preparing import FIXTURES, prepare
from lms.queue import clock

QUICK = "trafficking"  # its lessons lead to no other course
EDITORS = "Moderators"  # Wagtail's own group of those who may publish


class Command(BaseCommand):
    help = "Prepare the demo and print its accounts; a second run changes nothing."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--quick",
            action="store_true",
            help="One course and no history of the region: ready much sooner.",
        )

    def handle(self, *, quick, **options):
        if not settings.DEMO:
            raise CommandError("The cast belongs to the demo: use lms.settings.demo.")
        with told_plainly():
            self.say(self.prepare(quick=quick))

    def prepare(self, *, quick: bool) -> str:
        """Bring all of it; return everybody's password."""
        with one_course() if quick else nullcontext(FIXTURES) as content:
            prepare(content, stdout=self.stdout)
        password = the_password()
        people = call_the_cast(password, at=timezone.now())
        clock.trust(at=timezone.now())  # it may have been off for days
        if not quick:
            call_command("seed", stdout=self.stdout)  # the top floor's: it knows awards
        editors = Group.objects.get(name=EDITORS)
        who = [one for one in people if one.is_staff and not one.is_superuser]
        editors.user_set.add(*who)
        return password

    def say(self, password: str) -> None:
        lines = [f"  {part.email:24}{part.says}" for part in CAST]
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"Campus: {settings.SITE_URL}",
                    f"Mail:   {settings.SITE_URL}/demo/mail/",
                    f"Editor: {settings.SITE_URL}/admin/",
                    f"Log:    {settings.LOG_FILE}",
                    "",
                    f"Everybody's password: {password}",
                    *lines,
                    "",
                ]
            )
        )


@contextmanager
def one_course() -> Iterator[Path]:
    """Make a folder of links to what there is to load, but of one course alone."""
    with TemporaryDirectory() as name:
        shelf = Path(name) / "courses"
        shelf.mkdir()
        for path in FIXTURES.iterdir():
            if path.name != shelf.name:
                (Path(name) / path.name).symlink_to(path)
        for path in (FIXTURES / shelf.name / QUICK, *FIXTURES.glob("courses/*.md")):
            (shelf / path.name).symlink_to(path)
        yield Path(name)


def the_password() -> str:
    """Return DEMO_PASSWORD, or one made at the first run and kept."""
    kept = settings.STATE_DIR / "demo-password"
    given = os.environ.get("DEMO_PASSWORD")
    if given:
        return given
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(12))
    return kept.read_text()
