"""How do mandates read on screens: what they let somebody do, and how they stand?"""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.mandates import rules
from lms.mandates.rules import Level, State
from lms.people.choices import Role
from lms.people.models import Mandate

TASKS = {
    Role.SECRETARIAT: gettext_lazy(
        "You see the figures of the region and grant the mandates of each country. "
        "You see no person's records."
    ),
    Role.COUNTRY_OWNER: gettext_lazy("You answer for the content of your country."),
    Role.TRAINER: gettext_lazy(
        "You see the people of the cohorts that you train, while you train them."
    ),
    Role.MINISTRY: gettext_lazy(
        "You see the people whom your institution confirms as its own, and answer "
        "those who say that they belong to it."
    ),
    Role.PROTECTION: gettext_lazy(
        "You are one of at most two people who look after the shielded people of your "
        "country."
    ),
}
ABOVE = {
    Level.REGION: gettext_lazy("an administrator of the platform"),
    Level.COUNTRY: gettext_lazy("the regional secretariat"),
    Level.INSTITUTION: gettext_lazy("the ministry officer of the country"),
}
STATES = {
    State.WAITING: gettext_lazy("waits for a second person"),
    State.OFFERED: gettext_lazy("offered, not yet answered"),
    State.STANDING: gettext_lazy("in force"),
    State.OVER: gettext_lazy("it ran out"),
    State.DECLINED: gettext_lazy("declined"),
    State.ENDED: gettext_lazy("ended"),
}


def level_of(mandate: Mandate) -> Level:
    return rules.level_of(
        country=mandate.country, institution=mandate.institution_id is not None
    )


def above(mandate: Mandate) -> Any:
    """Return who grants mandates of this reach, as a role."""
    return ABOVE[level_of(mandate)]


def state_of(mandate: Mandate, *, on: date) -> State:
    return rules.state_of(
        approved_at=mandate.approved_at,
        accepted_at=mandate.accepted_at,
        declined_at=mandate.declined_at,
        ended_at=mandate.ended_at,
        from_on=mandate.from_on,
        until_on=mandate.until_on,
        on=on,
    )


def state_in_words(mandate: Mandate, *, on: date) -> Any:
    """Return how a mandate stands that day, in the reader's language."""
    state = state_of(mandate, on=on)
    if state is not State.FUTURE:
        return STATES[state]
    day = date_format(mandate.from_on, "DATE_FORMAT")
    return _("accepted, begins on %(day)s") % {"day": day}


def why_ended(mandate: Mandate) -> str:
    """Return why it ended: the words of whoever ended it, or ours for the rest."""
    return _(mandate.ended_reason) if mandate.ended_reason else ""
