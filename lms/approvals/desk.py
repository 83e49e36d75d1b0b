"""What lies before a second person: what waits, and what became of the rest?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.approvals import rules
from lms.approvals.kinds import Summary, decidable_by, kinds_of, summaries_of
from lms.approvals.models import Approval
from lms.people.models import User
from lms.people.scope import one_person

LATELY = timedelta(days=30)
SHOWN = 100
STATES = {
    rules.State.WAITING: _("waits for a second person"),
    rules.State.APPROVED: _("approved"),
    rules.State.REFUSED: _("refused"),
    rules.State.WITHDRAWN: _("taken back"),
    rules.State.EXPIRED: _("nobody decided in time"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One approval as the screens show it."""

    approval: Approval
    summary: Summary
    state: Any


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for somebody, what they asked for, what others decided lately."""

    waiting: list[Line]
    asked: list[Line]
    decided: list[Line]

    @property
    def people(self) -> set[int]:
        """Whom the words show."""
        lines = [*self.waiting, *self.asked, *self.decided]
        return {person for line in lines for person in line.summary.people}


def has_desk(viewer: User) -> bool:
    """Whether the screens are there for somebody who may decide, or asked."""
    return bool(kinds_of(viewer)) or Approval.objects.own(viewer).exists()


def on_desk(viewer: User) -> QuerySet[Approval]:
    """Return what somebody may look up: what they may decide, and what they asked."""
    return Approval.objects.if_signed_in(viewer).filter(
        decidable_by(viewer) | one_person(viewer, path="asked_by")
    )


def desk_of(viewer: User, *, at: datetime) -> Desk:
    """Return the desk with a fixed number of queries."""
    theirs = Approval.objects.if_signed_in(viewer).filter(decidable_by(viewer))
    waiting = list(theirs.waiting(at).order_by("until_at", "pk")[:SHOWN])
    own = Approval.objects.own(viewer).order_by("-asked_at", "-pk")
    asked = list(own.filter(asked_at__gt=at - 3 * LATELY)[:SHOWN])
    lately = theirs.filter(decided_at__gt=at - LATELY)
    decided = list(lately.order_by("-decided_at", "-pk")[:SHOWN])
    lines = {
        line.approval.pk: line
        for line in lines_of([*waiting, *asked, *decided], viewer=viewer, at=at)
    }
    return Desk(*([lines[a.pk] for a in part] for part in (waiting, asked, decided)))


def waits_for(viewer: User, at: datetime) -> bool:
    """Whether something waits that the viewer may decide."""
    theirs = Approval.objects.if_signed_in(viewer).filter(decidable_by(viewer))
    return theirs.waiting(at).exists()


def lines_of(approvals: list[Approval], *, viewer: User, at: datetime) -> list[Line]:
    """Return the approvals in words and with their state."""
    summaries = summaries_of(approvals, viewer=viewer)
    return [
        Line(approval, summaries[approval.uuid], STATES[state_of(approval, at=at)])
        for approval in approvals
    ]


def state_of(approval: Approval, *, at: datetime) -> rules.State:
    return rules.state_of(
        approved=approval.approved,
        asked_at=approval.asked_at,
        until_at=approval.until_at,
        at=at,
    )
