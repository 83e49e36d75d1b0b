"""What would happen if a list were accepted: who is new, who is here, what is wrong?

Asked is only what the trainer sees anyway: the members of the cohort in their sight,
and its invitations. What accounts there are elsewhere changes nothing in the answer,
and a shielded member looks like anybody new.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from lms.people.models import Cohort, Institution, Invitation, User
from lms.team import cohorts
from lms.team.roster import facts, rules
from lms.team.roster.findings import Finding, found
from lms.team.roster.tables import Line, Reading

TRUE = {"1", "true", "yes", "si", "sí"}  # in Moodle's column "deleted"


@dataclass(frozen=True, slots=True)
class New:
    """A row that would be invited, with what of it is left empty or kept as typed."""

    row: int
    address: str
    facts: dict[str, str]
    warnings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """All there is to say of a list: rows are numbered as the spreadsheet shows them.

    `errors` are findings with `row`, `address` and `name` as they stand in the list;
    `twice` has the row that says nothing new and the one that said it first.
    """

    new: list[New] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    invited: list[int] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    twice: list[tuple[int, int]] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def here(self) -> int:
        """How many of the list are members or have been asked already."""
        return len(self.members) + len(self.invited)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON knows it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the trainer knows in the cohort: people by address, and who is asked."""

    members: Mapping[str, int]
    invited: frozenset[str]


def known_in(cohort: Cohort, *, by: User, at: datetime) -> Known:
    """Return whom a list may meet here, also by the address they were asked at."""
    seen = cohorts.members_of(cohort, viewer=by, on=timezone.localdate(at))
    people = {
        pk: address.lower()
        for pk, address in seen.values_list("person_id", "person__email")
    }
    asked = Invitation.objects.visible_to(by).filter(
        cohort=cohort, role=Invitation.Role.MEMBER
    )
    came = asked.filter(redeemed_by__isnull=False).exclude(address="")
    members = {
        address: pk
        for address, pk in came.values_list("address", "redeemed_by_id")
        if pk in people
    }
    members |= {address: pk for pk, address in people.items()}
    waiting = asked.waiting(at).values_list("address", flat=True)
    return Known(members, frozenset(waiting))


def check(
    reading: Reading, *, cohort: Cohort, by: User, at: datetime
) -> tuple[Report, set[int]]:
    """Return what the list would do, and which people of the cohort it names (pks)."""
    known = known_in(cohort, by=by, at=at)
    places = facts.Places(Institution.objects.all(), home=cohort.country)
    report = Report(notes=list(reading.notes))
    named = _sort(reading.lines, report, known, places)
    if gone := sum(_is_gone(line) for line in reading.lines):
        report.notes.append(found("left-deleted", rows=gone))
    return report, named


def _sort(
    lines: Iterable[Line], report: Report, known: Known, places: facts.Places
) -> set[int]:
    """Put each row where it belongs; return the people whom the rows name."""
    first: dict[str, int] = {}
    named: set[int] = set()
    for line in lines:
        if _is_gone(line):
            continue
        address, beside = rules.address_of(line.cells.get("address", ""))
        if flaw := line.flaw or rules.address_flaw(address):
            report.errors.append(_error(flaw, line, address))
        elif address in first:
            report.twice.append((line.number, first[address]))
        else:
            first[address] = line.number
            if address in known.members:
                report.members.append(line.number)
                named.add(known.members[address])
            elif address in known.invited:
                report.invited.append(line.number)
            else:
                told, warnings = facts.facts_of(line.cells, places, beside=beside)
                report.new.append(New(line.number, address, told, warnings))
    return named


def _is_gone(line: Line) -> bool:
    return line.cells.get("deleted", "").lower() in TRUE


def _error(flaw: str, line: Line, address: str) -> Finding:
    more = {"sign": rules.hidden_sign(address)} if flaw == "address-hidden" else {}
    return found(
        flaw,
        row=line.number,
        address=line.cells.get("address", "")[:320],
        name=facts.name_of(line.cells)[:120],
        **more,
    )
