"""Asking people by their address to join a cohort."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from lms.mail.outbox import letter_to_address, post
from lms.mail.rules import not_before
from lms.people.choices import Language
from lms.people.models import Cohort, Invitation, MembershipRule, User
from lms.people.zones import to_the_end_of
from lms.refusals import Refused
from lms.team import rules
from lms.team.actions.holding import hold
from lms.team.joining import is_over


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a trainer asks: an address in lower case, and what their list says.

    `facts` may hold name, country, institution (a code), track, position, language.
    """

    address: str
    facts: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def invite(
    cohort: Cohort,
    *,
    by: User,
    asked: Iterable[Asked],
    role: str = Invitation.Role.MEMBER,
    rule: MembershipRule | None = None,
    at: datetime,
) -> int:
    """Invite each address once; return how many invitations are new.

    An address with one that waits, as far as trainers may know, keeps it. Whether an
    address has an account is neither asked nor told: each gets the same letter. `rule`
    found them, if one did; whom somebody asks by hand is asked so, whatever a rule did
    out of their sight. A trainer waits for an answer; for that to a rule nobody does,
    and its letters keep to office hours.
    Refused: `cohort-archived`, `cohort-over`.
    """
    hold(cohort)
    if is_over(cohort, at=at):
        raise Refused("cohort-over")
    asked = list(asked)
    if rule is None:
        _forget_rules(cohort, asked, at=at)
    ran_out = Invitation.objects.filter(cohort=cohort, role=role, until_at__lte=at)
    ran_out.to_addresses([one.address for one in asked]).filter(
        redeemed_at=None, declined_at=None, withdrawn_at=None
    ).update(withdrawn_at=at)
    waiting = Invitation.objects.filter(cohort=cohort, role=role).waiting(at)
    have = set(waiting.values_list("address", flat=True))
    new = {one.address: one for one in asked if one.address not in have}
    invitations = [_invitation(cohort, by, role, one, rule, at) for one in new.values()]
    Invitation.objects.bulk_create(invitations, ignore_conflicts=True, batch_size=500)
    uuids = [one.uuid for one in invitations]
    made = Invitation.objects.filter(uuid__in=uuids).order_by("pk")
    post(
        letter_to_address(
            one.address,
            language=_language(one, by),
            event=f"invitation:{one.uuid}",
            template="invitation",
            facts={"invitation": str(one.uuid)},
            at=at,
            urgent=rule is None,
            zone=cohort.zone,
        )
        for one in made
    )
    return len(made)


def _language(invitation: Invitation, by: User) -> str:
    """Return the language a list says, if it is one of ours; else who invites reads."""
    said = invitation.facts.get("language")
    return said if said in Language.values else by.language


def _forget_rules(cohort: Cohort, asked: Iterable[Asked], *, at: datetime) -> None:
    """Take back what rules sent to these addresses: it would tell who has an account.

    Trainers do not see those invitations; an answer that counts them is a hint.
    """
    by_rule = Invitation.objects.filter(cohort=cohort, role=Invitation.Role.MEMBER)
    by_rule.open(at).to_addresses([one.address for one in asked]).exclude(
        rule=None
    ).update(withdrawn_at=at)


@transaction.atomic
def ask_again(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Invite the same address anew: another link, for as long as the first one.

    The link of the old letter works no more. Refused when it was accepted or taken
    back meanwhile.
    """
    take_back(invitation, at=at)
    one = Asked(invitation.address, invitation.facts)
    invite(invitation.cohort, by=by, asked=[one], role=invitation.role, at=at)


def take_back(invitation: Invitation, *, at: datetime) -> None:
    """End an invitation that nobody accepted; refused when it is over already.

    One that a shielded person accepted answers as if it waited: it leaves the list, and
    to the person nothing is done.
    """
    listed = Invitation.objects.unaccepted()
    if not listed.filter(pk=invitation.pk).update(withdrawn_at=at):
        raise Refused("invitation-over")


def _invitation(
    cohort: Cohort,
    by: User,
    role: str,
    one: Asked,
    rule: MembershipRule | None,
    at: datetime,
) -> Invitation:
    uuid, zone = uuid4(), cohort.zone
    leaves = at if rule is None else not_before(at, zone=zone)
    token = rules.invitation_token(uuid, key=settings.SECRET_KEY)
    return Invitation(
        uuid=uuid,
        cohort=cohort,
        role=role,
        address=one.address,
        token_hash=rules.token_hash(token),
        facts=dict(one.facts),
        rule=rule,
        invited_by=by,
        invited_at=at,
        until_at=to_the_end_of(leaves + rules.INVITATIONS_LAST, zone=zone),
    )
