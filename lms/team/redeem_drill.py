"""Does one invitation let one person in once, however many accept it at once?"""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.utils import timezone

from lms.drills import Finding
from lms.people.choices import Country, Track
from lms.people.models import Cohort, CohortMember, Invitation, User
from lms.scratch import CrewedSite
from lms.team.actions import Asked, invite, redeem


def drill(site: CrewedSite, rounds: int) -> list[Finding]:
    """Accept one invitation `rounds` times at once, as the person it is for."""
    invitation = site.once(invited)
    racers = [[invitation]] * rounds
    outcomes = site.at_once(accept, racers)
    answers = Counter(outcome.answer for outcome in outcomes if not outcome.ended)
    return [
        Finding("processes that failed", sum(bool(o.ended) for o in outcomes), 0),
        Finding("refused", sum(bool(o.refused) for o in outcomes), 0),
        Finding("accepted", answers[True], 1),
        Finding("told that it was accepted before", answers[False], rounds - 1),
        Finding("memberships", memberships(invitation), 1),
    ]


def invited() -> str:
    """Return the invitation of a newcomer to a cohort, both made for it."""
    trainer, person = newcomer(), newcomer()
    at = timezone.now()
    cohort = Cohort.objects.create(
        name="Drill",
        country=Country.GUATEMALA,
        from_on=timezone.localdate(at),
        until_on=timezone.localdate(at) + timedelta(days=30),
    )
    invite(cohort, by=trainer, asked=[Asked(person.email)], at=at)
    return str(Invitation.objects.get(cohort=cohort).uuid)


def newcomer() -> User:
    person = User.objects.create_user(
        f"{uuid4().hex}@drill.example",
        None,
        legal_name="Ana Lucía Ruiz Morales",
        country=Country.GUATEMALA,
        track=Track.JUDGE,
    )
    EmailAddress.objects.create(
        user=person, email=person.email, verified=True, primary=True
    )
    return person


def accept(invitation: str) -> bool:
    """Accept it; return whether it was this time that counted."""
    found = Invitation.objects.select_related("cohort").get(uuid=invitation)
    person = User.objects.get(email=found.address)
    return redeem(found, by=person, at=timezone.now())


def memberships(invitation: str) -> int:
    person = Invitation.objects.get(uuid=invitation).redeemed_by
    return CohortMember.objects.filter(person=person).count()
