"""What does a reason do to a certificate, and may it be done to this one?"""

from enum import StrEnum


class Act(StrEnum):
    """What is done to a certificate. Only a suspension is ever undone."""

    REVOKE = "revoke"
    SUSPEND = "suspend"
    LIFT = "lift"


ACTS = {"inquiry": Act.SUSPEND, "cleared": Act.LIFT}


def act_of(why: str) -> Act:
    """Return what is done for a reason (`StandingChange.Why`); most of them revoke."""
    return ACTS.get(why, Act.REVOKE)


def refusals(why: str, *, revoked: bool, suspended: bool) -> list[str]:
    """Return why a certificate in that state is not changed so; empty if it may be."""
    act = act_of(why)
    return [
        reason
        for reason, holds in [
            ("already-revoked", revoked),
            ("already-suspended", act is Act.SUSPEND and suspended),
            ("not-suspended", act is Act.LIFT and not suspended),
        ]
        if holds
    ]
