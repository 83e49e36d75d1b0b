"""Which mandates are offered to somebody, do they hold, and did they hold?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lms.mandates.granting import verified_addresses
from lms.mandates.rules import State
from lms.mandates.words import TASKS, above, state_in_words, state_of, why_ended
from lms.people.choices import Role
from lms.people.duties import BY_ROLE
from lms.people.models import Mandate, User
from lms.people.scope import one_person


@dataclass(frozen=True, slots=True)
class Row:
    """One mandate as its holder, or whoever is to become that, reads it."""

    mandate: Mandate
    task: Any
    above: Any
    state: Any
    ended: str
    screen: str  # the name of the address that it opens, if it does
    takes_tokens: bool  # whether programs may read by it


@dataclass(frozen=True, slots=True)
class Own:
    """A person's offers, mandates and past mandates."""

    offers: list[Row]
    held: list[Row]
    past: list[Row]


def offers_to(person: User, *, on: date) -> QuerySet[Mandate]:
    """Return what is offered to the person's own addresses by somebody else."""
    return (
        Mandate.objects.if_signed_in(person)
        .offered_to(verified_addresses(person))
        .not_over(on)
        .exclude(one_person(person, path="granted_by"))
    )


def answerable_by(person: User, *, on: date) -> QuerySet[Mandate]:
    """Return what the person may answer, and what they have accepted already."""
    return offers_to(person, on=on) | Mandate.objects.own(person)


def mandates_of(person: User, *, on: date) -> Own:
    """Return the person's mandates, in two queries."""
    offers = offers_to(person, on=on).with_place().order_by("granted_at", "pk")
    accepted = Mandate.objects.own(person).with_place().order_by("-from_on", "-pk")
    rows = [row_of(mandate, on=on) for mandate in accepted]
    now = {State.STANDING, State.FUTURE}
    return Own(
        offers=[row_of(mandate, on=on) for mandate in offers],
        held=[row for row in rows if state_of(row.mandate, on=on) in now],
        past=[row for row in rows if state_of(row.mandate, on=on) not in now],
    )


def row_of(mandate: Mandate, *, on: date) -> Row:
    duty = BY_ROLE.get(mandate.role)
    stands = state_of(mandate, on=on) is State.STANDING
    return Row(
        mandate=mandate,
        task=TASKS[mandate.role],
        above=above(mandate),
        state=state_in_words(mandate, on=on),
        ended=why_ended(mandate),
        screen=duty.url_name if duty and stands else "",
        takes_tokens=stands and mandate.role == Role.MINISTRY,
    )
