"""Who trained whom to be a trainer? Told from what happened, entered by nobody.

Somebody who holds a trainer's mandate today was trained by whoever trained their cohort
on the day on which they completed a course in it. Closed accounts are nowhere, and
shielded people neither: whoever reads the figures knows the list of the mandates.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from courses.inperson import rules
from courses.models import Edition, Enrolment
from lms.people.choices import Role
from lms.people.countries import by_name
from lms.people.models import Mandate, User
from lms.people.zones import day_of, zone_of


@dataclass(frozen=True, slots=True)
class Trained:
    """That one person trained another: by their keys, on which edition, when."""

    trainer: int
    by: int
    edition: int
    on: date


@dataclass(slots=True)
class Node:
    """A trainer of a branch; nameless where out of sight. `others` are only counted."""

    name: str = ""
    course: str = ""
    on: date | None = None
    below: list["Node"] = field(default_factory=list)
    others: int = 0


def trainers_today(on: date) -> dict[int, str]:
    """Return who holds a trainer's mandate that day, with the country of it.

    Shielded people are not among them.
    """
    rows = Mandate.objects.filter(
        role=Role.TRAINER, holder__closed_at=None, holder__shielded=False
    )
    held = rows.standing(on).order_by("pk").values_list("holder", "country")
    return dict(held)


def trained(trainers: Mapping[int, str]) -> list[Trained]:
    """Return who trained these trainers, the first time counts; one query."""
    rows = (
        Enrolment.objects.completed()
        .filter(
            learner__in=list(trainers),
            learner__member_rows__cohort__trainer_rows__isnull=False,
            learner__member_rows__cohort__trainer_rows__trainer__closed_at=None,
        )
        .order_by("completed_at", "pk")
        .values_list(
            "learner",
            "learner__member_rows__cohort__trainer_rows__trainer",
            "edition",
            "completed_at",
            "learner__member_rows__cohort__country",
            "learner__member_rows__cohort__time_zone",
            "learner__member_rows__from_on",
            "learner__member_rows__until_on",
            "learner__member_rows__cohort__trainer_rows__from_on",
            "learner__member_rows__cohort__trainer_rows__until_on",
        )
    )
    first: dict[tuple[int, int], Trained] = {}
    for learner, trainer, edition, at, country, zone, *days in rows:
        on = _day(at, country, zone)
        if learner != trainer and rules.both_in_force(on, *days):
            one = Trained(learner, trainer, edition, on)
            first.setdefault((learner, trainer), one)
    return list(first.values())


def _day(at: datetime, country: str, zone: str) -> date:
    return day_of(at, zone=zone_of(country, zone))


def branch_of(viewer: User, *, language: str, on: date) -> tuple[Node, list[int]]:
    """Return the viewer's own branch, and the keys of those whom it names."""
    pairs = trained(trainers_today(on))
    below: defaultdict[int, list[Trained]] = defaultdict(list)
    for pair in pairs:
        below[pair.by].append(pair)
    keys = {pair.trainer for pair in pairs}
    seen = User.objects.visible_to(viewer, on=on).filter(pk__in=keys)
    names = {one.pk: one.sort_name or one.legal_name for one in seen}
    editions = Edition.objects.in_bulk({pair.edition for pair in pairs})
    titles = {key: one.title(language) for key, one in editions.items()}
    named: list[int] = []
    root = Node()
    _grow(root, viewer.pk, below, names, titles, named, above={viewer.pk})
    return root, named


def _grow(node: Node, key: int, below, names, titles, named, *, above: set) -> None:
    """Hang what is below somebody onto their node; nobody stands below themselves."""
    for pair in below[key]:
        if pair.trainer in above:
            continue
        child = Node()
        _grow(
            child,
            pair.trainer,
            below,
            names,
            titles,
            named,
            above={*above, pair.trainer},
        )
        if pair.trainer in names:
            child.name, child.on = names[pair.trainer], pair.on
            child.course = titles[pair.edition]
            named.append(pair.trainer)
        if child.name or child.below:
            node.below.append(child)
        else:
            node.others += 1 + child.others


@dataclass(frozen=True, slots=True)
class Line:
    """How many trainers a country has in each generation."""

    country: str
    name: Any
    by_generation: list[int]

    @property
    def total(self) -> int:
        return sum(self.by_generation)


def figures(on: date) -> tuple[int, list[Line]]:
    """Return how many generations there are, and a line per country with trainers.

    The first generation was trained by nobody here. Figures only; two queries.
    """
    trainers = trainers_today(on)
    by: defaultdict[int, set[int]] = defaultdict(set)
    for pair in trained(trainers):
        by[pair.trainer].add(pair.by)
    generations = rules.generations(set(trainers), by)
    most = max(generations.values(), default=1)
    counts = Counter((trainers[key], number) for key, number in generations.items())
    lines = [
        Line(
            country,
            label,
            [counts[country, number] for number in range(1, most + 1)],
        )
        for country, label in by_name()
        if country in set(trainers.values())
    ]
    return most, lines
