"""Who studies, by the files of OneRoster 1.1: users.csv, enrollments.csv, orgs.csv.

Only those enrolled as students are read; without enrolments, those whom users.csv calls
students. What is to be deleted is not there. Further columns are nobody's business.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename

from lms.team.roster import rules
from lms.team.roster.columns import key_of
from lms.team.roster.findings import Finding, Unreadable, found
from lms.team.roster.tables import Line, Reading, Record

USERS, ENROLMENTS, ORGS = "users.csv", "enrollments.csv", "orgs.csv"
FILES = (USERS, ENROLMENTS, ORGS)
# Which have a place in a package, and nothing for us in them.
OTHERS = (
    "academicsessions.csv",
    "classes.csv",
    "courses.csv",
    "manifest.csv",
    "demographics.csv",
)
STUDENT = "student"
MOST_RECORDS = 100_000  # of a file: a region's schools, of which a list is a part
Sheet = Callable[[], Iterator[Record]]  # opens a file anew
Row = Mapping[str, str]


@dataclass(slots=True)
class _Left:
    """Who was not read, and why."""

    deleted: int = 0
    others: int = 0
    off: int = 0

    def said(self) -> Iterator[Finding]:
        if self.deleted:
            yield found("left-deleted", rows=self.deleted)
        if self.off:
            yield found("left-off", rows=self.off)
        if self.others:
            yield found("left-others", rows=self.others)


def name_in(path: str) -> str:
    """Return which file of a package a path is: its folder does not matter."""
    return basename(path.replace("\\", "/")).lower()


def are_of_it(names: Iterable[str]) -> bool:
    """Whether files of these names are a package, or parts of one."""
    known = {name_in(one) for one in names}
    return USERS in known and known <= {*FILES, *OTHERS}


def is_of_it(headings: Iterable[str]) -> bool:
    """Whether these headings are those of users.csv."""
    return {"sourcedid", "role", "givenname"} <= set(map(key_of, headings))


def read_package(sheets: Mapping[str, Sheet], notes: list[Finding]) -> Reading:
    """Return the students of a package, given its files by name."""
    if USERS not in sheets:
        raise Unreadable("package-without-users")
    enrolled = _enrolled(sheets[ENROLMENTS]) if ENROLMENTS in sheets else None
    orgs = _orgs(sheets[ORGS]) if ORGS in sheets else {}
    left = _Left()
    lines = []
    for number, row in _rows(sheets[USERS]()):
        if not _counts(row, enrolled, left):
            continue
        if len(lines) == rules.MOST_ROWS:
            raise Unreadable("too-many-rows", most=rules.MOST_ROWS)
        lines.append(Line(number, _cells(row, orgs)))
    notes += [found("oneroster"), *left.said()]
    if not lines:
        raise Unreadable("no-students")
    return Reading(lines, notes)


def _rows(records: Iterator[Record]) -> Iterator[tuple[int, Row]]:
    headings: list[str] = []
    for count, (number, cells) in enumerate(records):
        if count > MOST_RECORDS:
            raise Unreadable("package-too-big", most=MOST_RECORDS)
        if not headings:
            headings = [key_of(one) for one in cells[: rules.MOST_COLUMNS]]
        elif any(cells):
            told = zip(headings, cells, strict=False)
            yield number, {k: rules.cleaned(v[: rules.MOST_LETTERS]) for k, v in told}


def _is_deleted(row: Row) -> bool:
    return row.get("status", "").lower() == "tobedeleted"


def _enrolled(sheet: Sheet) -> set[str] | None:
    """Return the ids of whom is enrolled as a student; None if nobody is enrolled."""
    rows = [(r.get("usersourcedid", ""), _studies(r)) for _number, r in _rows(sheet())]
    return {person for person, studies in rows if studies} if rows else None


def _studies(row: Row) -> bool:
    return row.get("role", "").lower() == STUDENT and not _is_deleted(row)


def _orgs(sheet: Sheet) -> dict[str, str]:
    """Return the name of each organisation by its id."""
    return {
        row.get("sourcedid", ""): row.get("name", "")
        for _number, row in _rows(sheet())
        if not _is_deleted(row)
    }


def _counts(row: Row, enrolled: set[str] | None, left: _Left) -> bool:
    """Whether the row is somebody who studies; else it is counted among those left."""
    if _is_deleted(row):
        left.deleted += 1
    elif row.get("enableduser", "").lower() == "false":
        left.off += 1
    elif not (_studies(row) if enrolled is None else row.get("sourcedid") in enrolled):
        left.others += 1
    else:
        return True
    return False


def _cells(row: Row, orgs: Mapping[str, str]) -> dict[str, str]:
    org = row.get("orgsourcedids", "").split(",")[0].strip()
    told = {
        "address": row.get("email", ""),
        "given": row.get("givenname", ""),
        "middle": row.get("middlename", ""),
        "family": row.get("familyname", ""),
        "institution": orgs.get(org, ""),
    }
    return {name: text for name, text in told.items() if text}
