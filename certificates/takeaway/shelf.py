"""Which files did somebody ask for lately, and what became of each?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from certificates.models import ReportFile
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.rules import State, state_of
from certificates.takeaway.words import REFUSALS, STATES
from lms.people.models import User

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One file as the page of downloads shows it."""

    file: ReportFile
    kind: Any
    state: State
    in_words: Any
    why: Any
    what: str


def shelf_of(owner: User, *, at: datetime) -> list[Item]:
    """Return the person's files, the last one first; a fixed number of queries."""
    own = ReportFile.objects.own(owner).select_related("schedule__report")
    there = set(own.downloadable(at=at).values_list("pk", flat=True))
    rows = own.order_by("-asked_at", "-pk")[:SHOWN]
    return [item_of(file, is_there=file.pk in there, at=at) for file in rows]


def item_of(file: ReportFile, *, is_there: bool, at: datetime) -> Item:
    state = state_of(
        needs_second=file.needs_second,
        approved=file.approved_at is not None,
        turned_down=file.turned_down_at is not None,
        ready=file.ready_at is not None,
        failed=file.failed_at is not None,
        until_at=file.until_at,
        at=at,
    )
    if state is State.READY and not is_there:
        state = State.OVER
    return Item(
        file=file,
        kind=FORMATS[file.format].name,
        state=state,
        in_words=STATES[state],
        why=REFUSALS.get(file.trouble, ""),
        what=file.schedule.report.name if file.schedule else _("Completion report"),
    )
