"""Loads courses, questions, notes and words from files, as often as one likes."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courses.loader.load import load
from courses.loader.reasons import NotLoaded
from courses.models import Edition


class Command(BaseCommand):
    help = (
        "Bring the content of a folder (courses/, country_notes/, glossary.yaml, "
        "terminology.csv) into the database. What people edited stays, unless "
        "--overwrite is given."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "path", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures"
        )
        parser.add_argument(
            "--overwrite", action="store_true", help="Write over what people edited."
        )
        parser.add_argument(
            "--edition",
            choices=Edition.Kind.values,
            help="Open an edition of each course that has one already.",
        )
        parser.add_argument(
            "--json", action="store_true", help="Print the report as JSON."
        )

    def handle(self, *, path, overwrite, edition, **options):
        try:
            report = load(path, at=timezone.now(), overwrite=overwrite, edition=edition)
        except NotLoaded as refusal:
            if options["json"]:
                self.stdout.write(json.dumps({"reasons": refusal.reasons}))
            raise CommandError("\n".join(refusal.reasons)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(report.lines()))
