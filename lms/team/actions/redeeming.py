"""Coming into a cohort: by an invitation, by a code on a wall, or not at all."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import (
    Cohort,
    CohortMember,
    CohortTrainer,
    Invitation,
    JoinCode,
    User,
)
from lms.refusals import Refused
from lms.team import rules
from lms.team.actions.holding import hold
from lms.team.joining import (
    answerable_by,
    closed_refusals,
    has_place_of,
    is_over,
    learns_in,
    trains_in,
)

JOINED = gettext_noop("joined a cohort")
TRAINS = gettext_noop("began to train a cohort")
DECLINED = gettext_noop("invitation to a cohort declined")
FIELDS = [gettext_noop("cohort")]


@transaction.atomic
def redeem(invitation: Invitation, *, by: User, at: datetime) -> bool:
    """Accept an invitation to a verified address of one's own, once.

    Return whether this call did it: to whoever accepted it, again is no error. Joining
    a cohort is also to agree that its trainers see the person, as the page before it
    says. Refused when it is not open, or not to the person (`not-invited`), and as
    `rules.redeeming_refusals` says. Of many at once, the one UPDATE that finds it open
    decides.
    """
    if not answerable_by(by).open(at).filter(pk=invitation.pk).exists():
        return _again(invitation, by)
    cohort = invitation.cohort
    to_train = invitation.is_to_train
    _refuse_if(
        rules.redeeming_refusals(
            archived=cohort.archived_at is not None,
            over=is_over(cohort, at=at),
            to_train=to_train,
            trains_there=to_train and trains_in(by, cohort.country, at=at),
        )
    )
    hold(cohort)
    open_one = Invitation.objects.open(at).filter(pk=invitation.pk)
    if not open_one.update(redeemed_by=by, redeemed_at=at):
        return _again(invitation, by)
    if to_train:
        _let_train(cohort, by, at=at)
    else:
        _let_learn(cohort, by, invitation=invitation, at=at)
    return True


def _again(invitation: Invitation, by: User) -> bool:
    """Return False to whoever accepted it before; refuse everybody else."""
    if not Invitation.objects.filter(pk=invitation.pk, redeemed_by=by).exists():
        raise Refused("not-invited")
    return False


def _let_learn(
    cohort: Cohort,
    person: User,
    *,
    invitation: Invitation | None = None,
    at: datetime,
) -> bool:
    """Make the person a member from that day on; return whether they were not yet.

    Whoever comes by a rule leaves by it too, once they no longer fit. Who their
    superior is, the list by which they were invited may say.
    """
    today = timezone.localdate(at)
    row = CohortMember(cohort=cohort, person=person, from_on=today, joined_at=at)
    if invitation:
        row.rule = invitation.rule
        row.superior_name = invitation.facts.get("superior_name", "")
        row.superior_address = invitation.facts.get("superior_address", "")
    if learns_in(person, cohort, at=at) or not _is_first(row):
        return False
    _write_down(JOINED, person, at=at)
    return True


def _let_train(cohort: Cohort, person: User, *, at: datetime) -> None:
    row = CohortTrainer(cohort=cohort, trainer=person, from_on=timezone.localdate(at))
    if _is_first(row):
        _write_down(TRAINS, person, at=at)


def _is_first(row: CohortMember | CohortTrainer) -> bool:
    """Store the row unless the same person is there already: the constraint decides."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def decline(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Say no to an invitation to a verified address of one's own; again is no error."""
    theirs = answerable_by(by).filter(pk=invitation.pk)
    if theirs.filter(declined_at__isnull=False).exists():
        return
    if not theirs.exists():
        raise Refused("not-invited")
    open_one = Invitation.objects.open(at).filter(pk=invitation.pk)
    if not open_one.update(declined_at=at):
        raise Refused("not-invited")
    _write_down(DECLINED, by, at=at)


@transaction.atomic
def join_by_code(code: JoinCode, *, by: User, at: datetime) -> bool:
    """Take one of the places of a code; return whether this call did it.

    Whoever is in the cohort already takes none, and whoever left it and comes back by
    the same code has theirs. A shielded person takes none either: full while the list
    is as long as before would say who that is. Refused when the cohort takes nobody any
    more, when the code is closed, and when its places are taken.
    """
    _refuse_if(closed_refusals(code.cohort, at=at))
    hold(code.cohort)
    more = 0 if by.shielded or has_place_of(code, by) else 1
    if not _let_learn(code.cohort, by, at=at):
        return False
    open_one = JoinCode.objects.open(at).filter(pk=code.pk)
    # After the membership, which a refusal takes back with it.
    room = open_one.filter(taken__lte=F("places") - more)
    if not room.update(taken=F("taken") + more):
        raise Refused("code-full" if open_one.exists() else "code-closed")
    return True


def _refuse_if(reasons: list[str]) -> None:
    if reasons:
        raise Refused(*reasons)


def _write_down(purpose: str, person: User, *, at: datetime) -> None:
    record_event(
        Event.Kind.CHANGE,
        actor=person,
        purpose=purpose,
        subjects=[person],
        fields=FIELDS,
        at=at,
    )
