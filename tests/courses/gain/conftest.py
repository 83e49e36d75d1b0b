"""A course of two modules whose tests share questions, and people who take them."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    Course,
    Edition,
    EditionActivity,
    Enrolment,
    Question,
)
from lms.people.choices import Track
from tests import factories
from tests.factories import NOON, PersonFactory, document, make_question

ANCHORS = ("A1", "B1", "B2")
CODES = (*ANCHORS, "A9", "B9")  # the last of each module is in the final test alone


@dataclass
class Tested:
    """A course with a pre-test and a final test, without pages."""

    edition: Edition
    pretest: Activity
    final: Activity
    modules: dict[str, UUID]
    questions: dict[str, Question] = field(default_factory=dict)

    def enrol(self, person, *, track="", edition=None) -> Enrolment:
        return factories.EnrolmentFactory(
            learner=person,
            edition=edition or self.edition,
            track=track or person.track,
            enrolled_at=NOON - timedelta(days=60),
        )

    def answer(self, enrolment, activity, *, days: float, **right: int) -> Attempt:
        """Hand in an attempt so many days before NOON: a point or none by code."""
        at = NOON - timedelta(days=days)
        attempt = Attempt.objects.create(
            enrolment=enrolment,
            activity=activity,
            number=enrolment.attempts.filter(activity=activity).count() + 1,
            titles={},
            pass_mark=80,
            started_at=at - timedelta(minutes=20),
            submitted_at=at,
            points=sum(right.values()),
            out_of=len(right),
            passed=False,
        )
        AttemptItem.objects.bulk_create(
            AttemptItem(
                attempt=attempt,
                position=place,
                version=self.questions[code].versions.order_by("-number").first(),
                shown=[],
                points=points,
            )
            for place, (code, points) in enumerate(right.items(), start=1)
        )
        return attempt

    def both(self, person, *, before: dict, after: dict, track="") -> Enrolment:
        """Let somebody take the pre-test and, a month later, the final test."""
        enrolment = self.enrol(person, track=track)
        self.answer(enrolment, self.pretest, days=50, **before)
        self.answer(enrolment, self.final, days=20, **after)
        return enrolment

    def many(self, number: int, **facts) -> list[Enrolment]:
        track = facts.get("track", Track.JUDGE)
        people = PersonFactory.create_batch(number, track=track)
        return [self.both(person, **facts) for person in people]


def add_edition(course, run: str, *, opened_at=NOON) -> Edition:
    return Edition.objects.create(
        course=course,
        kind=Edition.Kind.NEW_RUN,
        run=run,
        titles={"es": "Trata", "en": "Trafficking"},
        pass_mark=80,
        attempts_allowed=3,
        wait_days=7,
        validity_months=24,
        issuer={},
        norms_on=NOON.date(),
        minutes={},
        opened_at=opened_at,
    )


@pytest.fixture
def tested(db) -> Tested:
    course = Course.objects.create(pk=uuid4(), code="C7")
    edition = add_edition(course, "2026-1", opened_at=NOON - timedelta(days=200))
    modules = {"A": uuid4(), "B": uuid4()}
    kinds = Activity.Kind
    found = {}
    for place, kind in enumerate(
        [kinds.PRETEST, kinds.LESSON, kinds.LESSON, kinds.FINAL]
    ):
        found[place] = Activity.objects.create(pk=uuid4(), course=course, kind=kind)
    for place, letter in ((1, "B"), (2, "A")):
        EditionActivity.objects.create(
            edition=edition,
            activity=found[place],
            position=place,
            number=f"{place}.1",
            module=modules[letter],
            module_titles={"es": f"Módulo {letter}", "en": f"Module {letter}"},
            titles={"es": f"Lección {letter}", "en": f"Lesson {letter}"},
        )
    one = Tested(edition, found[0], found[3], modules)
    for code in CODES:
        one.questions[code] = make_question(
            modules[code[0]],
            code=code,
            anchor=code in ANCHORS,
            lesson=found[1].pk if code[0] == "B" else found[2].pk,
            document=document(mark="SECRET"),
        )
    return one


@pytest.fixture
def crowd(tested) -> Tested:
    """Sixty people of three tracks who answer by dice."""
    dice = Random(11)
    tracks = ["judge"] * 30 + ["prosecutor"] * 18 + ["opi"] * 12
    for track in tracks:
        tested.both(
            PersonFactory(track=track),
            before={code: int(dice.random() < 0.4) for code in ANCHORS},
            after={code: int(dice.random() < 0.7) for code in CODES},
        )
    return tested
