"""Editors at their browsers, and the choices of one seed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, ModulePage, QuizPage
from lms.people.choices import Track

ENGLISH = {"accept-language": "en"}
ROOM = 60  # pages more than at first; a walk that only adds is slow and sees little
SHARE = 0.3  # of what may be asked for besides
BODY = [
    {
        "type": "text",
        "value": {
            "heading": "Regla",
            "body": "<p>Quien ha leído esto sabe más.</p>",
            "source": "Protocolo de Palermo, art. 3",
        },
    }
]


@dataclass
class Walk:
    """Editors with their browsers, and the choices of one seed."""

    random: Random
    editors: Sequence[Client]
    answers: list[str] = field(default_factory=list)
    at_first: int = field(default_factory=Page.objects.count)

    def one(self, rows: Sequence):
        return self.random.choice(rows) if rows else None

    def has_room(self) -> bool:
        return Page.objects.count() < self.at_first + ROOM

    def perhaps(self, **fields: str) -> dict[str, str]:
        """Return some of the fields, as boxes that are ticked or not."""
        return {
            name: value
            for name, value in fields.items()
            if self.random.random() < SHARE
        }

    def page(self, **which) -> Page | None:
        """Return any page of a course, in any language."""
        pages = Page.objects.filter(depth__gte=3, **which).order_by("path")
        chosen = self.one(list(pages))
        return chosen and chosen.specific

    def place(self) -> Page:
        """Return any page, the homes included."""
        return self.one(list(Page.objects.filter(depth__gte=2).order_by("path")))

    def send(self, name: str, *args, query: str = "", **fields) -> HttpResponse:
        address = reverse(name, args=args) + query
        answer = self.one(self.editors).post(address, fields, headers=ENGLISH)
        to = answer.headers.get("Location", "")
        away = "sent away" if "/account/" in to else ""
        denied = "denied" if to == reverse("wagtailadmin_home") else ""
        self.answers.append(away or denied or str(answer.status_code))
        return answer


def new_pages(walk: Walk) -> list[Page]:
    """Return a page of each kind that an editor may begin; one is not finished."""
    name = uuid4().hex[:8]
    facts = {"title": f"Nueva {name}", "slug": name, "summary": "Resumen"}
    points = [{"type": "point", "value": "Distinguir"}]
    tracks = list(Track.values)
    code = walk.one(["C1", "C2", name])
    course = {"audience": "Todas", "issuer": "Secretaría", "norms_on": date(2026, 1, 1)}
    return [
        CoursePage(code=code, outcomes=points, **facts, **course),
        ModulePage(required_for=tracks, **facts),
        LessonPage(objectives=points, body=BODY, **facts),
        LessonPage(**facts),
        QuizPage(purpose=walk.one(QuizPage.Purpose.values), **facts),
    ]
