"""Which quizzes draw a question today, and which attempts hold which version of it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from courses.itembank.rules import falls_short, state_of
from courses.lines.facts import available, items_in
from courses.models import (
    Activity,
    AttemptItem,
    Edition,
    EditionActivity,
    Question,
)
from courses.quizzes import modules_asked, questions_of
from lms.people.choices import Track

KINDS = Activity.Kind


@dataclass(frozen=True, slots=True)
class Draw:
    """A quiz of a newest edition that draws the question while it is asked.

    `with_it` and `without` are the sizes of its pool, for each group that is asked
    about the same modules.
    """

    edition: Edition
    row: EditionActivity
    asked: int  # 0: all of the pool
    with_it: list[int]
    without: list[int]

    @property
    def falls_short(self) -> bool:
        return falls_short(asked=self.asked, with_it=self.with_it, without=self.without)

    @property
    def most(self) -> int:
        """The pool of whoever can be asked most."""
        return max(self.with_it)

    @property
    def left(self) -> int:
        return max(self.without)


@dataclass(frozen=True, slots=True)
class Holding:
    """How many attempts of an edition hold a version; nobody is named."""

    version: int
    course: str
    edition: Edition
    kind: str
    attempts: int
    open: int


def standing_of(question: Question) -> str:
    """Return whether it is asked, rests, or is a draft."""
    first = question.versions.order_by("number").first()
    return state_of(retired_at=question.retired_at, begun_at=first.made_at)


def draws_of(question: Question) -> list[Draw]:
    """Return the quizzes of the newest editions that draw it, by course and place."""
    editions = Edition.objects.current().filter(activities__module=question.module)
    found = []
    for edition in editions.select_related("course").distinct():
        rows = list(edition.activities.select_related("activity"))
        found += [
            draw
            for row in rows
            if row.activity.is_quiz and (draw := _draw(question, edition, row, rows))
        ]
    return found


def _draw(
    question: Question, edition: Edition, row: EditionActivity, rows: list
) -> Draw | None:
    kind, with_it, without = row.activity.kind, [], []
    drawn = False
    for modules in _groups(kind, rows):
        pool = questions_of(
            kind, module=row.module, modules=modules, edition=edition.pk
        )
        others = pool.exclude(pk=question.pk)
        is_in = _is_drawn(question, kind, row, modules) and _fits(question, row)
        drawn = drawn or is_in
        both = Q(pk__in=others.values("pk")) | Q(pk=question.pk)
        them = Question.objects.filter(both) if is_in else others
        with_it.append(available(them, row.lines))
        without.append(available(others, row.lines))
    asked = edition.draw if kind == KINDS.FINAL else 0
    asked = sum(line.count for line in row.lines) or asked
    return Draw(edition, row, asked, with_it, without) if drawn else None


def _fits(question: Question, row: EditionActivity) -> bool:
    """Whether a line of the draw admits it, where there are lines."""
    if not row.lines:
        return True
    (item,) = items_in(Question.objects.filter(pk=question.pk)).values()
    return any(line.admits(item) for line in row.lines)


def _groups(kind: str, rows: list[EditionActivity]) -> set[frozenset[UUID]]:
    """Return the modules that a quiz asks about, once for all who are asked alike."""
    tracks = Track.values if kind == KINDS.FINAL else [""]
    asked = {frozenset(modules_asked(kind, rows, track=track)) for track in tracks}
    return {modules for modules in asked if modules or kind == KINDS.PRACTICE}


def _is_drawn(
    question: Question, kind: str, row: EditionActivity, modules: frozenset[UUID]
) -> bool:
    match kind:
        case KINDS.FINAL:
            return question.use == question.Use.FINAL and question.module in modules
        case KINDS.PRETEST:
            return question.anchor and question.module in modules
        case _:
            return (
                question.use == question.Use.PRACTICE and question.module == row.module
            )


def holdings_of(question: Question) -> Iterator[Holding]:
    """Yield how many attempts hold which version, by edition, the newest first."""
    rows = (
        AttemptItem.objects.filter(version__question=question)
        .values_list(
            "version__number",
            "attempt__enrolment__edition",
            "attempt__activity__kind",
        )
        .order_by(
            "-version__number",
            "-attempt__enrolment__edition__opened_at",
            "attempt__activity__kind",
        )
        .annotate(
            attempts=Count("pk"),
            open=Count("pk", filter=Q(attempt__submitted_at=None)),
        )
    )
    rows = list(rows)
    editions = Edition.objects.select_related("course").in_bulk(
        [edition for _number, edition, *_others in rows]
    )
    for number, key, kind, attempts, still_open in rows:
        edition = editions[key]
        yield Holding(number, edition.course.code, edition, kind, attempts, still_open)
