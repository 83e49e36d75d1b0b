"""Which rows does the second reckoning start from? All of them, as they are stored."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import Page

from certificates.models import Certificate
from certificates.recount.reach import PAGE, keys_asked
from courses.models import (
    Activity,
    Assignment,
    AssignmentException,
    Attempt,
    Completion,
    Course,
    Edition,
    EditionActivity,
    Enrolment,
    LedgerEntry,
    Observation,
    Workshop,
)
from lms.people.models import (
    Affiliation,
    Cohort,
    CohortMember,
    Institution,
    Mandate,
    User,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """Every table that the report speaks of, by the key that it is looked up by."""

    people: dict[int, Row]
    institutions: dict[int, Row]
    cohorts: dict[int, Row]
    courses: dict[UUID, Row]
    editions: dict[int, Row]
    kinds: dict[UUID, str]  # of activities
    live: set[UUID]  # activities that are still asked
    posts: dict[int, list[Row]]  # by person
    mandates: dict[int, list[Row]]  # by holder
    members: dict[int, list[Row]]  # by person
    assignments: dict[int, list[Row]]  # by cohort
    exceptions: dict[int, list[Row]]  # by person
    enrolments: dict[int, list[Row]]  # by person
    syllabus: dict[int, list[Row]]  # by edition
    completions: dict[UUID, list[Row]]  # by enrolment
    attempts: dict[UUID, list[Row]]  # by enrolment
    certificates: dict[UUID, Row]  # by enrolment
    successors: dict[UUID, Row]  # by the certificate that they replace
    ledger: dict[int, list[Row]]  # by person
    room_of: dict[tuple[str, int], int]  # cohort of a workshop or an observation


def read_rows() -> Rows:
    """Return the tables as they stand now."""
    certificates = list(Certificate.objects.values())
    return Rows(
        people=_one_by("id", User.objects.values()),
        institutions=_one_by("id", Institution.objects.values()),
        cohorts=_one_by("id", Cohort.objects.values()),
        courses=_one_by("id", Course.objects.values()),
        editions=_one_by("id", Edition.objects.values()),
        kinds={row["id"]: row["kind"] for row in Activity.objects.values()},
        live=set(keys_asked(Page.objects.values(*PAGE), Activity.objects.values())),
        posts=_many_by("person_id", Affiliation.objects.values()),
        mandates=_many_by("holder_id", Mandate.objects.values()),
        members=_many_by("person_id", CohortMember.objects.values()),
        assignments=_many_by("cohort_id", Assignment.objects.values()),
        exceptions=_many_by("person_id", AssignmentException.objects.values()),
        enrolments=_many_by("learner_id", Enrolment.objects.values()),
        syllabus=_many_by("edition_id", EditionActivity.objects.values()),
        completions=_many_by("enrolment_id", Completion.objects.values()),
        attempts=_many_by("enrolment_id", Attempt.objects.values()),
        certificates=_one_by("enrolment_id", certificates),
        successors=_one_by("supersedes_id", certificates),
        ledger=_many_by("person_id", LedgerEntry.objects.values()),
        room_of=_rooms(),
    )


def _rooms() -> dict[tuple[str, int], int]:
    found = {}
    for kind, rows in (
        ("workshop", Workshop.objects.values("id", "cohort_id")),
        ("practice", Observation.objects.values("id", "cohort_id")),
    ):
        for row in rows:
            found[kind, row["id"]] = row["cohort_id"]
    return found


def _one_by(key: str, rows: Iterable[Row]) -> dict[Any, Row]:
    return {row[key]: row for row in rows if row[key] is not None}


def _many_by(key: str, rows: Iterable[Row]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def newest(rows: Iterable[Row], key: Callable[[Row], Any]) -> Row | None:
    """Return the last one in that order; None of nothing."""
    return max(rows, key=key, default=None)
