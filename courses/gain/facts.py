"""What did the same people answer to the same questions, before a course and after?

A pair is a person's first pre-test of a course and their first final test of it, in
the same run and in that order. Later tries have seen the marks of an earlier one, and
whoever takes the course again has taken it before. A question is the same whatever its
wording of the day: most new versions mend a comma.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import TruncDate

from courses.gain.rules import Answers
from courses.models import Activity, Attempt, AttemptItem, Course
from lms.people.models import Affiliation, User
from lms.people.scope import in_force, institutions_in_sight_of

PERSON = "attempt__enrolment__learner"
QUESTION = "version__question"
MODULE = f"{QUESTION}__module"
# From a question of the pre-test to the final tests of the same person.
THEIRS = "attempt__enrolment__learner__enrolments"
FINAL = f"{THEIRS}__attempts"
AGAIN = f"{FINAL}__items"
AGAIN_POINTS = f"{AGAIN}__points"
TRACK = f"{THEIRS}__track"
ENROLMENT_TRACK = "attempt__enrolment__track"
OF_A_QUESTION = (QUESTION, f"{QUESTION}__code", MODULE, f"{QUESTION}__lesson")
AT_ONCE = 5000
Answered = dict[tuple[UUID | None, str], Counter[Answers]]
Asked = dict["Question", dict[str, "Right"]]


class Question(NamedTuple):
    """A question, where it belongs, and the lesson that answers it."""

    key: UUID
    code: str
    module: UUID
    lesson: UUID | None


class Right(NamedTuple):
    """How many people were asked a question, and how many of them knew."""

    people: int
    right: int


def attempts_counted_for(viewer: User, *, on: date) -> QuerySet[Attempt]:
    """Return the attempts of people who belonged to the viewer's institutions then.

    Neither the viewer's own nor those of a cohort they train, which they see as well.
    """
    moment = ExpressionWrapper(OuterRef("submitted_at"), DateTimeField())
    belonged = Affiliation.objects.confirmed().filter(
        institutions_in_sight_of(viewer, on=on),
        in_force(TruncDate(moment)),
        person=OuterRef("enrolment__learner"),
    )
    return Attempt.objects.visible_to(viewer, on=on).filter(Exists(belonged))


def all_attempts() -> QuerySet[Attempt]:
    """Return everybody's attempts, of which only figures may be shown."""
    return Attempt.objects.all()


def first_ones(
    attempts: QuerySet[Attempt], kind: str, *, course: Course, until: datetime
) -> QuerySet[Attempt]:
    """Keep each person's first attempt at a test of that kind in the course."""
    before = Q(submitted_at__lt=OuterRef("submitted_at")) | Q(
        submitted_at=OuterRef("submitted_at"), pk__lt=OuterRef("pk")
    )
    earlier = Attempt.objects.filter(
        before,
        activity__course=course,
        activity__kind=kind,
        enrolment__learner=OuterRef("enrolment__learner"),
    )
    return attempts.filter(
        ~Exists(earlier),
        activity__course=course,
        activity__kind=kind,
        submitted_at__lt=until,
    )


def answered_twice(
    attempts: QuerySet[Attempt], *, course: Course, until: datetime
) -> QuerySet[AttemptItem]:
    """Return the questions of pre-tests which the same person's final test repeats."""
    pretests = first_ones(attempts, Activity.Kind.PRETEST, course=course, until=until)
    finals = first_ones(attempts, Activity.Kind.FINAL, course=course, until=until)
    return AttemptItem.objects.filter(
        **{
            "attempt__in": pretests.values("pk"),
            f"{FINAL}__in": finals.values("pk"),
            f"{FINAL}__submitted_at__gt": F("attempt__submitted_at"),
            f"{THEIRS}__edition__run": F("attempt__enrolment__edition__run"),
            f"{AGAIN}__version__question": F(QUESTION),
        }
    ).order_by()


def answers_of(twice: QuerySet[AttemptItem]) -> Answered:
    """Return how many people gave which answers, by objective and track; one query.

    The database adds up each person's answers, and only how many are alike is kept.
    """
    rows = (
        twice.values(PERSON, MODULE, TRACK)
        .annotate(asked=Count("pk"), before=Sum("points"), after=Sum(AGAIN_POINTS))
        .values_list(MODULE, TRACK, "asked", "before", "after")
    )
    return _alike(rows.iterator(AT_ONCE))


def answers_together(twice: QuerySet[AttemptItem]) -> Answered:
    """Return the same for all objectives together, under None; one query."""
    rows = (
        twice.values(PERSON, TRACK)
        .annotate(asked=Count("pk"), before=Sum("points"), after=Sum(AGAIN_POINTS))
        .values_list(TRACK, "asked", "before", "after")
    )
    return _alike((None, *row) for row in rows.iterator(AT_ONCE))


def _alike(rows: Iterable[tuple]) -> Answered:
    found: Answered = defaultdict(Counter)
    for (module, track, *answers), people in Counter(rows).items():
        found[module, track][Answers(*answers)] += people
    return found


def asked_again(twice: QuerySet[AttemptItem]) -> Asked:
    """Return who knew each repeated question in the final test; one query."""
    rows = twice.values(*OF_A_QUESTION, TRACK).annotate(
        people=Count("pk"), right=Sum(AGAIN_POINTS)
    )
    return _by_question(rows.values_list(*OF_A_QUESTION, TRACK, "people", "right"))


def asked_in_finals(
    attempts: QuerySet[Attempt], *, course: Course, until: datetime
) -> Asked:
    """Return who knew each question in their first final test; one query."""
    finals = first_ones(attempts, Activity.Kind.FINAL, course=course, until=until)
    rows = (
        AttemptItem.objects.filter(attempt__in=finals.values("pk"))
        .order_by()
        .values(*OF_A_QUESTION, ENROLMENT_TRACK)
        .annotate(people=Count("pk"), right=Sum("points"))
        .values_list(*OF_A_QUESTION, ENROLMENT_TRACK, "people", "right")
    )
    return _by_question(rows)


def _by_question(rows: Iterable[tuple]) -> Asked:
    found: Asked = defaultdict(dict)
    for key, code, module, lesson, track, people, right in rows:
        found[Question(key, code, module, lesson)][track] = Right(people, right)
    return found
