"""Who works where, and what a rule made of it."""

from datetime import timedelta
from itertools import count

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.models import (
    Affiliation,
    CohortMember,
    Invitation,
    MembershipRule,
)
from lms.team.membership import to_invite
from tests.factories import (
    AffiliationFactory,
    PersonFactory,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


numbers = count()


def work(institution, *, track="judge", confirmed=True, **facts):
    """Return somebody who works there, as the institution says too."""
    traits = facts.pop("person", {})
    person = PersonFactory(legal_name=f"Zq Persona {next(numbers)}", **traits)
    AffiliationFactory(
        person=person,
        institution=institution,
        track=track,
        confirmed=confirmed,
        **facts,
    )
    return person


def rule(cohort, tomas, *, institution=None, track=""):
    return MembershipRule.objects.create(
        cohort=cohort,
        institution=institution,
        track=track,
        made_by=tomas,
        made_at=timezone.now(),
    )


def asked(cohort, standing):
    on = timezone.localdate()
    found = to_invite(cohort, standing, on=on, at=timezone.now())
    return {person.email for person in found}


def invited():
    return set(Invitation.objects.values_list("address", flat=True))


def by_rule(cohort, one, person):
    """Make the person a member who accepted what the rule sent."""
    invitation = Invitation.objects.filter(address=person.email).first()
    if invitation:
        invitation.redeemed_by, invitation.redeemed_at = person, timezone.now()
        invitation.save()
    return CohortMember.objects.create(
        cohort=cohort, person=person, from_on=timezone.localdate() - DAY, rule=one
    )


def move_away(person):
    yesterday = timezone.localdate() - DAY
    Affiliation.objects.filter(person=person).update(until_on=yesterday)


def queries_of(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)
