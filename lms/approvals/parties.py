"""Who are the two people of an approval, as far as one human may be behind both?

What the platform knows of an account: its name, its mailboxes, and who granted by which
it decides. It keeps neither telephones nor marks of devices to compare.
"""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils import timezone

from lms.approvals import rules
from lms.approvals.models import Approval
from lms.approvals.rules import Grant, Party
from lms.people.addresses import mailbox_of
from lms.people.choices import Role
from lms.people.models import Mandate, User
from lms.people.rules import folded_name

DECIDING = (Role.SECRETARIAT, Role.MINISTRY, Role.PROTECTION)


def why_not_another(approval: Approval, person: User) -> list[str]:
    """Return why this person is not another one than whoever asked: stable words."""
    on = timezone.localdate(approval.asked_at)
    asker = approval.asked_by
    return rules.not_another(
        party_of(asker.merged_into or asker, on=on),
        party_of(person, on=timezone.localdate()),
        asked_at=approval.asked_at,
    )


def are_one(first: User, second: User, *, at: datetime) -> bool:
    """Whether the two accounts look like one human's."""
    on = timezone.localdate(at)
    return rules.are_one(party_of(first, on=on), party_of(second, on=on))


def party_of(person: User, *, on: date) -> Party:
    """Return what is compared of an account, in two queries."""
    rows = EmailAddress.objects.filter(user=person).values_list("email", "verified")
    addresses = list(rows)
    proven = [address for address, verified in addresses if verified]
    return Party(
        account=person.pk,
        name=folded_name(person.legal_name),
        mailboxes=frozenset(
            map(mailbox_of, [person.email, *(address for address, _v in addresses)])
        ),
        domains=frozenset(mailbox_of(one).rpartition("@")[2] for one in proven),
        grants=_grants_of(person, on=on),
    )


def _grants_of(person: User, *, on: date) -> tuple[Grant, ...]:
    """Return by whom, and when, the person was let decide that day.

    An account that became part of another one granted as that one.
    """
    vouched = Approval.objects.filter(subject=OuterRef("uuid"), approved=True)
    rows = (
        Mandate.objects.filter(holder=person, role__in=DECIDING)
        .standing(on)
        .annotate(
            granter=Coalesce("granted_by__merged_into", "granted_by"),
            vouched=Exists(vouched),
        )
        .values_list("granter", "granted_at", "vouched")
    )
    return tuple(Grant(*row) for row in rows)
