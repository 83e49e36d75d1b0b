"""What does a program read that holds a token of a reader's mandate?"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from certificates.recount.rows import Row, Rows
from certificates.reports.filters import Asked
from lms.people.models import Mandate
from lms.tokens import actions

LINES, TOTALS = "/api/v1/report/lines", "/api/v1/report/totals"
A_DAY = timedelta(days=1)
PAGE = "20"  # lines: some questions take several pages


@contextmanager
def program_of(mandate: int, *, at: datetime) -> Iterator[Client]:
    """Give a program a token of the mandate, and take it back."""
    row = Mandate.objects.select_related("holder").get(pk=mandate)
    until_on = timezone.localdate(at) + A_DAY
    token, secret = actions.make(
        row, by=row.holder, name="Drill", until_on=until_on, at=at
    )
    yield Client(headers={"Authorization": f"Bearer {secret}"})
    actions.revoke(token, by=row.holder, at=at)


def question_of(asked: Asked, rows: Rows) -> dict[str, str]:
    """Return what is asked as programs write it: codes instead of keys, in no order."""
    query = asked.as_query()
    query.pop("sort", None)
    if asked.institution:
        query["institution"] = rows.institutions[asked.institution]["code"]
    if asked.edition:
        edition = rows.editions[asked.edition]
        query["edition"] = f"{edition['run']} v{edition['version']}"
        query.setdefault("course", rows.courses[edition["course_id"]]["code"])
    return query


def read_lines(program: Client, query: dict[str, str], *, language: str) -> list[Row]:
    """Return the lines of all pages."""
    how = {"group", "then", "other_from", "other_until"}
    asked = {key: value for key, value in query.items() if key not in how}
    asked |= {"lang": language, "limit": PAGE}
    found: list[Row] = []
    while True:
        page = _read(program, LINES, asked)
        found += page["lines"]
        if not page["next"]:
            return found
        asked["cursor"] = page["next"]


def read_totals(program: Client, query: dict[str, str]) -> dict[str, Any]:
    return _read(program, TOTALS, query)


def _read(program: Client, path: str, query: dict[str, str]) -> dict[str, Any]:
    answer = program.get(path, query)
    if answer.status_code != 200:
        raise ValueError(f"{path} {query}: {answer.status_code} {answer.content}")
    return answer.json()
