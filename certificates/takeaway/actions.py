"""Asking for a file, keeping a question, having it asked by the clock, ending that."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from certificates.models import (
    ReportFile,
    SavedReport,
    Schedule,
    ScheduleRecipient,
)
from certificates.takeaway import keeping, rules
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.making import give_up
from certificates.takeaway.reading import known, read
from certificates.takeaway.recipients import same_scope, second_people
from certificates.takeaway.tasks import make_file
from lms.approvals.actions import ask
from lms.mail.outbox import letter_to, post
from lms.people.choices import Role
from lms.people.models import Mandate, User
from lms.people.rules import REPORTS_TOLD_OF
from lms.people.scope import standing_mandates
from lms.people.zones import zone_of
from lms.queue.models import dead_letters
from lms.refusals import Refused

LARGE = "large export"


@transaction.atomic
def ask_for_file(
    owner: User,
    *,
    query: Mapping[str, str],
    columns: Sequence[str],
    format: str,
    language: str,
    reason: str = "",
    schedule: Schedule | None = None,
    by_hand: bool = False,
    at: datetime,
) -> ReportFile:
    """Have a file made, or ask a second person first where the day names very many.

    Raises `Refused`.
    """
    with override(language):
        report = read(owner, query, at=at)
    mandates = standing_mandates(owner, Role.MINISTRY, on=timezone.localdate(at))
    people, rows = report.people(), report.rows()
    most = FORMATS[format].most_rows(len(known(columns)))
    large = rules.needs_second(
        report.people_today(), limit=settings.REPORT_PEOPLE_LIMIT
    )
    reasons = rules.asking_refusals(
        holds_mandate=mandates.exists(),
        rows=rows,
        most_rows=most,
        large=large,
        says_why=bool(reason.strip()),
    )
    if reasons:
        raise Refused(*reasons)
    file = ReportFile.objects.create(
        owner=owner,
        schedule=schedule,
        by_hand=by_hand,
        asked=report.asked.as_query(),
        columns=known(columns),
        language=language,
        format=format,
        asked_at=at,
        people=people,
        rows=rows,
        needs_second=large,
    )
    file.mandates.set(mandates)
    if large:
        ask(LARGE, subject=file.uuid, by=owner, reason=reason, at=at)
        tell_second_people(file, at=at)
    else:
        enqueue(file)
    return file


def tell_second_people(file: ReportFile, *, at: datetime) -> None:
    """Write to everybody who may agree that somebody waits for one of them."""
    post(
        letter_to(
            colleague,
            event=f"report-second:{file.uuid}:{colleague.uuid}",
            template="report_second",
            facts={"file": str(file.uuid)},
            at=at,
            urgent=False,
        )
        for colleague in second_people(file, on=timezone.localdate(at))
    )


def enqueue(file: ReportFile) -> None:
    """Leave the file to a worker, and remember which task it is."""
    task = make_file.enqueue(str(file.uuid))
    ReportFile.objects.filter(pk=file.pk).update(task=task.id)


@transaction.atomic
def agree(file: ReportFile, *, at: datetime) -> None:
    """Have a file made to which the second person agreed."""
    won = ReportFile.objects.filter(pk=file.pk, approved_at=None, turned_down_at=None)
    if not won.update(approved_at=at):
        raise Refused("over")
    enqueue(file)


def turn_down(file: ReportFile, *, at: datetime) -> None:
    """Let a file be made by nobody: the second person said no."""
    ReportFile.objects.filter(pk=file.pk, approved_at=None).update(turned_down_at=at)


@transaction.atomic
def save_report(
    owner: User,
    *,
    mandate: Mandate,
    name: str,
    query: Mapping[str, str],
    columns: Sequence[str],
    at: datetime,
) -> SavedReport:
    """Keep a question under a name; raises `Refused` where the name is taken."""
    try:
        with transaction.atomic():
            return SavedReport.objects.create(
                owner=owner,
                mandate=mandate,
                name=name,
                asked=dict(query),
                columns=known(columns),
                made_at=at,
            )
    except IntegrityError as error:
        raise Refused("name-taken") from error


@transaction.atomic
def forget_report(report: SavedReport) -> None:
    """Delete a saved question, and its schedules with it; files stay their day."""
    report.delete()


@transaction.atomic
def schedule_report(
    report: SavedReport,
    *,
    every: str,
    day: int,
    format: str,
    recipients: Iterable[User],
    at: datetime,
) -> Schedule:
    """Have a saved report made by the clock, for each recipient in their own sight.

    Raises `Refused` for whoever holds no mandate of the same scope.
    """
    chosen = {person.pk for person in recipients}
    on = timezone.localdate(at)
    allowed = same_scope(report.mandate, on=on).values_list("holder", flat=True)
    if chosen - set(allowed):
        raise Refused("other-scope")
    after = rules.next_run(rules.Every(every), day, after=at, zone=zone_for(report))
    schedule = Schedule.objects.create(
        report=report, every=every, day=day, format=format, made_at=at, next_at=after
    )
    ScheduleRecipient.objects.bulk_create(
        ScheduleRecipient(schedule=schedule, person_id=pk) for pk in sorted(chosen)
    )
    return schedule


def zone_for(report: SavedReport) -> ZoneInfo:
    """Return whose mornings count: those of the mandate's country."""
    return zone_of(report.mandate.country)


