"""How many, how far? The figures of the report, in groups, for programs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop, override
from ninja import Field, Query, Router, Schema

from certificates.models import ReportLine
from certificates.reports.api import kinds
from certificates.reports.api.questions import Filters, asked_of
from certificates.reports.figures import (
    Figures,
    Group,
    as_of,
    groups_of,
    other_period,
    totals_of,
)
from certificates.reports.filters import Asked
from certificates.reports.labels import labelled
from courses.models import Edition
from lms.api.problems import problems
from lms.people.models import Institution, User

router = Router(tags=[gettext_noop("The completion report")])


class TotalsQuestion(Filters):
    """The filters, and how the figures are set out."""

    group: kinds.AGroup | None = Field(
        None, description=gettext_noop("What the figures are grouped by.")
    )
    then: kinds.AGroup | None = Field(
        None, description=gettext_noop("What each group is grouped by.")
    )
    other_from: kinds.Day | None = Field(
        None, description=gettext_noop("First day of a period that is set beside.")
    )
    other_until: kinds.Day | None = Field(
        None, description=gettext_noop("Last day of a period that is set beside.")
    )


class Counts(Schema):
    """Figures; each is a number of lines, but people."""

    lines: int
    people: int
    owed: int = Field(description=gettext_noop("The denominator: what was not left."))
    completed: int
    in_progress: int
    late: int
    not_begun: int
    withdrawn: int
    valid: int
    soon: int = Field(
        description=gettext_noop("Valid, and not any more within 90 days.")
    )


class GroupCounts(Schema):
    """The figures of one group."""

    by: dict[str, str | None] = Field(
        description=gettext_noop("The words of machines of the group.")
    )
    labels: list[str] = Field(description=gettext_noop("The same in words for people."))
    figures: Counts
    other: Counts | None = Field(
        description=gettext_noop("The figures of the period that is set beside.")
    )


class TotalCounts(Schema):
    """The figures of everything that was asked for."""

    as_of: datetime | None = Field(
        description=gettext_noop("Until when what is told is so.")
    )
    valid_on: date = Field(
        description=gettext_noop("The day on which certificates were looked at.")
    )
    filters: dict[str, Any] = Field(
        description=gettext_noop("The filters that were applied.")
    )
    figures: Counts = Field(description=gettext_noop("Of people who may be named."))
    other: Counts | None = Field(
        description=gettext_noop("The figures of the period that is set beside.")
    )
    unconfirmed: int = Field(
        description=gettext_noop(
            "People whom no institution has confirmed, left out. Of the filters only "
            "country and institution narrow this number."
        )
    )
    erased: int = Field(
        description=gettext_noop(
            "Erased people, left out; narrowed by country and institution alone."
        )
    )
    groups: list[GroupCounts]


@router.get(
    "/totals",
    response={200: TotalCounts, **problems(401, 422, 429)},
    summary=gettext_noop("How many completed"),
    description=gettext_noop(
        "The figures of the same lines, grouped by up to two things, and beside those "
        "of another period. It names nobody."
    ),
    url_name="api_report_totals",
    operation_id="reportTotals",
)
def report_totals(request: HttpRequest, question: Query[TotalsQuestion]):
    now = timezone.now()
    asked, filters = asked_of(request, question, at=now)
    viewer, holds = request.auth.viewer, as_of()
    totals = totals_of(viewer, asked, at=now)
    beside = totals_of(viewer, other_period(asked), at=now) if asked.other else None
    return TotalCounts(
        as_of=holds,
        valid_on=asked.valid_on or timezone.localdate(now),
        filters=filters,
        figures=counts(totals.figures),
        other=counts(beside.figures) if beside else None,
        unconfirmed=totals.unconfirmed,
        erased=totals.erased,
        groups=_groups(viewer, asked, language=question.lang, at=now),
    )


def counts(figures: Figures) -> Counts:
    return Counts(**asdict(figures), owed=figures.owed)


def _groups(
    viewer: User, asked: Asked, *, language: str, at: datetime
) -> list[GroupCounts]:
    found = groups_of(viewer, asked, at=at)
    with override(language):
        named = labelled(found, asked)
    return [
        GroupCounts(
            by=by,
            labels=labels.labels,
            figures=counts(group.figures),
            other=counts(group.other) if group.other else None,
        )
        for by, labels, group in zip(
            _keys(viewer, found, asked, at=at), named, found, strict=True
        )
    ]


def _keys(
    viewer: User, groups: list[Group], asked: Asked, *, at: datetime
) -> list[dict[str, str | None]]:
    """Return what the filters call each group."""
    columns = [word for word in (asked.group, asked.then) if word]
    seen = ReportLine.objects.visible_to(viewer, on=timezone.localdate(at))
    codes = [
        _codes(word, {group.keys[place] for group in groups} - {None, ""}, seen)
        for place, word in enumerate(columns)
    ]
    return [
        {
            word: of(key) if key not in (None, "") else None
            for word, of, key in zip(columns, codes, group.keys, strict=True)
        }
        for group in groups
    ]


def _codes(word: str, keys: Iterable[Any], seen: Any) -> Callable[[Any], str | None]:
    """Return what turns a key of the database into the word of the filter."""
    found: Mapping[Any, Any]
    match word:
        case "institution":
            rows = Institution.objects.filter(pk__in=keys)
            found = dict(rows.values_list("pk", "code"))
        case "edition":
            found = {one.pk: one.label for one in Edition.objects.filter(pk__in=keys)}
        case "cohort":
            rows = seen.filter(cohort__in=keys).order_by()
            found = dict(rows.values_list("cohort", "cohort__uuid").distinct())
        case _:
            return str
    return lambda key: str(found[key]) if key in found else None
