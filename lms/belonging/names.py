"""Who asked for another name, who answers, and what is done then?

Whoever confirmed that somebody is theirs did so by a name: they, or people support,
say yes before another one stands on a certificate. Where no post of today is confirmed,
who confirmed one last answers. Of shielded people only the officers for them are asked.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.approvals.desk import state_of
from lms.approvals.kinds import Summary
from lms.approvals.models import Approval
from lms.approvals.rules import State
from lms.belonging.actions import ANOTHER_NAME, take_back_name
from lms.belonging.tasks import tell_name_answered
from lms.people.actions import rename
from lms.people.choices import Role
from lms.people.models import Affiliation, Institution, Mandate, NameRequest, User
from lms.people.scope import claims_in_sight_of
from lms.refusals import Refused

SENTENCES = {
    "over": gettext_lazy(
        "The change was taken back, or the name is another one by now. There is "
        "nothing to approve."
    ),
}


def decides(viewer: User) -> bool:
    """Whether this person may answer to names: of an institution, or support."""
    if viewer.is_superuser or not viewer.holds_mandate:
        return viewer.is_superuser
    held = Mandate.objects.own(viewer).standing(timezone.localdate())
    return held.filter(role__in=[Role.MINISTRY, Role.PROTECTION]).exists()


def subjects(viewer: User) -> QuerySet:
    """Return the requests of the people whose posts this person may confirm."""
    on = timezone.localdate()
    posts = Affiliation.objects.that_answer_for(on=on)
    theirs = Q(
        person__in=posts.filter(claims_in_sight_of(viewer, on=on)).values("person")
    )
    if viewer.is_superuser:
        theirs |= Q(person__shielded=False)
    asked = NameRequest.objects.if_signed_in(viewer).filter(person__closed_at=None)
    return asked.filter(theirs).values("uuid")


def rows(uuids: list[UUID], viewer: User) -> dict[UUID, NameRequest | None]:
    """Return the requests with the post that answers; None for forgotten ones."""
    found = NameRequest.objects.filter(uuid__in=uuids).select_related("person")
    asked = {request.uuid: request for request in found}
    posts = Affiliation.objects.that_answer_for(on=timezone.localdate())
    held = {
        post.person_id: post
        for post in posts.filter(
            person__in=[request.person_id for request in asked.values()]
        ).select_related("institution")
    }
    for request in asked.values():
        request.post = held.get(request.person_id)
    return {uuid: asked.get(uuid) for uuid in uuids}


def summary(approval: Approval, viewer: User) -> Summary:
    """Return the old name, the new one beside it, and whose they are."""
    request = approval.row
    if request is None:
        return Summary(what=_("Change of a name"), facts=[])
    facts = [(_("Name today"), request.before), (_("New name"), request.after)]
    if request.post:
        facts.append((_("Institution"), str(request.post)))
        facts.append((_("Profession"), str(request.post.get_track_display())))
        if request.post.until_on:
            until_on = date_format(request.post.until_on, "DATE_FORMAT")
            facts.append((_("Until"), until_on))
    return Summary(what=_("Change of a name"), facts=facts, people=[request.person_id])


def carry_out(approval: Approval, by: User, at: datetime) -> None:
    """Give the person the name that they asked for, once, and tell them."""
    request = _open_request(approval)
    if request is None or request.person.legal_name != request.before:
        raise Refused("over")
    take_back_name(request.person, at=at)
    rename(
        request.person,
        legal_name=request.after,
        sort_name=request.sort_name,
        reason=request.reason,
        by=by,
        at=at,
    )
    tell_name_answered.enqueue(request.person_id)


def turn_down(approval: Approval, by: User, at: datetime) -> None:
    """Leave the name as it is, and tell the person where they read why."""
    request = _open_request(approval)
    if request is not None:
        take_back_name(request.person, at=at)
        tell_name_answered.enqueue(request.person_id)


def _open_request(approval: Approval) -> NameRequest | None:
    """Return what was asked for, if that is still to be answered."""
    asked = NameRequest.objects.open().filter(
        uuid=approval.subject, person__closed_at=None
    )
    return asked.select_related("person").first()


@dataclass(frozen=True, slots=True)
class AskedName:
    """The name that was asked for last, and how that stands."""

    name: str
    asked_at: datetime
    state: State
    decided_at: datetime | None
    reason: str  # of the refusal

    @property
    def waits(self) -> bool:
        return self.state is State.WAITING

    @property
    def agreed(self) -> bool:
        return self.state is State.APPROVED

    @property
    def refused(self) -> bool:
        return self.state is State.REFUSED

    @property
    def unanswered(self) -> bool:
        return self.state is State.EXPIRED


def who_answers_for(person: User, *, at: datetime) -> Institution | None:
    """Return the institution that is asked before the person takes another name."""
    posts = Affiliation.objects.own(person).that_answer_for(on=timezone.localdate(at))
    post = posts.select_related("institution").first()
    return post.institution if post else None


def last_asked(person: User, *, at: datetime) -> AskedName | None:
    """Return the name that the person asked for last, while it is kept."""
    request = NameRequest.objects.own(person).order_by("-asked_at", "-pk").first()
    if request is None:
        return None
    approval = Approval.objects.filter(kind=ANOTHER_NAME, subject=request.uuid).first()
    if approval is None:
        return None
    state = state_of(approval, at=at)
    return AskedName(
        request.after,
        request.asked_at,
        state,
        approval.decided_at,
        approval.decision_reason,
    )
