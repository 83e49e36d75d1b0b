"""Checking and loading a roster of duty posts; naming who holds one, and ending it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from certificates.coverage.checking import Report, Row, check
from certificates.coverage.planning import FACTS, Plan, plan_of
from certificates.models import DutyPost, PostHolder, PostRoster
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import User
from lms.people.rules import ROSTERS_KEPT
from lms.refusals import Refused
from lms.team.roster.tables import Reading

ROSTER = gettext_noop("people of a roster of duty posts")
NAMED = gettext_noop("named for a duty post")
ENDED = gettext_noop("no longer named for a duty post")
ADDRESS, POST = gettext_noop("e-mail"), gettext_noop("duty post")
DAY = timedelta(days=1)


@transaction.atomic
def check_roster(
    reading: Reading, *, by: User, file_name: str, at: datetime
) -> PostRoster:
    """Keep for a day what a roster says, so that what is loaded is what was read.

    That it names people is one look at them.
    """
    report = check(reading, by=by, on=timezone.localdate(at))
    if named := {pk for row in report.rows for pk in row.people}:
        _note(Event.Kind.LOOK, ROSTER, named, [ADDRESS], by=by, at=at)
    told = report.as_json()
    rows = told.pop("rows")
    return PostRoster.objects.create(
        by=by,
        file_name=file_name[:120],
        made_at=at,
        until_at=at + ROSTERS_KEPT,
        rows=rows,
        report=told,
    )


def report_of(kept: PostRoster) -> Report:
    """Return the report that was kept."""
    return _report(kept.rows, kept.report)


def _report(rows: list[dict[str, Any]], report: dict[str, Any]) -> Report:
    return Report(rows=[Row(**row) for row in rows], **report)


@transaction.atomic
def load(kept: PostRoster, *, by: User, at: datetime) -> Plan:
    """Make, change and retire what the roster says; return what was done.

    Of two who load it at once one does. With errors nothing is retired: a post may
    stand in a row that could not be read. Raises Refused: roster-loaded, roster-same.
    """
    this = PostRoster.objects.filter(pk=kept.pk, by=by)
    held = this.select_for_update().values_list("rows", "report").first()
    if held is None or not this.waiting(at).update(loaded_at=at, rows=[], report={}):
        raise Refused("roster-loaded")
    report = _report(*held)
    plan = plan_of(
        report.rows, by=by, on=timezone.localdate(at), retires=not report.errors
    )
    if not plan.does_something:
        raise Refused("roster-same")
    _write(plan, by=by, at=at)
    this.update(
        made=len(plan.new), changed=len(plan.changed), retired=len(plan.retired)
    )
    kept.institutions.set(plan.institutions.values())
    return plan


def _write(plan: Plan, *, by: User, at: datetime) -> None:
    """Write the posts; where somebody else made one meanwhile, it is changed."""
    for post in (rows := [*plan.new, *plan.changed]):
        post.loaded_at, post.loaded_by = at, by
    DutyPost.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["institution", "code"],
        update_fields=[*FACTS, "loaded_at", "loaded_by_id"],
    )
    gone = DutyPost.objects.filter(pk__in=[post.pk for post in plan.retired])
    gone.update(retired_at=at)
    left = PostHolder.objects.not_over().filter(post__in=gone)
    _end([*plan.ended, *left], by=by, at=at)
    _name(plan, by=by, at=at)


def _name(plan: Plan, *, by: User, at: datetime) -> None:
    rows = DutyPost.objects.filter(institution__in=plan.institutions.values())
    posts = {
        (place, code): pk
        for pk, place, code in rows.values_list("pk", "institution__code", "code")
    }
    on = timezone.localdate(at)
    PostHolder.objects.bulk_create(
        [
            PostHolder(post_id=posts[key], person_id=pk, from_on=on, named_by=by)
            for key, pk in plan.named
        ],
        ignore_conflicts=True,
    )
    named = {pk for _key, pk in plan.named}
    if named:
        _note(Event.Kind.CHANGE, NAMED, named, [POST], by=by, at=at)


@transaction.atomic
def name_holder(post: DutyPost, *, person: User, by: User, at: datetime) -> bool:
    """Name somebody for a post from today on; False: they are named already."""
    holder, made = PostHolder.objects.get_or_create(
        post=post,
        person=person,
        until_on=None,
        defaults={"from_on": timezone.localdate(at), "named_by": by},
    )
    if made:
        _note(Event.Kind.CHANGE, NAMED, [holder.person_id], [POST], by=by, at=at)
    return made


@transaction.atomic
def end_holding(holder: PostHolder, *, by: User, at: datetime) -> bool:
    """End that somebody holds a post, from today on; False: it is over already."""
    return _end([holder], by=by, at=at) > 0


def _end(holders: Iterable[PostHolder], *, by: User, at: datetime) -> int:
    """End these, yesterday; whoever was named today never held the post."""
    on = timezone.localdate(at)
    rows = PostHolder.objects.not_over().filter(pk__in=[one.pk for one in holders])
    people = set(rows.values_list("person", flat=True))
    rows.filter(from_on__gte=on).delete()
    rows.update(until_on=on - DAY)
    if people:
        _note(Event.Kind.CHANGE, ENDED, people, [POST], by=by, at=at)
    return len(people)


def forget_rosters(*, at: datetime) -> None:
    """Delete the rosters whose day is over and that nobody loaded."""
    PostRoster.objects.filter(loaded_at=None, until_at__lte=at).delete()


def _note(
    kind: Event.Kind,
    purpose: str,
    people: Iterable[int],
    fields: list[str],
    *,
    by: User,
    at: datetime,
) -> None:
    record_event(kind, actor=by, purpose=purpose, subjects=people, fields=fields, at=at)
