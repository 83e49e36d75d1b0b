"""What is done to an account at once, and what does a second administrator decide?

About whoever works with people, one administrator decides nothing that would let
somebody else in, or keep them out: one asks here, another one says yes or no.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from lms.approvals.actions import ask
from lms.approvals.kinds import Summary
from lms.approvals.models import Approval
from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import SupportRequest, SupportVisit, User
from lms.refusals import Refused
from lms.support.actions import keep_reason
from lms.support.acts import ACTS, Act

KIND = gettext_noop("support")
ASKED = gettext_noop("change asked for by people support")
BY_SLUG = {act.slug: act for act in ACTS}
SENTENCES = {
    "own-account": gettext_lazy("This is your own account. Somebody else decides."),
    "address-cannot-be-used": gettext_lazy(
        "The new address belongs to another account by now. You may refuse it."
    ),
}


def help_with(
    act: Act, visit: SupportVisit, *, reason: str, at: datetime, **facts: str
) -> bool:
    """Do it, or ask a second administrator; return whether it is done.

    Raises `Refused`. Either way the reason is kept with the visit.
    """
    person, helper = visit.person, visit.helper
    if act.check:
        act.check(person, by=helper, at=at, **facts)
    at_once = not act.needs_second(person)
    with transaction.atomic():
        if at_once:
            act.run(person, by=helper, reason=reason, at=at, **facts)
        else:
            _ask(act, visit, reason=reason, facts=facts, at=at)
        keep_reason(visit, reason)
    return at_once


def _ask(
    act: Act, visit: SupportVisit, *, reason: str, facts: dict[str, str], at: datetime
) -> None:
    """Ask once for the same; what was refused, or ran out, may be asked for again."""
    asked = {
        "helper": visit.helper,
        "person": visit.person,
        "act": act.slug,
        "facts": facts,
    }
    waiting = Approval.objects.filter(kind=KIND).waiting(at).values("subject")
    if SupportRequest.objects.filter(**asked, uuid__in=waiting).exists():
        return
    request = SupportRequest.objects.create(**asked, reason=reason, asked_at=at)
    record_event(
        Event.Kind.CHANGE,
        actor=visit.helper,
        purpose=ASKED,
        subjects=[visit.person],
        fields=[act.changes],
        at=at,
    )
    ask(KIND, subject=request.uuid, by=visit.helper, reason=reason, at=at)


def decides(viewer: User) -> bool:
    return viewer.is_superuser


def rows(subjects: list[UUID], viewer: User) -> dict[UUID, SupportRequest]:
    """Return the requests by their identifier, in one query."""
    found = SupportRequest.objects.select_related("person").filter(uuid__in=subjects)
    return {request.uuid: request for request in found}


def summary(approval: Approval, viewer: User) -> Summary:
    """Return whose account, what would be done to it, and what would be new.

    Whoever asked and is no administrator any more reads only what it was about.
    """
    request = approval.row
    person, act = request.person, BY_SLUG[request.act]
    what = _("Help with an account: %(act)s") % {"act": act.heading}
    if not decides(viewer):
        return Summary(what=what, facts=[])
    return Summary(
        what=what,
        facts=[
            (_("Account of"), person.legal_name),
            (_("E-mail"), person.email),
            (_("What would change"), str(act.text)),
            *_in_words(act, request.facts),
        ],
        people=[person.pk],
    )


def _in_words(act: Act, facts: dict[str, str]) -> list[tuple[str, str]]:
    """Return what the form said, as the form says it."""
    said = []
    for name, field in act.form.base_fields.items():
        if value := facts.get(name):
            words = dict(getattr(field, "choices", ()))
            said.append((str(field.label), str(words.get(value, value))))
    return said


def carry_out(approval: Approval, by: User, at: datetime) -> None:
    """Do what was asked for, once, if whoever asked still helps and it still fits."""
    found = SupportRequest.objects.select_related("person", "helper")
    request = found.get(uuid=approval.subject)
    person, helper = request.person, request.helper
    if by.pk == person.pk:
        raise Refused("own-account")
    act, open_ones = BY_SLUG[request.act], found.filter(pk=request.pk, done_at=None)
    stands = act.fits(person) and helper.is_active and decides(helper)
    if not stands or not open_ones.update(done_at=at):
        raise Refused("over")
    facts: dict[str, Any] = request.facts
    act.run(person, by=by, reason=request.reason, at=at, **facts)


def turn_down(approval: Approval, by: User, at: datetime) -> None:
    """The account stays as it is."""
