"""Which values may a program send? As machines write them, and only so."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import BeforeValidator, Field, WithJsonSchema

from certificates.reports import words
from certificates.reports.columns import COLUMNS
from certificates.reports.forms import FIRST, LAST
from lms.people.choices import Country, Language, Track

LARGEST_PAGE = 500
A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
A_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
A_NUMBER = re.compile(r"[0-9]{1,100}")  # how large it may be is said by the field


def _written_as(form: re.Pattern, such_as: str) -> Callable[[str], str]:
    """Refuse what is written otherwise: pydantic reads a number as seconds."""

    def check(text: str) -> str:
        if not isinstance(text, str) or not form.fullmatch(text):
            raise ValueError(_(such_as))
        return text

    return check


def _moment(text: str) -> datetime:
    checked = _written_as(A_MOMENT, "2026-11-30T12:00:00Z")(text)
    found = datetime.fromisoformat(checked)
    if not FIRST <= found.date() <= LAST:
        between = {"first": FIRST, "last": LAST}
        raise ValueError(_("a moment between %(first)s and %(last)s") % between)
    return found.astimezone(UTC)


Day = Annotated[
    date,
    Field(ge=FIRST, le=LAST),
    BeforeValidator(_written_as(A_DAY, "2026-11-30")),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
PageSize = Annotated[
    int,
    Field(ge=1, le=LARGEST_PAGE),
    BeforeValidator(_written_as(A_NUMBER, gettext_noop("a whole number"))),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}),
]
ACountry = Literal[tuple(Country.values)]
ATrack = Literal[tuple(Track.values)]
ALanguage = Literal[tuple(Language.values)]
AState = Literal[tuple(words.STATES)]
AStanding = Literal[tuple(words.STANDINGS)]
ADated = Literal[tuple(words.DATED)]
AGroup = Literal[tuple(words.GROUPS)]
SomeFields = Annotated[
    str,
    Field(max_length=600),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^({'|'.join(COLUMNS)})(,({'|'.join(COLUMNS)}))*$",
            "maxLength": 600,
        }
    ),
]
