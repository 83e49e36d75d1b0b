"""How long is what kept, and what becomes of it then? The table, and the work it names.

The privacy page shows the table; `retain` does what it says of people, once a night.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

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
from lms.people.zones import zone_of
from lms.queue.rules import KEEP_DEAD, KEEP_DONE
from lms.tokens.models import Token
from lms.tokens.rules import KEPT as TOKENS_KEPT

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table, in words."""

    what: str
    kept_for: str
    then: str


def in_days(limit: timedelta) -> str:
    return ngettext("%(days)d day", "%(days)d days", limit.days) % {"days": limit.days}


def hours_of(*, staff: bool) -> dict[str, int]:
    """Return the two limits of a session, the first one in minutes as well."""
    idle, most = rules.idle_limit(staff=staff), rules.most_limit(staff=staff)
    return {
        "idle": idle // HOUR,
        "idle_minutes": idle // MINUTE,
        "most": most // HOUR,
    }


def end_of_session(*, staff: bool) -> str:
    """Say when a session of such a person ends by itself."""
    if staff:
        sentence = _(
            "A session ends by itself after %(idle_minutes)d minutes without use, and "
            "%(most)d hours after the sign-in at the latest."
        )
    else:
        sentence = _(
            "A session ends by itself after %(idle)d hours without use, and %(most)d "
            "hours after the sign-in at the latest."
        )
    return sentence % hours_of(staff=staff)


