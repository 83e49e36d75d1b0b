"""Fills the demo with invented people and what they have learnt so far."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.lines.drawing import draw_all
from certificates.region.history import tell_history
from certificates.region.posts import load_posts
from certificates.region.releases import release_past
from lms.demo.region import PEOPLE, people_the_region


class Command(BaseCommand):
    help = "Fill the demo with invented people, their cohorts and their certificates."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=PEOPLE)
        parser.add_argument("--seed", type=int, default=2026)

    def handle(self, *, people, seed, **options):
        if not settings.DEMO:
            raise CommandError("Invented people belong to the demo: lms.settings.demo.")
        at = timezone.now()
        people_the_region(at=at, people=people, seed=seed)
        told = tell_history(at=at, seed=seed)
        draw_all(at=at)
        load_posts(at=at)
        release_past(at=at)
        self.stdout.write(f"{told} stories told." if told else "Nothing to tell.")
