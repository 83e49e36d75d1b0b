"""How long an account stays open to whoever helps, and when help is refused."""

from datetime import datetime, timedelta

VISIT_LASTS = timedelta(minutes=30)


def visit_ends(opened_at: datetime) -> datetime:
    """Return the moment from which the visit leads nowhere any more."""
    return opened_at + VISIT_LASTS


def opening_refusals(*, by: int, person: int) -> list[str]:
    """Return why this administrator may not open that account."""
    return ["own-account"] if by == person else []


def merger_refusals(*, by: int, visited: int, other: int) -> list[str]:
    """Return why nobody may be asked about making one of those two accounts."""
    return [
        word
        for word, holds in [
            ("same-account", visited == other),
            ("own-account", by == other),
        ]
        if holds
    ]


def with_reason(kept: str, reason: str) -> str:
    """Return the reasons of a visit with one more, if it is another one."""
    if reason in kept.split("\n"):
        return kept
    return f"{kept}\n{reason}"
