"""What becomes of people's accounts and traces when their time is over?

`lms.people.kept_for` says so on the privacy page; `retain` does it, once a night.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import get_default_timezone
from django.utils.translation import override

from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.mail.outbox import letter_to, post
from lms.mail.rules import KEPT_GIVEN_UP, KEPT_SENT, not_before
from lms.people import rules
from lms.people.actions import erase
from lms.people.models import (
    Consent,
    Invitation,
    Mandate,
    NameRequest,
    RoomWindow,
    RosterCheck,
    SupportRequest,
    SupportVisit,
    User,
)
from lms.people.models.invitations import OPEN
from lms.people.records import NAMELESS
from lms.people.without_account import forget_offered, forget_superiors
from lms.people.zones import day_of, zone_of
from lms.tokens.models import Token
from lms.tokens.rules import KEPT as TOKENS_KEPT


def retain(*, at: datetime) -> None:
    """Do what the table says, as of that moment. May run twice.

    Erasures that fail are raised once all the rest is done: the task is tried again.
    """
    delete_sign_ups(at=at)
    keep_who_came_back(at=at)
    warn_unused(at=at)
    forget_passing(at=at)
    forget_invited(at=at)
    forget_offered(at=at)
    forget_superiors(at=at)
    erase_unused(at=at)


def delete_sign_ups(*, at: datetime) -> int:
    """Delete the accounts that nobody ever entered; return how many.

    Whoever is already part of something, a cohort for example, is left alone.
    """
    rows = User.objects.filter(
        _has_no_confirmed_address(),
        joined_at__lte=at - rules.SIGN_UP_KEPT,
        last_login=None,
        closed_at=None,
        is_superuser=False,
        is_staff=False,
    )
    return sum(_delete(person) for person in rows.iterator())


def _has_no_confirmed_address() -> Q:
    theirs = EmailAddress.objects.filter(user=OuterRef("pk"))
    return Q(Exists(theirs)) & ~Q(Exists(theirs.filter(verified=True)))


def _delete(person: User) -> bool:
    try:
        with transaction.atomic():
            Consent.objects.filter(person=person).delete()
            person.delete()
    except ProtectedError:
        return False
    return True


def keep_who_came_back(*, at: datetime) -> int:
    """Forget the notice to whoever signed in since it was posted; return how many."""
    rows = User.objects.exclude(warned_at=None)
    return rows.filter(last_login__gt=at - rules.UNUSED_AFTER).update(warned_at=None)


def warn_unused(*, at: datetime) -> int:
    """Write to whoever has not signed in for so long; return to how many."""
    rows = unused(at=at).filter(warned_at=None)
    return sum(_warn(pk, at=at) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _warn(pk: int, *, at: datetime) -> bool:
    """Post the notice, and count the days until the erasure from when it goes out.

    It goes out in office hours, as what the clock writes does, and to an address from
    which mail came back too: it is the last thing that is said.
    """
    person = User.objects.get(pk=pk)
    zone = zone_of(person.country) if person.country else get_default_timezone()
    leaves = not_before(at, zone=zone)
    won = User.objects.filter(pk=pk, warned_at=None).update(warned_at=leaves)
    if won:
        event = f"unused:{person.uuid}:{day_of(leaves, zone=zone)}"
        post([letter_to(person, event=event, template="account_unused", at=leaves)])
    return bool(won)


def account_unused(letter: Letter) -> dict[str, object] | None:
    """Return where one signs in; None for whoever came back meanwhile."""
    if not unused(at=letter.asked_at).filter(pk=letter.person_id).exists():
        return None
    with override(letter.person.language):
        return {"url": from_here(reverse("account_login"))}


def erase_unused(*, at: datetime) -> int:
    """Erase whoever did not come back after the notice; return how many.

    One that fails keeps nobody else's from being done: it is told after the last.
    """
    rows = unused(at=at).filter(warned_at__lte=at - rules.ERASED_AFTER)
    people, failures = list(rows), []
    for person in people:
        try:
            erase(person, by=None, at=at)
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise ExceptionGroup("Some erasures failed.", failures)
    return len(people)


def unused(*, at: datetime) -> QuerySet[User]:
    """Return the open accounts nobody enters; never who answers for others.

    Without a sign-in, the time runs from the day the account was opened.
    """
    since = at - rules.UNUSED_AFTER
    held = Mandate.objects.filter(holder=OuterRef("pk")).not_over(
        timezone.localdate(at)
    )
    return User.objects.filter(
        Q(last_login__lte=since) | Q(last_login=None, joined_at__lte=since),
        ~Q(Exists(held)),
        is_active=True,
        is_superuser=False,
        is_staff=False,
    )


def forget_rosters(*, at: datetime) -> None:
    """Delete the lists of people whose day is over."""
    RosterCheck.objects.filter(until_at__lte=at).delete()


def forget_passing(*, at: datetime) -> None:
    """Delete what was needed for a while only."""
    forget_rosters(at=at)
    RoomWindow.objects.filter(until_at__lte=at - rules.ROOMS_KEPT).delete()
    Letter.objects.filter(sent_at__lte=at - KEPT_SENT).delete()
    Letter.objects.filter(given_up_at__lte=at - KEPT_GIVEN_UP).delete()
    Token.objects.over_since(at - TOKENS_KEPT).delete()
    SupportVisit.objects.filter(until_at__lte=at - rules.VISITS_KEPT).delete()
    # The row stays for the approval that is about it, and says nothing any more.
    SupportRequest.objects.filter(asked_at__lte=at - rules.VISITS_KEPT).update(
        facts={}, reason=NAMELESS
    )
    NameRequest.objects.filter(asked_at__lte=at - rules.UNDECIDED_KEPT).delete()
    # By name: approvals stand above people.
    apps.get_model("lms", "Approval").objects.filter(
        decided_at=None, until_at__lte=at - rules.UNDECIDED_KEPT
    ).delete()


@transaction.atomic
def forget_invited(*, at: datetime) -> int:
    """Empty invitations over for so long, and their letters; return how many.

    A rule asks nobody twice: whom it asked, and who did not come, it knows until the
    cohort is over.
    """
    end = at - rules.INVITATIONS_KEPT
    asked_by_a_rule = Q(
        rule__isnull=False,
        redeemed_at=None,
        cohort__archived_at=None,
        cohort__until_on__gte=timezone.localdate(at),
    )
    # An accepted one that is listed as if it waited goes when it would go then.
    listed = Invitation.objects.unaccepted().filter(until_at__gt=end)
    over = Invitation.objects.exclude(Q(address="") | asked_by_a_rule).filter(
        Q(redeemed_at__lte=end) & ~Q(pk__in=listed.values("pk"))
        | Q(declined_at__lte=end)
        | Q(withdrawn_at__lte=end)
        | Q(until_at__lte=end)
    )
    uuids = list(over.values_list("uuid", flat=True))
    letters = [f"invitation:{uuid}" for uuid in uuids]
    Letter.objects.filter(event__in=letters).delete()
    # Nobody is invited by an address twice at a time, not by an empty one either.
    rows = Invitation.objects.filter(uuid__in=uuids)
    rows.filter(OPEN).update(withdrawn_at=at)
    return rows.update(address="", facts={})
