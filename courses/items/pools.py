"""Which questions each test may ask of each profession today."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courses.lines.facts import items_of
from courses.lines.rules import asked_by
from courses.models import Activity, Edition, EditionActivity, QuestionVersion
from courses.quizzes import how_many, modules_asked, questions_of
from lms.people.choices import Track

TESTS = (Activity.Kind.FINAL, Activity.Kind.PRETEST, Activity.Kind.PRACTICE)


@dataclass(frozen=True, slots=True)
class Pool:
    """What one test of a course draws from, for one profession."""

    course: str
    kind: str
    number: str  # as in the contents of the course
    track: str
    asked: int
    pass_mark: int  # percent
    documents: dict[int, dict[str, Any]]  # by key of the version
    modules: dict[int, UUID]


def pools() -> Iterator[Pool]:
    """Yield the pools of every course that has an edition.

    Only a final test differs from one profession to the next: others have the track "".
    """
    editions = Edition.objects.current().select_related("course")
    for edition in editions.order_by("course__code"):
        rows = list(edition.activities.select_related("activity"))
        for row in rows:
            if row.activity.kind in TESTS:
                yield from _pools_of(edition, row, rows)


def _pools_of(
    edition: Edition, row: EditionActivity, rows: list[EditionActivity]
) -> Iterator[Pool]:
    kind = row.activity.kind
    for track in Track.values if kind == Activity.Kind.FINAL else [""]:
        questions = questions_of(
            kind,
            module=row.module,
            modules=modules_asked(kind, rows, track=track),
            edition=edition.pk,
        ).with_current_version()
        versions = QuestionVersion.objects.select_related("question").in_bulk(
            [question.current for question in questions if question.current]
        )
        yield Pool(
            course=edition.course.code,
            kind=kind,
            number=row.number,
            track=track,
            asked=how_many(
                kind,
                draw=edition.draw,
                available=asked_by(row.lines, items_of(versions))
                if row.lines
                else len(versions),
            ),
            pass_mark=edition.pass_mark,
            documents={key: one.document for key, one in versions.items()},
            modules={key: one.question.module for key, one in versions.items()},
        )
