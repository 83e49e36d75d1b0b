"""Opening one account, helping its owner, and leaving a trace of each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from lms.approvals.actions import ask
from lms.approvals.models import Approval
from lms.audit.actions import record_event
from lms.audit.models import Alarm, Event
from lms.audit.rules import NOT_FOUND
from lms.belonging.actions import take_back_name
from lms.mail.bounces import believe_in
from lms.mandates import actions as mandates
from lms.people import actions as people
from lms.people.models import Mandate, Merger, SupportVisit, User
from lms.refusals import Refused
from lms.support import rules
from lms.support.accounts import account_at, addresses_of, is_free, others_at
from lms.support.mails import ASKED_TO_MOVE, CHANGED, MOVED, mail_link, tell

OPENED = gettext_noop("account opened by people support")
TRIED = gettext_noop("address tried by people support")
SESSIONS_ENDED = gettext_noop("sessions ended")
STEP_REMOVED = gettext_noop("second step removed")
LINK_SENT = gettext_noop("link sent to a new address")
MOVED_IN = gettext_noop("new address taken up")
ALARM_READ = gettext_noop("alarm of unusual looking put away")
MERGER_ASKED = gettext_noop("merger of accounts asked for")
EMAIL = gettext_noop("e-mail")
SECOND_STEP = gettext_noop("second step")
NOT_HERE = "no-account-here"
MERGE = gettext_noop("merge")  # the kind of approval
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
    _look([person], OPENED, by=by, at=at)
    return SupportVisit.objects.create(
        helper=by,
        person=person,
        reason=reason,
        opened_at=at,
        until_at=rules.visit_ends(at),
    )


@transaction.atomic
def end_sessions(person: User, *, by: User, reason: str, at: datetime) -> None:
    """Sign the person out everywhere."""
    people.end_sessions(person)
    _note(person, SESSIONS_ENDED, by=by, at=at)
    _tell(person)


@transaction.atomic
def remove_second_step(
    person: User, *, by: User, reason: str, at: datetime, checked: str = ""
) -> None:
    """Let the person in without the step they lost; the next screen asks for a new one.

    Whoever holds the old one is signed out. A request of the release before, which a
    second administrator decides now, does not say how the person was `checked`.
    """
    how = [HOW_CHECKED[checked]] if checked else []
    Authenticator.objects.filter(user=person).delete()
    people.end_sessions(person)
    _note(person, STEP_REMOVED, fields=[SECOND_STEP, *how], by=by, at=at)
    _tell(person)


def check_address(
    person: User, *, address: str, by: User, at: datetime, **_more: Any
) -> None:
    """Refuse an address that is somebody else's; that it was tried is in their log."""
    others = list(others_at(address, person=person))
    if others:
        _look(others, TRIED, by=by, at=at)
        raise Refused("address-cannot-be-used")


@transaction.atomic
def move_mailbox(
    person: User, *, address: str, checked: str, by: User, reason: str, at: datetime
) -> None:
    """Send a link to a new address; whoever follows it gets in, and nobody before.

    The addresses that the account has are told that somebody asked.
    """
    if not is_free(address, person=person):
        raise Refused("address-cannot-be-used")
    _note(person, LINK_SENT, fields=[EMAIL, HOW_CHECKED[checked]], by=by, at=at)
    mail_link.enqueue(str(person.uuid), address)
    _tell(person, ASKED_TO_MOVE)


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
    believe_in(person.pk, address, at=at)
    record_event(
        Event.Kind.CHANGE,
        actor=person,
        purpose=MOVED_IN,
        subjects=[person],
        fields=[EMAIL],
        at=at,
    )
    _tell(person, MOVED, addresses=left)


def end_mandate(
    person: User, *, mandate: str, by: User, reason: str, at: datetime
) -> None:
    """End one mandate of the person, shielded or not; they are told, as by others.

    Nothing is opened by it, so one administrator is enough. Raises `Refused`.
    """
    held = Mandate.objects.get(holder=person, uuid=mandate)
    mandates.end(held, by=by, reason=reason, at=at)


def close(person: User, *, by: User, reason: str, at: datetime) -> None:
    people.close(person, by=by, reason=reason, at=at)


@transaction.atomic
def reopen(person: User, *, by: User, reason: str, at: datetime) -> None:
    people.reopen(person, by=by, at=at)
    _tell(person)


@transaction.atomic
def rename(
    person: User,
    *,
    legal_name: str,
    sort_name: str,
    by: User,
    reason: str,
    at: datetime,
) -> None:
    people.rename(
        person,
        legal_name=legal_name,
        sort_name=sort_name,
        reason=reason,
        by=by,
        at=at,
    )
    take_back_name(person, at=at)
    _tell(person)


def pair_of(
    visit: SupportVisit, *, address: str, keep: str, at: datetime
) -> tuple[User, User]:
    """Return the account that stays and the one that would become part of it.

    Of the account that was not opened, a refusal says nothing, not even that it is
    there; that it was looked for is in the log.
    """
    helper, here = visit.helper, visit.person
    stays = keep == "this"
    _refuse(people.why_not_merge(**{"kept" if stays else "gone": here}))
    other = _look_for(address, by=helper, at=at)
    if other is None:
        raise Refused(NOT_HERE)
    _look([other], TRIED, by=helper, at=at)
    _refuse(rules.merger_refusals(by=helper.pk, visited=here.pk, other=other.pk))
    kept, gone = (here, other) if stays else (other, here)
    if people.why_not_merge(kept=kept, gone=gone):
        raise Refused(NOT_HERE)
    return kept, gone


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
        keep_reason(visit, reason)
    return ask(MERGE, subject=merger.uuid, by=visit.helper, reason=reason, at=at)


@transaction.atomic
def read_alarm(alarm: int, *, by: User, at: datetime) -> bool:
    """Put an alarm about somebody else away; return whether there was one."""
    others = Alarm.objects.filter(pk=alarm, read_at=None).exclude(actor=by)
    about = list(others.values_list("actor", flat=True))
    if not others.update(read_at=at, read_by=by):
        return False
    record_event(Event.Kind.CHANGE, actor=by, purpose=ALARM_READ, subjects=about, at=at)
    return True


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise Refused(*reasons)


def _look(found: list[User], purpose: str, *, by: User, at: datetime) -> None:
    record_event(
        Event.Kind.LOOK,
        actor=by,
        purpose=purpose,
        subjects=found,
        fields=[EMAIL],
        at=at,
    )


def _note(
    person: User, purpose: str, *, fields: Iterable[str] = (), by: User, at: datetime
) -> None:
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=purpose,
        subjects=[person],
        fields=fields,
        at=at,
    )


def keep_reason(visit: SupportVisit, reason: str) -> None:
    """Add why something was done to why the account was opened."""
    visit.reason = rules.with_reason(visit.reason, reason)
    visit.save(update_fields=["reason"])


def _tell(
    person: User, template: str = CHANGED, *, addresses: list[str] | None = None
) -> None:
    told = addresses_of(person) if addresses is None else addresses
    if told:
        tell.enqueue(str(person.uuid), template, told)
