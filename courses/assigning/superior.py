"""Does somebody wait for a superior's word, and how far is the question to them?"""

from datetime import date, datetime

from courses.assigning import rules
from courses.assigning.facts import Facts
from courses.models import Assignment, SuperiorRequest
from lms.people.models import CohortMember
from lms.people.zones import day_of


def is_spared(member: CohortMember, facts: Facts, *, on: date) -> bool:
    """Whether a shield spares the person what was assigned to them on that day."""
    own = facts.own_shields.get(member.person_id)
    return rules.is_spared(
        shielded=member.person.shielded,
        by_oneself_on=day_of(own, zone=member.cohort.zone) if own else None,
        assigned_on=on,
    )


def asked_of_superior(
    one: Assignment, member: CohortMember, facts: Facts
) -> SuperiorRequest | None:
    """Return what was asked; nobody waits for one who is the superior no more."""
    asked = facts.requests.get((one.pk, member.person_id))
    if asked and asked.approved is None:
        return asked if asked.superior_address == member.superior_address else None
    return asked


def how_far(
    member: CohortMember, asked: SuperiorRequest | None, *, at: datetime
) -> rules.Superior:
    """Return who must act for the superior's word, where one is needed."""
    return rules.superior_of(
        shielded=member.person.shielded,
        named=bool(member.superior_address),
        confirmed=not member.superior_unconfirmed,
        refused=bool(asked and asked.approved is False),
        asked=asked is not None,
        in_time=bool(asked and asked.lapsed_at is None and asked.until_at > at),
    )
