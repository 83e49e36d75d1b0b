"""Which pages may somebody read now, and how far do those who read them agree?

A page is found by its number. A first reader trains a cohort of whoever wrote it;
another is a trainer of the same country, or of any where that country has no other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from courses.models import EditionReasoning, Enrolment, Marking, Paper
from courses.reasoning import rules
from lms.people.choices import Role
from lms.people.models import CohortMember, CohortTrainer, Mandate, User
from lms.people.scope import in_force, standing_mandate, standing_mandates
from lms.team.cohorts import members_in

COUNTRY = "enrolment__learner__country"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readers agree in an edition; `kappa` is None where it says nothing."""

    asked: EditionReasoning
    papers: int
    kappa: float | None

    @property
    def is_hidden(self) -> bool:
        return self.papers < rules.LEAST_PAPERS


def asked_of(enrolment: Enrolment) -> EditionReasoning | None:
    """Return what the enrolment asks: what its page was begun under, if it was."""
    paper = paper_of(enrolment)
    if paper:
        return paper.asked
    return EditionReasoning.objects.filter(edition=enrolment.edition_id).first()


def paper_of(enrolment: Enrolment) -> Paper | None:
    return Paper.objects.filter(enrolment=enrolment.pk).with_asked().first()


def keys_of(document: dict[str, Any]) -> list[str]:
    return [line["key"] for line in document["lines"]]


def has_reader(person: User, *, on: date) -> bool:
    """Whether somebody trains a cohort of theirs, who could read what they write."""
    trainers = (
        CohortTrainer.objects.standing(on)
        .filter(
            Exists(
                Mandate.objects.filter(
                    standing_mandate(on),
                    role=Role.TRAINER,
                    holder=OuterRef("trainer"),
                    country=OuterRef("cohort__country"),
                )
            ),
            cohort=OuterRef("cohort"),
        )
        .exclude(trainer=person.pk)
    )
    mine = CohortMember.objects.standing(on).listed().filter(person=person.pk)
    return mine.filter(Exists(trainers), cohort__until_on__gte=on).exists()


def to_be_read_by(viewer: User, *, at: datetime) -> QuerySet[Paper]:
    """Return the pages that wait for a reader and may be read by this one."""
    on = timezone.localdate(at)
    members = members_in(viewer, at=at).values("person")
    first = Q(read=0, enrolment__learner__in=members)
    another = Q(read__gte=1, read__lt=F("wanted")) & (
        Exists(_trains_there(viewer, on=on)) | ~Exists(_others_there(on=on))
    )
    return (
        Paper.objects.unsettled()
        .exclude(enrolment__learner=viewer.pk)
        .exclude(Exists(Marking.objects.filter(paper=OuterRef("pk"), marker=viewer.pk)))
        .filter(enrolment__learner__shielded=False, enrolment__learner__closed_at=None)
        .annotate(read=Count("markings"))
        .filter(first | another)
        .with_asked()
        .order_by("number")
    )


def _trains_there(viewer: User, *, on: date) -> QuerySet[Mandate]:
    mine = standing_mandates(viewer, Role.TRAINER, on=on)
    return mine.filter(country=OuterRef(COUNTRY))


def _others_there(*, on: date) -> QuerySet[Mandate]:
    """Return the trainers of the learner's country who have not read the page."""
    readers = Marking.objects.filter(
        paper=OuterRef(OuterRef("pk")), marker=OuterRef("holder")
    )
    return Mandate.objects.filter(
        ~Exists(readers),
        ~Q(holder=OuterRef("enrolment__learner")),
        standing_mandate(on),
        role=Role.TRAINER,
        country=OuterRef(COUNTRY),
    )


def may_be_guessed(paper: Paper, *, viewer: User, at: datetime) -> bool:
    """Whether so few of the cohort handed in that the reader may know whose it is."""
    on = timezone.localdate(at)
    rows = members_in(viewer, at=at)
    cohorts = rows.filter(person=paper.enrolment.learner_id).values("cohort")
    beside = CohortMember.objects.filter(in_force(on), cohort__in=cohorts)
    pages = Paper.objects.handed_in().filter(
        asked=paper.asked_id, enrolment__learner__in=beside.values("person")
    )
    return pages.count() < rules.NAMELESS_FROM


def agreements() -> list[Agreement]:
    """Return how two readers agree, edition by edition, of pages that chance chose.

    Where somebody asked for another reading, both are no sample, and are left out.
    """
    pairs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    papers: dict[int, int] = defaultdict(int)
    for asked, first, second in _read_twice():
        papers[asked] += 1
        pairs[asked] += [(first[line], second[line]) for line in first]
    rows = EditionReasoning.objects.filter(pk__in=papers).select_related("edition")
    return [
        Agreement(one, papers[one.pk], rules.weighted_kappa(pairs[one.pk]))
        for one in rows.order_by("edition__course__code", "-edition__opened_at")
    ]


def _read_twice() -> Iterable[tuple[int, rules.Levels, rules.Levels]]:
    """Yield edition, first and second reading of each page that chance gave two."""
    rows = Marking.objects.filter(paper__drawn_twice=True, position__lte=2)
    firsts: dict[Any, rules.Levels] = {}
    for paper, asked, position, levels in rows.order_by("position").values_list(
        "paper", "paper__asked", "position", "levels"
    ):
        if position == 1:
            firsts[paper] = levels
        else:
            yield asked, firsts[paper], levels
