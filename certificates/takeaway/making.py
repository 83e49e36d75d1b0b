"""How does a worker make a file of a report? Again from its beginning, if killed."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from certificates import crowd
from certificates.models import ReportFile
from certificates.reports.columns import COLUMNS
from certificates.takeaway import keeping, rules
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.reading import Reading, known, read
from certificates.takeaway.sheet import Tell
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mail.outbox import letter_to, post
from lms.people.models import User
from lms.people.rules import REPORT_FILES_KEPT
from lms.refusals import Refused

PURPOSE = gettext_noop("file of the completion report")
TOLD_EVERY = 1.0  # seconds between two signs of progress
Clock = Callable[[], datetime]


class Lost(Exception):
    """Another worker has made the file meanwhile."""


def make(uuid: str, *, clock: Clock) -> None:
    """Make the file that somebody waits for, or say why there will be none."""
    file = ReportFile.objects.to_make().filter(uuid=uuid).first()
    if file is None:
        return
    with override(file.language):
        try:
            write(file, clock=clock)
        except Refused as refused:
            give_up(file, refused.reasons[0], at=clock())


def write(file: ReportFile, *, clock: Clock) -> None:
    """Read, write and keep the file; raises `Refused`."""
    at = clock()
    theirs = ReportFile.objects.still_theirs(on=timezone.localdate(at))
    if not theirs.filter(pk=file.pk).exists():
        raise Refused("mandate-over")
    report = read(file.owner, file.asked, at=at)
    whom = report.whom()
    refuse_what_grew(file, report, people=len(whom))
    columns = known(file.columns)
    with keeping.in_the_making() as draft:
        FORMATS[file.format].write(report.sheet(columns), draft, progress(file))
        # Lines may have been drawn anew meanwhile: whoever may stand in it is named.
        whom |= report.whom()
        finish(file, draft, whom=whom, columns=columns, clock=clock)


def refuse_what_grew(file: ReportFile, report: Reading, *, people: int) -> None:
    """Refuse a file of more people than were agreed to, or of more than it holds."""
    rows = report.rows()
    reasons = rules.may_be_made(
        rows=rows,
        most_rows=FORMATS[file.format].most_rows(len(known(file.columns))),
        people=people,
        agreed=file.people if file.needs_second else None,
        limit=settings.REPORT_PEOPLE_LIMIT,
    )
    if reasons:
        raise Refused(*reasons)
    ReportFile.objects.filter(pk=file.pk).update(rows=rows, done=0)


def progress(file: ReportFile) -> Tell:
    """Return a function that writes down, once a second, how many rows are done."""
    began = time.monotonic()
    told = [began]

    def tell(rows: int) -> None:
        if (now := time.monotonic()) - told[0] >= TOLD_EVERY:
            told[0] = now
            ReportFile.objects.filter(pk=file.pk).update(done=rows)

    return tell


def finish(
    file: ReportFile,
    draft: BinaryIO,
    *,
    whom: set[int],
    columns: list[str],
    clock: Clock,
) -> None:
    """Keep the whole file and let it be fetched; of two who made it, one does."""
    facts = {"digest": keeping.digest_of(draft), "size": draft.tell()}
    name = keeping.keep(draft, about=file)
    try:
        hand_over(file, whom=whom, columns=columns, at=clock(), name=name, **facts)
    except Lost:
        keeping.delete(name)
    except Refused:
        keeping.delete(name)
        raise


@transaction.atomic
def hand_over(
    file: ReportFile,
    *,
    whom: set[int],
    columns: list[str],
    at: datetime,
    **facts: object,
) -> None:
    """Write down who stands in the file, that it is ready, and tell its owner.

    Raises `Refused` where others were taken meanwhile, and nobody else said yes.
    """
    if not file.needs_second:
        refuse_crowd(file.owner, whom, at=at)
    letter = letter_to(
        file.owner,
        event=f"report-file:{file.uuid}",
        template="report_ready",
        facts={"file": str(file.uuid)},
        at=at,
        urgent=file.waited_for,
    )
    event = note_export(file.owner, whom=whom, columns=columns, at=at)
    won = ReportFile.objects.to_make().filter(pk=file.pk)
    # A letter that keeps to office hours begins the day in which the link works.
    until = letter.due_at + REPORT_FILES_KEPT
    made = {"event": event, "ready_at": at, "until_at": until, "done": F("rows")}
    if not won.update(**made, **facts):
        raise Lost
    post([letter])


def refuse_crowd(by: User, whom: set[int], *, at: datetime) -> None:
    """Refuse to let more people leave in a day than may without a second person.

    In the transaction that writes down who left.
    """
    people = crowd.people_with(by, whom, at=at)
    if rules.needs_second(people, limit=settings.REPORT_PEOPLE_LIMIT):
        raise Refused("crowd")


def note_export(by: User, *, whom: set[int], columns: list[str], at: datetime) -> Event:
    """Write one event: these columns about these people left the platform."""
    return record_event(
        Event.Kind.EXPORT,
        actor=by,
        purpose=PURPOSE,
        subjects=whom,
        fields=[COLUMNS[key].heading for key in columns],
        at=at,
    )


def give_up(file: ReportFile, why: str, *, at: datetime) -> bool:
    """Say that there will be no file, and why; return whether it was still awaited."""
    waiting = ReportFile.objects.to_make().filter(pk=file.pk)
    return bool(waiting.update(failed_at=at, trouble=why))
