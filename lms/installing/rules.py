"""Who may become one of the first administrators?"""

from collections.abc import Sequence

MOST = 2


def refusals(
    *, wanted: Sequence[str], others: Sequence[str], new: bool, taken: bool
) -> list[str]:
    """Return why these are not made administrators: stable words, none when they are.

    `wanted` are the mailboxes that are named now, `others` those of further
    administrators. `new`: somebody named is none yet. `taken`: one of the addresses is
    of an account that is no administrator's.
    """
    mailboxes = [*wanted, *others]
    return [
        reason
        for reason, holds in [
            ("one-mailbox", len(set(mailboxes)) < len(mailboxes)),
            ("more-than-two", new and len(mailboxes) > MOST),
            ("taken", taken),
        ]
        if holds
    ]
