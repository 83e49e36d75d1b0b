"""What is observed of somebody's practice? Checklists from fixtures/practice."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.db.models import Count, QuerySet

from courses.models import Observation
from courses.models.editions import in_language
from courses.naming import trainer_name
from lms.people.choices import Track
from lms.people.models import Cohort, User

OF_OPIS = "opi-interview"
BY_TRACK = {Track.OPI: OF_OPIS}  # nobody wrote one for the other professions yet


@cache
def checklist(key: str) -> dict[str, Any]:
    """Return the document of a checklist, in all its languages."""
    path = settings.BASE_DIR / "fixtures" / "practice" / f"{key}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def checklist_for(person: User) -> dict[str, Any] | None:
    """Return the checklist of the person's profession, None where there is none yet."""
    key = BY_TRACK.get(person.track)
    return checklist(key) if key else None


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it reads in a language, and what was observed of it."""

    text: str
    source: str
    mark: str
    comment: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed observation as it reads in a language."""

    row: Observation
    title: str
    by: str  # who signed it
    lines: list[Line]


def observations_of(
    person: User, cohort: Cohort, *, viewer: User, language: str
) -> list[Signed]:
    """Return what was observed of a member in this cohort, the latest first."""
    rows = Observation.objects.visible_to(viewer).filter(person=person, cohort=cohort)
    return read(rows, language, viewer=viewer)


def how_many_each(cohort: Cohort, *, viewer: User) -> dict[int, int]:
    """Return how many observations of each member were signed in this cohort."""
    rows = Observation.objects.visible_to(viewer).filter(cohort=cohort)
    counted = rows.values("person").annotate(signed=Count("pk")).order_by()
    return {row["person"]: row["signed"] for row in counted}


def own_observations(person: User, *, language: str) -> list[Signed]:
    """Return what was observed of oneself, the latest first."""
    return read(Observation.objects.own(person), language, viewer=person)


def read(rows: QuerySet[Observation], language: str, *, viewer: User) -> list[Signed]:
    ordered = rows.select_related("signed_by").order_by("-observed_on", "-signed_at")
    return [
        Signed(
            row=row,
            title=in_language(row.checklist["title"], language),
            by=trainer_name(row.signed_by, viewer=viewer),
            lines=[_line(row, item, language) for item in row.checklist["items"]],
        )
        for row in ordered
    ]


def _line(row: Observation, item: dict[str, Any], language: str) -> Line:
    key = item["key"]
    return Line(
        text=item[language],
        source=item["source"][language],
        mark=Observation.Mark(row.marks[key]).label,
        comment=row.comments.get(key, ""),
    )
