"""Which columns does a report have, and how does the database write each of them?

Values are what every output shows: names, days of the site, whole numbers. Words that
are one of a few (a state, a country) come as words of ours for machines, and in the
reader's language for people.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from certificates.models.report_lines import ReportLineQuerySet
from certificates.reports.words import STANDINGS, STATES
from lms.people.choices import Country, Language, Track


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its word, its heading, its kind, and how it reads in a language."""

    key: str
    heading: str
    kind: Kind
    read: Callable[[str], Any]
    choices: Mapping[str, Any] | None = None


def _column(
    key: str,
    heading: str,
    kind: Kind,
    read: str | Callable[[str], Any],
    choices: Mapping[str, Any] | None = None,
) -> Column:
    if isinstance(read, str):
        name = read
        return Column(key, heading, kind, lambda _language: F(name), choices)
    return Column(key, heading, kind, read, choices)


def _named(path: str) -> Callable[[str], Any]:
    """Return how an institution is called in a language."""
    return lambda language: Coalesce(
        F(f"{path}__name_{'en' if language == Language.ENGLISH else 'es'}"), Value("")
    )


def _title(language: str) -> Any:
    """Return the course's title, in Spanish where there is none in the language."""
    return Coalesce(
        NullIf(KeyTextTransform(language, "edition__titles"), Value("")),
        KeyTextTransform(Language.SPANISH.value, "edition__titles"),
        F("course__code"),
        output_field=CharField(),
    )


def _edition(_language: str) -> Any:
    return Case(
        When(edition=None, then=Value("")),
        default=Concat(
            "edition__run", Value(" v"), Cast("edition__version", CharField())
        ),
    )


def _name(_language: str) -> Any:
    return Coalesce(NullIf("person__sort_name", Value("")), "person__legal_name")


def _day(moment: str) -> Callable[[str], Any]:
    return lambda _language: TruncDate(moment, tzinfo=timezone.get_default_timezone())


TEXT, CHOICE, DAY, NUMBER = Kind.TEXT, Kind.CHOICE, Kind.DAY, Kind.NUMBER
COLUMNS: dict[str, Column] = {
    column.key: column
    for column in (
        _column("name", gettext_noop("name"), TEXT, _name),
        _column(
            "institution", gettext_noop("institution"), TEXT, _named("institution")
        ),
        _column(
            "country",
            gettext_noop("country"),
            CHOICE,
            "country",
            dict(Country.choices),
        ),
        _column(
            "track", gettext_noop("profession"), CHOICE, "track", dict(Track.choices)
        ),
        _column(
            "cohort",
            gettext_noop("cohort"),
            TEXT,
            lambda _language: Coalesce(F("cohort__name"), Value("")),
        ),
        _column("course", gettext_noop("course"), TEXT, _title),
        _column("edition", gettext_noop("edition"), TEXT, _edition),
        _column(
            "language",
            gettext_noop("language"),
            CHOICE,
            "language",
            dict(Language.choices),
        ),
        _column("state", gettext_noop("state"), CHOICE, "state", STATES),
        _column("enrolled_on", gettext_noop("enrolled on"), DAY, _day("enrolled_at")),
        _column("due_on", gettext_noop("due on"), DAY, "due_on"),
        _column("last_on", gettext_noop("last activity"), DAY, _day("last_at")),
        _column("done", gettext_noop("finished activities"), NUMBER, "done"),
        _column("total", gettext_noop("required activities"), NUMBER, "total"),
        _column(
            "left",
            gettext_noop("activities left"),
            NUMBER,
            lambda _language: F("total") - F("done"),
        ),
        _column("attempts", gettext_noop("attempts"), NUMBER, "attempts"),
        _column("score", gettext_noop("score (percent)"), NUMBER, "score"),
        _column(
            "completed_on", gettext_noop("completed on"), DAY, _day("completed_at")
        ),
        _column("standing", gettext_noop("certificate"), CHOICE, "standing", STANDINGS),
        _column("valid_until", gettext_noop("valid until"), DAY, "valid_until"),
        _column("minutes", gettext_noop("minutes online"), NUMBER, "minutes"),
        _column(
            "minutes_in_person",
            gettext_noop("minutes in person"),
            NUMBER,
            "minutes_in_person",
        ),
    )
}
ALL = tuple(COLUMNS)
# What programs know the same line, person or place by again; in no list for people.
KEYS: dict[str, Column] = {
    column.key: column
    for column in (
        _column("id", gettext_noop("number of the line"), NUMBER, "pk"),
        _column("changed_at", gettext_noop("last changed"), TEXT, "changed_at"),
        _column("person_pk", gettext_noop("person"), NUMBER, "person"),
        _column("person", gettext_noop("person"), TEXT, "person__uuid"),
        _column("institution_code", gettext_noop("code"), TEXT, "institution__code"),
        _column("course_code", gettext_noop("code"), TEXT, "course__code"),
        _column("cohort_id", gettext_noop("cohort"), TEXT, "cohort__uuid"),
    )
}


def values_of(
    lines: ReportLineQuerySet,
    columns: Sequence[str],
    *,
    language: str,
    for_machines: bool = False,
) -> QuerySet:
    """Return the rows as tuples in the order of the columns.

    Texts never are None, an empty day or number is. `for_machines` leaves choices as
    the words that they are stored by.
    """
    every = COLUMNS | KEYS
    with override(language):
        read = [
            _value(every[key], language=language, for_machines=for_machines)
            for key in columns
        ]
    return lines.values_list(*read)


def _value(column: Column, *, language: str, for_machines: bool) -> Any:
    value = column.read(language)
    if column.choices is None or for_machines:
        return value
    return Case(
        *[
            When(**{column.key: word}, then=Value(str(label)))
            for word, label in column.choices.items()
        ],
        default=Value(""),
        output_field=CharField(),
    )
