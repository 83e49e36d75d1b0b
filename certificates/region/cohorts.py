"""Which cohorts are there in the demo's region, and what happened in them?

The demo trainer's Monday is here: a cohort with six silent people and some that are
late, one that has not begun, one past its due date, one that is over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from certificates.region.rooms import (
    HEARING,
    INTERVIEW,
    REFERRAL,
    SIGNS,
    Session,
    hold_sessions,
)
from certificates.region.stories import Story
from courses.models import Assignment, Edition
from lms.people.choices import Country, Role, Track
from lms.people.models import Cohort, CohortMember, CohortTrainer, Mandate, User

TERM = timedelta(days=365)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A cohort by its days from today, and how many people came how far.

    `started` were active these days, `silent` not for weeks, `failed` hold one attempt
    that did not pass, `waiting` have not begun. Whoever is of `track` is taken first.
    """

    name: str
    begins: int
    ends: int
    due: int | None
    passed: int = 0
    started: int = 0
    silent: int = 0
    failed: int = 0
    waiting: int = 0
    track: str = ""
    sessions: Sequence[Session] = field(default=())

    @property
    def people(self) -> int:
        return self.passed + self.started + self.silent + self.failed + self.waiting


OF_TOMAS = [
    Plan(
        "Puestos fronterizos y delegaciones 2026-2",
        begins=-60,
        ends=35,
        due=9,
        passed=11,
        started=13,
        silent=6,
        track=Track.OPI,
        sessions=[
            Session(INTERVIEW, on=-24, marked=1, observed=2),
            Session(SIGNS, on=0),
            Session(REFERRAL, on=16, is_public=True),
        ],
    ),
    Plan(
        "Juzgados de paz 2026-1",
        begins=-120,
        ends=20,
        due=-8,
        passed=7,
        started=3,
        silent=4,
        failed=1,
        waiting=1,
        track=Track.JUDGE,
        sessions=[Session(HEARING, on=-6, marked=0.5)],
    ),
    Plan(
        "Bienestar Social 2026-1",
        begins=-200,
        ends=-12,
        due=-20,
        passed=9,
        silent=1,
        sessions=[Session(INTERVIEW, on=-150, marked=1)],
    ),
    Plan(
        "Fiscalías de turno 2027-1",
        begins=6,
        ends=120,
        due=60,
        waiting=8,
        track=Track.PROSECUTOR,
        sessions=[Session(SIGNS, on=20)],
    ),
]
# Whoever learned with Tomás trains others in turn, and one of them the next.
OF_A_PUPIL = Plan(
    "Réplica departamental 2026-2",
    begins=-70,
    ends=40,
    due=20,
    passed=2,
    started=2,
)
ELSEWHERE = [
    Plan(
        "{country}: primera generación",
        begins=-240,
        ends=-40,
        due=-60,
        passed=8,
        silent=2,
        sessions=[Session(INTERVIEW, on=-210, marked=1)],
    ),
    Plan(
        "{country}: segunda generación",
        begins=-45,
        ends=60,
        due=30,
        passed=3,
        started=4,
        silent=2,
        waiting=2,
        sessions=[Session(REFERRAL, on=12, within=30, is_public=True)],
    ),
]


@dataclass(frozen=True, slots=True)
class Formed:
    """A cohort that was formed, and the stories of its members."""

    cohort: Cohort
    stories: Sequence[Story]


def form(
    plan: Plan,
    *,
    trainer: User,
    people: list[User],
    edition: Edition,
    at: datetime,
    dice: Random,
) -> Formed:
    """Form one cohort with these people, assign it the course, and plan its stories.

    Its workshops are held at once, as far as they have been: what comes of a story
    counts the hours.
    """
    today = timezone.localdate(at)
    cohort = Cohort.objects.create(
        name=plan.name.format(country=Country(trainer.country).label),
        country=trainer.country,
        from_on=today + plan.begins * DAY,
        until_on=today + plan.ends * DAY,
    )
    joined_on = min(cohort.from_on, today)
    CohortTrainer.objects.create(cohort=cohort, trainer=trainer, from_on=joined_on)
    CohortMember.objects.bulk_create(
        CohortMember(cohort=cohort, person=person, from_on=joined_on)
        for person in people
    )
    Assignment.objects.create(
        cohort=cohort,
        course_id=edition.course_id,
        due_on=None if plan.due is None else today + plan.due * DAY,
        assigned_by=trainer,
        assigned_at=_moment(joined_on),
    )
    hold_sessions(
        plan.sessions, cohort=cohort, trainer=trainer, people=people, at=at, dice=dice
    )
    began_on = max(joined_on, cohort.from_on)
    return Formed(cohort, [*_stories(plan, people, edition, began_on, at, dice)])


def _stories(
    plan: Plan,
    people: list[User],
    edition: Edition,
    began_on: date,
    at: datetime,
    dice: Random,
) -> Iterator[Story]:
    """Yield a story for everybody who has begun; the others wait.

    Shielded people are among those who passed: whoever needs help stands in the list.
    """
    people = sorted(people, key=lambda one: not one.shielded)
    parts = (
        ["passed"] * plan.passed
        + ["started"] * plan.started
        + ["silent"] * plan.silent
        + ["failed"] * plan.failed
    )
    began = _moment(began_on) + DAY
    last = min(at, _moment(began_on - plan.begins * DAY + plan.ends * DAY))
    for person, part in zip(people, parts, strict=False):
        enrolled_at = began + dice.uniform(0, 4) * DAY
        match part:
            case "passed":
                span = max((last - enrolled_at) / DAY - 2, 1)
                done_at = enrolled_at + dice.uniform(0.3, 1) * span * DAY
                failed = int(done_at - enrolled_at > 7 * DAY and dice.random() < 0.2)
                yield Story(
                    person, edition, enrolled_at, done_at, 1, failed=failed, passed=True
                )
            case "failed":
                yield Story(person, edition, enrolled_at, last - 3 * DAY, 1, failed=1)
            case "silent":
                silent_at = max(enrolled_at, last - dice.uniform(16, 30) * DAY)
                yield Story(
                    person, edition, enrolled_at, silent_at, dice.uniform(0, 0.5)
                )
            case _:
                seen_at = last - dice.uniform(0.2, 6) * DAY
                yield Story(
                    person, edition, enrolled_at, seen_at, dice.uniform(0.3, 0.9)
                )


def trainer_of(
    country: str, person: User, *, granted_by: User, since: datetime
) -> User:
    """Give the person a mandate to train in the country, for two years from then on."""
    from_on = timezone.localdate(since)
    Mandate.objects.create(
        holder=person,
        address=person.email,
        role=Role.TRAINER,
        country=country,
        from_on=from_on,
        until_on=from_on + 2 * TERM,
        reason="Acuerdo de la demostración",
        granted_by=granted_by,
        granted_at=since,
        approved_at=since,
        accepted_at=since,
    )
    person.holds_mandate = True
    person.save(update_fields=["holds_mandate"])
    return person


def _moment(on: date) -> datetime:
    """Return nine in the morning of that day, where the platform is at home."""
    return timezone.make_aware(datetime(on.year, on.month, on.day, 9))
