"""How an account ends: closed, with everything kept, or erased.

A closed account can be opened again. Of an erased person the row stays, emptied, so
that what others rely on still points somewhere; nothing brings the rest back.
"""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mail.models import Letter
from lms.mail.outbox import Facts, letter_to_address, post
from lms.people import rules
from lms.people.addressed import forget_addresses
from lms.people.former import addresses_ever
from lms.people.models import User
from lms.people.records import Leaver, end_what_stands, erase_records
from lms.people.signals import signed_out
from lms.refusals import Refused

CLOSED = gettext_noop("account closed")
OPENED = gettext_noop("account opened again")
ERASED = gettext_noop("account erased")
ERASING = "erased"  # why a mandate of theirs ended


@transaction.atomic
def close(person: User, *, by: User | None, reason: str, at: datetime) -> None:
    """Let nobody sign in any more; what is recorded stays. A second call does nothing.

    `by=None` is the clock.
    """
    won = User.objects.filter(pk=person.pk, closed_at=None).update(
        is_active=False, closed_at=at, warned_at=None
    )
    if not won:
        return
    end_what_stands(person, by=by, reason=reason, at=at)
    end_sessions(person)
    _note(CLOSED, person, by=by, at=at)
    _tell(person, "account_closed", at=at)
    person.refresh_from_db()


@transaction.atomic
def reopen(person: User, *, by: User, at: datetime) -> None:
    """Let the person sign in again; mandates that ended do not come back.

    Raises `Refused` for an account that was erased or became part of another.
    """
    person.refresh_from_db()
    if reasons := rules.reopening_refusals(
        erased=person.erased_at is not None, merged=person.merged_into_id is not None
    ):
        raise Refused(*reasons)
    won = User.objects.filter(pk=person.pk, closed_at__isnull=False).update(
        is_active=True, closed_at=None
    )
    if won:
        _note(OPENED, person, by=by, at=at)
    person.refresh_from_db()


@transaction.atomic
def erase(person: User, *, by: User | None, at: datetime) -> None:
    """Empty the person's row and whatever else says who they are.

    The accounts that became part of theirs go with it. A second call does nothing.
    """
    for part in User.objects.filter(merged_into=person.pk, erased_at=None):
        erase(part, by=by, at=at)
    person_now = User.objects.get(pk=person.pk)
    leaver = Leaver(person_now, addresses_ever(person_now), at)
    if not _empty(leaver):
        return
    was_open = leaver.person.is_active
    end_what_stands(leaver.person, by=by, reason=ERASING, at=at)
    erase_records(leaver)
    forget_addresses(leaver.addresses, at=at)
    _note(ERASED, leaver.person, by=by, at=at)
    if was_open:
        _tell(leaver.person, "account_erased", at=at)
    person.refresh_from_db()


def _empty(leaver: Leaver) -> bool:
    """Empty the row; of two who race, one wins.

    Who was shielded stays so: else figures that never counted them would grow by one on
    the day on which they leave.
    """
    person = leaver.person
    rows = User.objects.filter(pk=person.pk, erased_at=None)
    return bool(
        rows.update(
            email=rules.address_of_nobody("erased", person.uuid),
            legal_name="",
            sort_name="",
            folded_name="",
            country="",
            track="",
            password=make_password(None),
            last_login=None,
            is_active=False,
            is_staff=False,
            is_superuser=False,
            holds_mandate=False,
            warned_at=None,
            closed_at=person.closed_at or leaver.at,
            erased_at=leaver.at,
        )
    )


def end_sessions(person: User, *, addresses: frozenset[str] = frozenset()) -> None:
    """Sign the person out everywhere; a sign-in half done names only an address.

    Tells others by `signed_out`: what opens reports without a browser ends, too.
    """
    UserSession.objects.filter(user=person.pk).delete()
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if _is_of(session.get_decoded(), person, addresses)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    signed_out.send(sender=User, person=person)


def _is_of(held: dict, person: User, addresses: frozenset[str]) -> bool:
    if held.get(SESSION_KEY) == str(person.pk):
        return True
    return rules.names_one_of(held, frozenset(map(str.casefold, addresses)))


def _note(purpose: str, person: User, *, by: User | None, at: datetime) -> None:
    record_event(Event.Kind.CHANGE, actor=by, purpose=purpose, subjects=[person], at=at)


def _tell(person: User, template: str, *, at: datetime) -> None:
    """Post the last letter, to the address that `person` still has as it was read.

    It stands in no column, so that an erasure takes along neither letter nor address
    before it is sent: they go with its secrets once it is, or when it is given up.
    """
    letter = letter_to_address(
        rules.address_of_nobody("letter", person.uuid),
        language=person.language,
        event=f"{template}:{person.uuid}:{at.timestamp()}",
        template=template,
        secrets={"to": person.email},
        at=at,
    )
    post([letter])


def last_letter(_letter: Letter) -> Facts:
    """Return whom somebody writes to who wants the account back."""
    return {"support": settings.SUPPORT_EMAIL}
