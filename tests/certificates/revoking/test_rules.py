"""What a reason does, and when it may be given."""

import pytest

from certificates.models import Why
from certificates.revoking import rules
from certificates.revoking.rules import Act


def test_every_reason_does_one_thing():
    assert {why.value: rules.act_of(why) for why in Why.to_choose()} == {
        "error": Act.REVOKE,
        "deception": Act.REVOKE,
        "identity": Act.REVOKE,
        "request": Act.REVOKE,
        "inquiry": Act.SUSPEND,
        "cleared": Act.LIFT,
    }


@pytest.mark.parametrize(
    ("why", "revoked", "suspended", "reasons"),
    [
        ("error", False, False, []),
        ("error", False, True, []),
        ("error", True, False, ["already-revoked"]),
        ("inquiry", False, False, []),
        ("inquiry", False, True, ["already-suspended"]),
        ("inquiry", True, False, ["already-revoked"]),
        ("cleared", False, True, []),
        ("cleared", False, False, ["not-suspended"]),
        ("cleared", True, True, ["already-revoked"]),
    ],
)
def test_what_was_revoked_stays_so_and_only_a_suspension_is_lifted(
    why, revoked, suspended, reasons
):
    assert rules.refusals(why, revoked=revoked, suspended=suspended) == reasons