@transaction.atomic
def stop_schedule(schedule: Schedule, *, why: str, at: datetime) -> bool:
    """Stop a schedule for good, and tell its owner where they did not do it."""
    won = Schedule.objects.running().filter(pk=schedule.pk)
    if not won.update(stopped_at=at, stopped_why=why):
        return False
    if why != "by-owner":
        letter = letter_to(
            schedule.report.owner,
            event=f"schedule-stopped:{schedule.uuid}",
            template="report_stopped",
            facts={"schedule": str(schedule.uuid)},
            at=at,
            urgent=False,
        )
        post([letter])
    return True


def run_due(*, at: datetime) -> int:
    """Ask for what schedules are due; return for how many of them."""
    due = Schedule.objects.due(at).select_related("report__mandate", "report__owner")
    return sum(run(schedule, at=at) for schedule in list(due))


@transaction.atomic
def run(schedule: Schedule, *, by: User | None = None, at: datetime) -> bool:
    """Ask for the files of one schedule, once each time; or stop it and say so.

    `by` is who asked for them now, and waits for theirs; None: the clock.
    """
    report = schedule.report
    every = rules.Every(schedule.every)
    after = rules.next_run(every, schedule.day, after=at, zone=zone_for(report))
    won = Schedule.objects.due(at).filter(pk=schedule.pk)
    if not won.update(next_at=after):
        return False
    on = timezone.localdate(at)
    if not Mandate.objects.standing(on).filter(pk=report.mandate_id).exists():
        return stop_schedule(schedule, why="mandate-over", at=at)
    allowed = same_scope(report.mandate, on=on).values("holder")
    people = User.objects.filter(
        reports_received__schedule=schedule, pk__in=allowed
    ).order_by("pk")
    asked = [
        _ask_by_schedule(person, schedule, by_hand=person == by, at=at)
        for person in people
    ]
    if not any(asked):
        return stop_schedule(schedule, why="stale" if asked else "nobody-left", at=at)
    return True


def run_now(schedule: Schedule, *, at: datetime) -> bool:
    """Ask for the files of a schedule before its day; a stopped one makes none.

    Its owner asks, and gets a letter at once; the others get theirs in office hours.
    """
    Schedule.objects.filter(pk=schedule.pk, stopped_at=None).update(next_at=at)
    return run(schedule, by=schedule.report.owner, at=at)


def _ask_by_schedule(
    person: User, schedule: Schedule, *, by_hand: bool, at: datetime
) -> bool:
    """Ask for one recipient's file; return whether it could be asked for."""
    report = schedule.report
    try:
        ask_for_file(
            person,
            query=report.asked,
            columns=report.columns,
            format=schedule.format,
            language=person.language,
            reason=report.name,
            schedule=schedule,
            by_hand=by_hand,
            at=at,
        )
    except Refused:
        return False
    return True


def give_up_what_failed(*, at: datetime) -> int:
    """Say of files whose task was given up that they could not be made."""
    dead = dead_letters().values("pk")
    rows = ReportFile.objects.to_make().filter(task__in=dead)
    return sum(give_up(file, "broken", at=at) for file in list(rows))


def delete_what_is_over(*, at: datetime) -> int:
    """Delete the files that nobody may fetch any more; return how many."""
    kept = ReportFile.objects.kept()
    fetched = ReportFile.objects.downloadable(at=at).values("pk")
    return sum(withdraw(file) for file in list(kept.exclude(pk__in=fetched)))


def withdraw(file: ReportFile) -> bool:
    """Delete a file; the row still says that there was one."""
    won = ReportFile.objects.filter(pk=file.pk, name=file.name).update(name="")
    keeping.delete(file.name)
    return bool(won)


def forget_old(*, at: datetime) -> int:
    """Delete what is told of files that were asked for long ago; return how many."""
    old = ReportFile.objects.filter(asked_at__lte=at - REPORTS_TOLD_OF, name="")
    return old.delete()[1].get("certificates.ReportFile", 0)
