"""Reading a list for a cohort, keeping what was found, and inviting whom it names."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import Cohort, RosterCheck, User
from lms.people.rules import ROSTERS_KEPT
from lms.refusals import Refused
from lms.team.actions import Asked, invite
from lms.team.roster.checking import New, Report, check
from lms.team.roster.tables import Reading

MEMBERS = gettext_noop("members of a cohort")
ADDRESS = gettext_noop("e-mail")


@transaction.atomic
def check_list(cohort: Cohort, *, by: User, reading: Reading, at: datetime) -> Report:
    """Return what the list would do. That it names members is one look at them."""
    report, named = check(reading, cohort=cohort, by=by, at=at)
    if named:
        record_event(
            Event.Kind.LOOK,
            actor=by,
            purpose=MEMBERS,
            subjects=named,
            fields=[ADDRESS],
            at=at,
        )
    return report


def keep(cohort: Cohort, *, by: User, report: Report, at: datetime) -> RosterCheck:
    """Keep a report for a day, so that what is accepted is what was read.

    Raises Refused: cohort-archived.
    """
    if cohort.archived_at:
        raise Refused("cohort-archived")
    told = report.as_json()
    rows = told.pop("new")
    return RosterCheck.objects.create(
        cohort=cohort,
        by=by,
        made_at=at,
        until_at=at + ROSTERS_KEPT,
        rows=rows,
        report=told,
    )


def report_of(kept: RosterCheck) -> Report:
    """Return the report that was kept."""
    told = kept.report | {"twice": [(a, b) for a, b in kept.report.get("twice", [])]}
    return Report(new=[New(**row) for row in kept.rows], **told)


@transaction.atomic
def accept(kept: RosterCheck, *, by: User, at: datetime) -> int:
    """Invite whom the list names; return how many invitations are new.

    Of two who accept at once one does. Raises Refused: cohort-archived,
    roster-accepted, roster-empty.
    """
    at_work = Cohort.objects.filter(pk=kept.cohort_id).at_work()
    if not at_work.exists():
        raise Refused("cohort-archived")
    this = RosterCheck.objects.filter(pk=kept.pk)
    # Locked where that is possible: an erasure may be taking rows out.
    rows = this.select_for_update().values_list("rows", flat=True).first()
    if not this.waiting(at).update(accepted_at=at, rows=[], report={}):
        raise Refused("roster-accepted")
    if not rows:
        raise Refused("roster-empty")
    asked = [Asked(row["address"], row["facts"]) for row in rows]
    return invite(kept.cohort, by=by, asked=asked, at=at)
