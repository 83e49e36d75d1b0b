"""Opening one account, helping its owner, and leaving a trace of each."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from lms.approvals.actions import ask
from lms.approvals.models import Approval
from lms.audit.actions import record_event
from lms.audit.models import Alarm, Event
from lms.people import actions as people
from lms.people.models import Merger, SupportVisit, User
from lms.refusals import Refused
from lms.support import rules
from lms.support.accounts import account_at, addresses_of, is_free
from lms.support.mails import ASKED_TO_MOVE, CHANGED, MOVED, mail_link, tell

OPENED = gettext_noop("account opened by people support")
NOT_FOUND = gettext_noop("address that no account has")
SESSIONS_ENDED = gettext_noop("sessions ended")
STEP_REMOVED = gettext_noop("second step removed")
LINK_SENT = gettext_noop("link sent to a new address")
MOVED_IN = gettext_noop("new address taken up")
MERGER_ASKED = gettext_noop("merger of accounts asked for")
EMAIL = gettext_noop("e-mail")
SECOND_STEP = gettext_noop("second step")
HOW_CHECKED = {
    "video": gettext_noop("identity checked by video call"),
    "letter": gettext_noop("identity checked by a letter of the institution"),
    "known": gettext_noop("identity checked by somebody who knows the person"),
}


def open_visit(
    address: str, *, by: User, reason: str, at: datetime
) -> SupportVisit | None:
    """Open the account that has exactly that address; None: there is none.

    Either leaves a trace. Raises `Refused` for one's own account.
    """
    person = _look_for(address, by=by, at=at)
    if person is None:
        return None
    _refuse(rules.opening_refusals(by=by.pk, person=person.pk))
    return _open(person, by=by, reason=reason, at=at)


def _look_for(address: str, *, by: User, at: datetime) -> User | None:
    """Return whose address it is; that there is nobody is written down as well."""
    person = account_at(address)
    if person is None:
        record_event(Event.Kind.LOOK, actor=by, purpose=NOT_FOUND, subjects=[], at=at)
    return person


@transaction.atomic
def _open(person: User, *, by: User, reason: str, at: datetime) -> SupportVisit:
    record_event(
        Event.Kind.LOOK,
        actor=by,
        purpose=OPENED,
        subjects=[person],
        fields=[EMAIL],
        at=at,
    )
    return SupportVisit.objects.create(
        helper=by,
        person=person,
        reason=reason,
        opened_at=at,
        until_at=rules.visit_ends(at),
    )


@transaction.atomic
def end_sessions(visit: SupportVisit, *, reason: str, at: datetime) -> None:
    """Sign the person out everywhere."""
    people.end_sessions(visit.person)
    _note(visit, SESSIONS_ENDED, reason=reason, at=at)
    _tell(visit.person)


@transaction.atomic
def remove_second_step(visit: SupportVisit, *, reason: str, at: datetime) -> None:
    """Let the person in without the step they lost; the next screen asks for a new one.

    Whoever holds the old one is signed out.
    """
    Authenticator.objects.filter(user=visit.person).delete()
    people.end_sessions(visit.person)
    _note(visit, STEP_REMOVED, fields=[SECOND_STEP], reason=reason, at=at)
    _tell(visit.person)


@transaction.atomic
def move_mailbox(
    visit: SupportVisit, *, address: str, checked: str, reason: str, at: datetime
) -> None:
    """Send a link to a new address; whoever follows it gets in, and nobody before.

    The addresses that the account has are told that somebody asked.
    """
    if not is_free(address, person=visit.person):
        raise Refused("address-cannot-be-used")
    fields = [EMAIL, HOW_CHECKED[checked]]
    _note(visit, LINK_SENT, fields=fields, reason=reason, at=at)
    mail_link.enqueue(str(visit.person.uuid), address)
    _tell(visit.person, ASKED_TO_MOVE)


@transaction.atomic
def take_up_address(person: User, *, address: str, password: str, at: datetime) -> None:
    """Make the proven address the only one, with a new password.

    A mailbox that was lost may be somebody else's by now: it opens nothing any more.
    """
    left = [old for old in addresses_of(person) if old.lower() != address.lower()]
    if not is_free(address, person=person):
        raise Refused("address-cannot-be-used")
    EmailAddress.objects.filter(user=person).delete()
    try:
        with transaction.atomic():
            EmailAddress.objects.create(
                user=person, email=address, verified=True, primary=True
            )
            person.email = address
            person.set_password(password)
            person.save(update_fields=["email", "password"])
    except IntegrityError as raced:
        raise Refused("address-cannot-be-used") from raced
    people.end_sessions(person)
    record_event(
        Event.Kind.CHANGE,
        actor=person,
        purpose=MOVED_IN,
        subjects=[person],
        fields=[EMAIL],
        at=at,
    )
    _tell(person, MOVED, addresses=left)


@transaction.atomic
def close(visit: SupportVisit, *, reason: str, at: datetime) -> None:
    people.close(visit.person, by=visit.helper, reason=reason, at=at)
    _keep(visit, reason)


@transaction.atomic
def reopen(visit: SupportVisit, *, reason: str, at: datetime) -> None:
    people.reopen(visit.person, by=visit.helper, at=at)
    _keep(visit, reason)
    _tell(visit.person)


@transaction.atomic
def rename(
    visit: SupportVisit,
    *,
    legal_name: str,
    sort_name: str,
    reason: str,
    at: datetime,
) -> None:
    people.rename(
        visit.person,
        legal_name=legal_name,
        sort_name=sort_name,
        reason=reason,
        by=visit.helper,
        at=at,
    )
    _keep(visit, reason)
    _tell(visit.person)


def pair_of(
    visit: SupportVisit, *, address: str, keep: str, at: datetime
) -> tuple[User, User]:
    """Return the account that stays and the one that would become part of it."""
    other = _look_for(address, by=visit.helper, at=at)
    if other is None:
        raise Refused("no-such-account")
    _refuse(
        rules.merger_refusals(
            by=visit.helper_id, visited=visit.person_id, other=other.pk
        )
    )
    return (visit.person, other) if keep == "this" else (other, visit.person)


@transaction.atomic
def ask_merger(
    visit: SupportVisit, *, kept: User, gone: User, reason: str, at: datetime
) -> Approval:
    """Ask a second administrator to make one of two accounts; asking twice is once."""
    people.merge_preview(kept, gone)
    merger, made = Merger.objects.get_or_create(
        kept=kept,
        gone=gone,
        done_at=None,
        defaults={"asked_by": visit.helper, "asked_at": at, "reason": reason},
    )
    if made:
        record_event(
            Event.Kind.CHANGE,
            actor=visit.helper,
            purpose=MERGER_ASKED,
            subjects=[kept, gone],
            at=at,
        )
        _keep(visit, reason)
    return ask("merge", subject=merger.uuid, by=visit.helper, reason=reason, at=at)


def read_alarm(alarm: int, *, at: datetime) -> bool:
    """Put an alarm away; return whether there was one."""
    return bool(Alarm.objects.filter(pk=alarm, read_at=None).update(read_at=at))


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise Refused(*reasons)


def _note(
    visit: SupportVisit,
    purpose: str,
    *,
    fields: Iterable[str] = (),
    reason: str,
    at: datetime,
) -> None:
    record_event(
        Event.Kind.CHANGE,
        actor=visit.helper,
        purpose=purpose,
        subjects=[visit.person],
        fields=fields,
        at=at,
    )
    _keep(visit, reason)


def _keep(visit: SupportVisit, reason: str) -> None:
    """Add why something was done to why the account was opened."""
    visit.reason = rules.with_reason(visit.reason, reason)
    visit.save(update_fields=["reason"])


def _tell(
    person: User, template: str = CHANGED, *, addresses: list[str] | None = None
) -> None:
    told = addresses_of(person) if addresses is None else addresses
    if told:
        tell.enqueue(str(person.uuid), template, told)
