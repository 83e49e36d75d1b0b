"""Who completed what? The lines of the report, page by page, for programs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema
from pydantic import create_model

from certificates.crowd import people_with, people_with_lines
from certificates.reports.api import kinds
from certificates.reports.api.pages import Cursor, behind, digest_of
from certificates.reports.api.questions import Filters, asked_of
from certificates.reports.columns import ALL, COLUMNS, Kind, values_of
from certificates.reports.figures import as_of
from certificates.reports.query import lines_of
from lms.api.problems import Problem, problems, wrong_value
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import User

PURPOSE = gettext_noop("completion report, read by a program")
USUAL_PAGE = 100
ALWAYS = ("id", "changed_at", "person", "institution_code", "course_code", "cohort_id")
TYPES = {  # with what stands where nothing is known
    Kind.TEXT: (str, ""),
    Kind.CHOICE: (str, ""),
    Kind.DAY: (date | None, None),
    Kind.NUMBER: (int | None, None),
}
router = Router(tags=[gettext_noop("The completion report")])


class LinesQuestion(Filters):
    """The filters, and which part of the lines."""

    changed_since: kinds.Moment | None = Field(
        None,
        description=gettext_noop(
            "Only what changed at that moment or later. Send as_of of the first page "
            "that you read the last time. State and certificate also change with the "
            "day, without a change of the line; a line that is gone or out of sight "
            "tells nothing: read all of them anew from time to time."
        ),
    )
    fields: kinds.SomeFields | None = Field(
        None,
        description=gettext_noop(
            "Which fields, with commas between them: all. Ask for what you need."
        ),
    )
    limit: kinds.PageSize = Field(
        USUAL_PAGE, description=gettext_noop("How many lines at most.")
    )
    cursor: str | None = Field(
        None,
        max_length=200,
        description=gettext_noop(
            "The word that stood in next, with the same filters again."
        ),
    )


class Keys(Schema):
    """What the same line, person and place are known by again."""

    id: int = Field(description=gettext_noop("Number of the line."))
    changed_at: datetime = Field(description=gettext_noop("When it last changed."))
    person: UUID = Field(description=gettext_noop("Key of the person."))
    institution_code: str | None
    course_code: str
    cohort_id: UUID | None


Line = create_model(
    "Line",
    __base__=Keys,
    **{
        key: (kind, Field(empty, description=column.heading))
        for key, column in COLUMNS.items()
        for kind, empty in [TYPES[column.kind]]
    },
)


class Lines(Schema):
    """A page of the report."""

    as_of: datetime | None = Field(
        description=gettext_noop("Until when what is told is so.")
    )
    filters: dict[str, Any] = Field(
        description=gettext_noop("The filters that were applied.")
    )
    lines: list[Line] = Field(description=gettext_noop("One person and one course."))
    next: str | None = Field(
        description=gettext_noop("Send it as cursor for the next page; none: no more.")
    )


@router.get(
    "/lines",
    response={200: Lines, **problems(401, 422, 429)},
    exclude_unset=True,
    summary=gettext_noop("Who completed what"),
    description=gettext_noop(
        "One line for each person and course: those whom the mandate covers, without "
        "shielded people and without those whom no institution has confirmed. The "
        "questions and files of a day name no more people together than may leave "
        "without a second person."
    ),
    url_name="api_report_lines",
    operation_id="reportLines",
)
def report_lines(request: HttpRequest, question: Query[LinesQuestion]):
    now = timezone.now()
    asked, filters = asked_of(request, question, at=now)
    fields = chosen(question.fields)
    viewer, holds = request.auth.viewer, as_of()
    lines = lines_of(viewer, replace(asked, sort="changed"), at=now)
    if question.changed_since:
        lines = lines.filter(changed_at__gte=question.changed_since)
    known_as = digest_of(filters | {"changed_since": question.changed_since})
    if question.cursor:
        lines = behind(lines, Cursor.read(question.cursor, question=known_as))
    else:
        refuse_crowd(people_with_lines(viewer, lines, at=now))
    columns = (*ALWAYS, "person_pk", *fields)
    found = values_of(lines, columns, language=question.lang, for_machines=True)
    rows = list(found[: question.limit + 1])
    page = [dict(zip(columns, row, strict=True)) for row in rows[: question.limit]]
    _note(viewer, {row.pop("person_pk") for row in page}, fields, at=now)
    is_more = len(rows) > question.limit
    return {
        "as_of": holds,
        "filters": filters,
        "lines": page,
        "next": cursor_of(page[-1], question=known_as) if is_more else None,
    }


def chosen(fields: str | None) -> Sequence[str]:
    """Return the columns that are asked for, each once, in that order."""
    if fields is None:
        return ALL
    found = tuple(dict.fromkeys(fields.split(",")))
    for key in found:
        if key not in COLUMNS:
            message = _("There is no field %(field)s.") % {"field": repr(key)}
            raise wrong_value("fields", "unknown-field", message)
    return found


def cursor_of(row: dict[str, Any], *, question: str) -> str:
    return Cursor(row["changed_at"], row["id"], question).written()


def refuse_crowd(people: int) -> None:
    """Refuse to name more people in a day than may leave without a second person."""
    if people > settings.REPORT_PEOPLE_LIMIT:
        raise Problem("too-many-people")


@transaction.atomic
def _note(
    viewer: User, people: set[int], fields: Sequence[str], *, at: datetime
) -> None:
    """Write down who was read, for them to see; nothing where it was nobody.

    Each page counts anew: a cursor of yesterday goes on today, and others may have been
    taken since the first page.
    """
    if others := people - {viewer.pk}:
        refuse_crowd(people_with(viewer, others, at=at))
        record_event(
            Event.Kind.EXPORT,
            actor=viewer,
            purpose=PURPOSE,
            subjects=others,
            fields=[COLUMNS[key].heading for key in fields],
            at=at,
        )