def table() -> list[Rule]:
    """Return what is kept how long, in the active language."""
    return [
        Rule(
            _("An account whose address nobody confirmed"),
            in_days(rules.SIGN_UP_KEPT),
            _("It is deleted."),
        ),
        Rule(
            _("A sign-up that waits for its code"),
            _("An hour"),
            _("Then it opens nothing; within two days its trace is deleted."),
        ),
        Rule(
            _("An account that nobody signs in to"),
            _("%(years)d years, and %(days)d days more after a notice by e-mail")
            % {
                "years": rules.UNUSED_AFTER.days // 365,
                "days": rules.ERASED_AFTER.days,
            },
            _("It is erased. One sign-in keeps it; holders of a mandate keep theirs."),
        ),
        Rule(
            _("A closed account"),
            _("Until you ask for it to be erased"),
            _("Name, addresses and answers go; what others rely on names you no more."),
        ),
        Rule(
            _("Certificates and the log of looks"),
            _("For good"),
            _("After an erasure they no longer name you."),
        ),
        Rule(
            _("A session"),
            _("%(idle)d hours without use, %(most)d hours at the latest")
            % hours_of(staff=False),
            _("It ends; its trace is deleted within a day."),
        ),
        Rule(
            _("A session of somebody whose work shows them other people"),
            _("%(idle_minutes)d minutes without use, %(most)d hours at the latest")
            % hours_of(staff=True),
            _("It ends; its trace is deleted within a day."),
        ),
        Rule(
            _("Counts of sign-in tries, and rooms opened for signing in"),
            in_days(rules.ROOMS_KEPT),
            _("They are deleted. Of a network address they hold only a mark."),
        ),
        Rule(
            _("A list of people for a cohort that was read and not accepted"),
            _("%(hours)d hours") % {"hours": rules.ROSTERS_KEPT // HOUR},
            _("It is deleted. Accepted, it is emptied at once."),
        ),
        Rule(
            _("A file of a report that somebody took away"),
            _("%(hours)d hours; that there was one, %(days)d days")
            % {
                "hours": rules.REPORT_FILES_KEPT // HOUR,
                "days": rules.REPORTS_TOLD_OF.days,
            },
            _("It is deleted, and at once when its owner's mandate ends."),
        ),
        Rule(
            _("A roster of duty posts that was read and not loaded"),
            _("%(hours)d hours") % {"hours": rules.ROSTERS_KEPT // HOUR},
            _("It is deleted. Loaded, it is emptied at once."),
        ),
        Rule(
            _("Which duty post you held, and when"),
            _("Until you ask for it to be erased"),
            _("It is deleted."),
        ),
        Rule(
            _("Tasks of the platform that are done"),
            _("%(done)d days; %(dead)d days if they failed")
            % {"done": KEEP_DONE.days, "dead": KEEP_DEAD.days},
            _("They are deleted."),
        ),
        Rule(
            _("Tasks that send a code or a link to a new password"),
            in_days(timedelta(days=1)),
            _("They are deleted, with the address."),
        ),
        Rule(
            _("That we wrote you a mail, and when"),
            _("%(sent)d days; %(given_up)d days if it could not be sent")
            % {"sent": KEPT_SENT.days, "given_up": KEPT_GIVEN_UP.days},
            _("It is deleted. What the mail said is not kept."),
        ),
        Rule(
            _("Requests that nobody decided"),
            _("%(days)d days after they ran out") % {"days": rules.UNDECIDED_KEPT.days},
            _("They are deleted."),
        ),
        Rule(
            _("Another name that you asked your institution for"),
            in_days(rules.UNDECIDED_KEPT),
            _("It is deleted; a name that was changed stays with your changes."),
        ),
        Rule(
            _("Invitations to a cohort"),
            _("%(days)d days after they were answered or ran out")
            % {"days": rules.INVITATIONS_KEPT.days},
            _("The address and what a list said of you go; that there was one stays."),
        ),
        Rule(
            _("That a rule of a cohort invited you, and you did not come"),
            _("Until the cohort is over"),
            _("The address goes. It is kept so that you are asked once."),
        ),
        Rule(
            _("Offers of a mandate that nobody accepted"),
            _("%(days)d days after they were declined or ended")
            % {"days": rules.OFFERS_KEPT.days},
            _("The address and the reason go; that there was one stays."),
        ),
        Rule(
            _("The name and the e-mail of a superior whom somebody named"),
            _(
                "%(days)d days after the learner’s time in the cohort is over; of a "
                "question, %(days)d days after it was answered or ran out"
            )
            % {"days": rules.SUPERIORS_KEPT.days},
            _("They go. Without an account, people support empties them earlier."),
        ),
        Rule(
            _("An address of your account that you gave up"),
            _("Until you ask for it to be erased"),
            _(
                "Only a mark of it is kept, from which nobody can read it: with it, an "
                "erasure finds what was written under it."
            ),
        ),
        Rule(
            _("A token with which a program read reports in your name"),
            _("%(days)d days after it was over") % {"days": TOKENS_KEPT.days},
            _("It is deleted; what it read stays in the log."),
        ),
        Rule(
            _("Why people support opened an account"),
            _("%(years)d years") % {"years": rules.VISITS_KEPT.days // 365},
            _("It is deleted; that they did stays in the log."),
        ),
    ]


def retain(*, at: datetime) -> None:
    """Do what the table says, as of that moment. May run twice."""
    delete_sign_ups(at=at)
    keep_who_came_back(at=at)
    warn_unused(at=at)
    erase_unused(at=at)
    forget_passing(at=at)
    forget_invited(at=at)
    forget_offered(at=at)
    forget_superiors(at=at)


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
    leaves = not_before(at, zone=zone_of(person.country or "GT"))
    won = User.objects.filter(pk=pk, warned_at=None).update(warned_at=leaves)
    if won:
        event = f"unused:{person.uuid}:{leaves.date()}"
        post([letter_to(person, event=event, template="account_unused", at=leaves)])
    return bool(won)


def account_unused(letter: Letter) -> dict[str, object] | None:
    """Return where one signs in; None for whoever came back meanwhile."""
    if not unused(at=letter.asked_at).filter(pk=letter.person_id).exists():
        return None
    with override(letter.person.language):
        return {"url": from_here(reverse("account_login"))}


def erase_unused(*, at: datetime) -> int:
    """Erase whoever did not come back after the notice; return how many."""
    rows = unused(at=at).filter(warned_at__lte=at - rules.ERASED_AFTER)
    people = list(rows)
    for person in people:
        erase(person, by=None, at=at)
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
