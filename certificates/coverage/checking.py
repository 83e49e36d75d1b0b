"""What would a roster do if it were loaded: which posts are new, changed, retired?

People are looked for only among those whom whoever loads it sees in the institution of
the post: what accounts there are elsewhere changes nothing in the answer.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress

from certificates.coverage.columns import PLACES
from certificates.models import Place
from certificates.models.posts import MOST_MONTHS
from courses.models import Course
from lms.belonging.people import posts_in_sight
from lms.people.models import Institution, User
from lms.people.scope import institutions_in_sight_of
from lms.team.roster.facts import Places, key_of, words_of
from lms.team.roster.findings import Finding, found
from lms.team.roster.rules import address_of
from lms.team.roster.tables import Line, Reading

MOST = {"name": 200, "code": 60, "basis": 500}  # letters
MONTHS = re.compile(r"(\d{1,4}) ?(?:m|meses|months)?\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A post as the roster has it; `people` are those who were found (pks)."""

    number: int
    institution: str
    code: str
    name: str
    place: str
    course: str
    track: str
    cadence: int | None
    basis: str
    people: list[int] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return (self.institution, self.code)


@dataclass(frozen=True, slots=True)
class Report:
    """All there is to say of a roster: its good rows, and what is wrong with others.

    `warnings` are of rows that are loaded without something. Rows are numbered as the
    spreadsheet shows them.
    """

    rows: list[Row] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Wrong(Exception):
    """A row that cannot be loaded; `finding` says why."""

    def __init__(self, what: str, /, **facts: str | int):
        super().__init__(what)
        self.finding = found(what, **facts)


class Known:
    """What a roster may name: institutions, courses, places, people in sight."""

    def __init__(self, viewer: User, *, on: date):
        self.here = {
            one.code: one
            for one in Institution.objects.filter(
                institutions_in_sight_of(viewer, on=on, path="")
            )
        }
        self.countries = sorted({one.country for one in self.here.values()})
        self.listed = Places(Institution.objects.all(), home="")
        self.courses = {one.code.lower(): one.code for one in Course.objects.all()}
        self.places = words_of(Place, PLACES)
        self.people = people_in_sight(viewer, on=on)

    def institution(self, typed: str) -> str:
        """Return the code of an institution of the mandate; raise Wrong."""
        if not typed:
            raise Wrong("institution-missing")
        codes = [self.listed.code(typed, country) for country in self.countries]
        ours = [code for code in codes if code in self.here]
        if ours:
            return ours[0]
        if self._is_elsewhere(typed):
            raise Wrong("institution-outside", typed=typed[:120])
        raise Wrong("institution-unlisted", typed=typed[:120])

    def _is_elsewhere(self, typed: str) -> bool:
        names = {name for _country, name in self.listed.names}
        return typed.lower() in self.listed.codes or key_of(typed) in names

    def levels(self, code: str) -> set[int]:
        """Return the keys of an institution, the one above it and those below it."""
        one = self.here[code]
        below = {other.pk for other in self.here.values() if other.parent_id == one.pk}
        return {one.pk, one.parent_id} | below


def people_in_sight(viewer: User, *, on: date) -> dict[str, list[tuple[int, int]]]:
    """Return whom the viewer sees, by address: their keys and their institutions'."""
    posts = posts_in_sight(viewer, on=on)
    places = dict(posts.values_list("person", "institution"))
    rows = EmailAddress.objects.filter(verified=True, user__in=list(places))
    told: dict[str, list[tuple[int, int]]] = {}
    for address, person in rows.values_list("email", "user"):
        told.setdefault(address.lower(), []).append((person, places[person]))
    return told


def check(reading: Reading, *, by: User, on: date) -> Report:
    """Return what can be loaded of the roster, and what is wrong with the rest."""
    known = Known(by, on=on)
    report = Report(notes=list(reading.notes))
    first: dict[tuple[str, str], int] = {}
    for line in reading.lines:
        try:
            row = _row(line, known)
            if row.key in first:
                raise Wrong("post-twice", first=first[row.key])
        except Wrong as wrong:
            report.errors.append(_error(wrong.finding, line))
            continue
        first[row.key] = row.number
        people, strangers = _people(line, row, known)
        if strangers:
            report.warnings.append(_unknown(row, strangers))
        row.people.extend(people)
        report.rows.append(row)
    return report


def _error(finding: Finding, line: Line) -> Finding:
    where = {
        "row": line.number,
        "post": line.cells.get("name", "")[:120],
        "institution": line.cells.get("institution", "")[:120],
    }
    return finding | where


def _unknown(row: Row, positions: list[int]) -> Finding:
    told = ", ".join(map(str, positions[:20]))
    return found("people-unknown", row=row.number, post=row.name, which=told)


def _row(line: Line, known: Known) -> Row:
    """Return the post of a line; raise Wrong."""
    cells = line.cells
    if line.flaw:
        raise Wrong(line.flaw)
    name = cells.get("name", "")
    if not name:
        raise Wrong("post-missing")
    for what, most in MOST.items():
        if len(cells.get(what, "")) > most:
            raise Wrong("fact-long", what=what, most=most)
    return Row(
        number=line.number,
        institution=known.institution(cells.get("institution", "")),
        code=cells.get("code") or code_of(name),
        name=name,
        place=_chosen("place", cells, known.places) or Place.OTHER.value,
        course=_course(cells.get("course", ""), known),
        track=_chosen("track", cells, known.listed.tracks),
        cadence=_months(cells.get("cadence", "")),
        basis=cells.get("basis", ""),
    )


def code_of(name: str) -> str:
    """Return the code of a post to which its institution gives none."""
    return (key_of(name) or name.lower())[: MOST["code"]]


def _chosen(what: str, cells: Mapping[str, str], words: Mapping[str, str]) -> str:
    typed = cells.get(what, "")
    chosen = words.get(key_of(typed), "")
    if typed and not chosen:
        raise Wrong(f"{what}-unlisted", typed=typed[:80])
    return chosen


def _course(typed: str, known: Known) -> str:
    if not typed:
        raise Wrong("course-missing")
    code = known.courses.get(typed.lower())
    if code is None:
        codes = ", ".join(sorted(known.courses.values())[:12])
        raise Wrong("course-unlisted", typed=typed[:80], codes=codes)
    return code


def _months(typed: str) -> int | None:
    if not typed:
        return None
    match = MONTHS.fullmatch(typed)
    if not match or not 1 <= int(match[1]) <= MOST_MONTHS:
        raise Wrong("cadence-wrong", typed=typed[:80], most=MOST_MONTHS)
    return int(match[1])


def _people(line: Line, row: Row, known: Known) -> tuple[list[int], list[int]]:
    """Return who of the cell is known in the institution, and which place is not."""
    fitting = known.levels(row.institution)
    people: list[int] = []
    strangers: list[int] = []
    for position, part in enumerate(parts_of(line.cells.get("people", "")), start=1):
        here = [pk for pk, at in known.people.get(part, []) if at in fitting]
        if here and here[0] not in people:
            people.append(here[0])
        elif not here:
            strangers.append(position)
    return people, strangers


def parts_of(cell: str) -> list[str]:
    """Return the addresses of a cell, in lower case."""
    parts = [part.strip() for part in re.split(r"[;,]", cell)]
    return [address_of(part)[0] for part in parts if part]
