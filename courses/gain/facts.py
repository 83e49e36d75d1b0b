"""What did the same people answer to the same questions, before a course and after?

A pair is a person's first pre-test of a course and their first final test of it, in
the same run and in that order. Later tries have seen the marks of an earlier one, and
whoever takes the course again has taken it before. A question is the same whatever its
wording of the day: most new versions mend a comma.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Window,
)
from django.db.models.functions import RowNumber, TruncDate

from courses.gain.rules import Answers
from courses.models import (
    Activity,
    Attempt,
    AttemptItem,
    Course,
    EditionActivity,
    QuestionVersion,
)
from courses.models import Question as QuestionRow
from lms.people.models import Affiliation, User
from lms.people.scope import in_force, institutions_in_sight_of

PERSON = "attempt__enrolment__learner"
TRACK = "attempt__enrolment__track"
RUN = "attempt__enrolment__edition__run"
AT = "attempt__submitted_at"
QUESTION = "version__question"
OF_A_QUESTION = (
    QUESTION,
    f"{QUESTION}__code",
    f"{QUESTION}__module",
    f"{QUESTION}__lesson",
)
BEFORE = Q(attempt__activity__kind=Activity.Kind.PRETEST)
AFTER = Q(attempt__activity__kind=Activity.Kind.FINAL)
AT_ONCE = 5000
Answered = dict[tuple[UUID | None, str], Counter[Answers]]
Asked = dict["Question", dict[str, "Right"]]
Pair = tuple[int, int] | None  # a point or none, before and after


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


@dataclass(frozen=True, slots=True)
class Twice:
    """The questions of both tests; how many people of a track gave which answers.

    For each question in turn a person has a pair, or None if not asked both times.
    """

    questions: list[Question]
    people: Counter[tuple[str, tuple[Pair, ...]]]


def attempts_counted_for(viewer: User, *, on: date) -> QuerySet[Attempt]:
    """Return the attempts of people who belonged to the viewer's institutions then.

    Neither the viewer's own nor those of a cohort they train, which they see as well;
    of nobody shielded, whom an officer for shielded people sees.
    """
    moment = ExpressionWrapper(OuterRef("submitted_at"), DateTimeField())
    belonged = Affiliation.objects.confirmed().filter(
        institutions_in_sight_of(viewer, on=on),
        in_force(TruncDate(moment)),
        person=OuterRef("enrolment__learner"),
        person__shielded=False,
    )
    return Attempt.objects.visible_to(viewer, on=on).filter(Exists(belonged))


def all_attempts() -> QuerySet[Attempt]:
    """Return everybody's attempts, of which only figures may be shown."""
    return Attempt.objects.all()


def first_ones(
    attempts: QuerySet[Attempt], *, course: Course, until: datetime
) -> QuerySet[Attempt]:
    """Keep each person's first pre-test of the course, and their first final test.

    The first of all they took, whether or not the others are among these attempts.
    """
    taken = Attempt.objects.submitted().filter(
        activity__course=course,
        activity__kind__in=[Activity.Kind.PRETEST, Activity.Kind.FINAL],
    )
    place = Window(
        RowNumber(),
        partition_by=["enrolment__learner", "activity__kind"],
        order_by=["submitted_at", "pk"],
    )
    first = taken.annotate(place=place).filter(place=1)
    return attempts.filter(pk__in=first.values("pk"), submitted_at__lt=until)


def answered_twice(
    attempts: QuerySet[Attempt], *, course: Course, until: datetime
) -> Twice:
    """Return what people answered before and after; two queries.

    The database makes one row of each person, and only how many are alike is kept.
    """
    questions = _anchors(course)
    keys = [question.key for question in questions]
    rows = (
        AttemptItem.objects.filter(
            attempt__in=first_ones(attempts, course=course, until=until).values("pk"),
            version__in=QuestionVersion.objects.filter(question__in=keys),
        )
        .order_by()
        .values(PERSON)
        .annotate(
            track=Max(TRACK, filter=AFTER),
            began=Max(AT, filter=BEFORE),
            run=Max(RUN, filter=BEFORE),
            **dict(_columns(keys)),
        )
        .alias(ended=Max(AT, filter=AFTER), last_run=Max(RUN, filter=AFTER))
        .filter(ended__gt=F("began"), last_run=F("run"))
    )
    alike = Counter(_alike(row, len(keys)) for row in rows.iterator(AT_ONCE))
    return Twice(questions, alike)


def _anchors(course: Course) -> list[Question]:
    """Return the questions that pre-tests of the course ask, retired ones too."""
    rows = EditionActivity.objects.filter(edition__course=course)
    anchors = QuestionRow.objects.filter(
        anchor=True, module__in=rows.exclude(module=None).values("module")
    )
    found = anchors.order_by("code").values_list("pk", "code", "module", "lesson")
    return [Question(*row) for row in found]


def _columns(keys: list[UUID]) -> Iterator[tuple[str, Max]]:
    """Yield two columns for each question: what a person had before, and after."""
    for number, key in enumerate(keys):
        of_it = Q(version__question=key)
        yield f"before_{number}", Max("points", filter=of_it & BEFORE)
        yield f"after_{number}", Max("points", filter=of_it & AFTER)


def _alike(row: dict, number: int) -> tuple[str, tuple[Pair, ...]]:
    pairs = ((row[f"before_{n}"], row[f"after_{n}"]) for n in range(number))
    return row["track"], tuple(None if None in pair else pair for pair in pairs)


def by_objective(twice: Twice) -> Answered:
    """Return how many people gave which answers, by objective and track."""
    found: Answered = defaultdict(Counter)
    modules = [question.module for question in twice.questions]
    for (track, pairs), people in twice.people.items():
        of_module = defaultdict(list)
        for module, pair in zip(modules, pairs, strict=True):
            if pair:
                of_module[module].append(pair)
        for module, asked in of_module.items():
            found[module, track][_sum_of(asked)] += people
    return found


def together(twice: Twice) -> Answered:
    """Return the same for all objectives together, under None."""
    found: Answered = defaultdict(Counter)
    for (track, pairs), people in twice.people.items():
        if asked := [pair for pair in pairs if pair]:
            found[None, track][_sum_of(asked)] += people
    return found


def _sum_of(pairs: list[tuple[int, int]]) -> Answers:
    before, after = zip(*pairs, strict=True)
    return Answers(len(pairs), sum(before), sum(after))


def asked_again(twice: Twice) -> Asked:
    """Return who knew each repeated question in the final test."""
    found: Asked = defaultdict(dict)
    for (track, pairs), people in twice.people.items():
        for question, pair in zip(twice.questions, pairs, strict=True):
            if pair:
                sofar = found[question].get(track, Right(0, 0))
                found[question][track] = Right(
                    sofar.people + people, sofar.right + people * pair[1]
                )
    return found


def asked_in_finals(
    attempts: QuerySet[Attempt], *, course: Course, until: datetime
) -> Asked:
    """Return who knew each question in their first final test; one query."""
    first = first_ones(attempts, course=course, until=until)
    finals = first.filter(activity__kind=Activity.Kind.FINAL)
    rows = (
        AttemptItem.objects.filter(attempt__in=finals.values("pk"))
        .order_by()
        .values(*OF_A_QUESTION, TRACK)
        .annotate(people=Count("pk"), right=Sum("points"))
        .values_list(*OF_A_QUESTION, TRACK, "people", "right")
    )
    found: Asked = defaultdict(dict)
    for key, code, module, lesson, track, people, right in rows:
        found[Question(key, code, module, lesson)][track] = Right(people, right)
    return found
