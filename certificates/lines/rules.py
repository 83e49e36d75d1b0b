"""What does a line say: which post, how the course stands, what the paper is worth?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from certificates.rules import Standing, standing


class State(StrEnum):
    """How a person stands with a course at a moment."""

    NOT_BEGUN = "not-begun"
    IN_PROGRESS = "in-progress"
    LATE = "late"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


def state_of(
    *,
    enrolled_at: datetime | None,
    completed_at: datetime | None,
    withdrawn_at: datetime | None,
    due_at: datetime | None,
    at: datetime,
) -> State:
    """Return the state at that moment; late is what is due and not completed."""
    if completed_at is not None:
        return State.COMPLETED
    if withdrawn_at is not None:
        return State.WITHDRAWN
    if due_at is not None and due_at <= at:
        return State.LATE
    return State.IN_PROGRESS if enrolled_at is not None else State.NOT_BEGUN


def standing_on(
    *,
    issued_on: date | None,
    valid_until: date | None,
    revoked_on: date | None,
    suspended_on: date | None,
    lifted_on: date | None,
    superseded_on: date | None,
    on: date,
) -> Standing | None:
    """Return what a certificate was worth on a day; None: there was none yet.

    What happened to it later does not count: reports of a past day stay as they were.
    """
    if issued_on is None or issued_on > on:
        return None
    return standing(
        valid_until=valid_until,
        revoked=_by(revoked_on, on),
        suspended=_by(suspended_on, on) and not _by(lifted_on, on),
        superseded=_by(superseded_on, on),
        on=on,
    )


def _by(moment: date | None, on: date) -> bool:
    return moment is not None and moment <= on


@dataclass(frozen=True, slots=True)
class Post:
    """Where a person worked, from when until when, and whether it was confirmed."""

    institution: int | None
    country: str
    from_on: date
    until_on: date | None
    confirmed: bool


def post_on(posts: Sequence[Post], day: date) -> Post | None:
    """Return the post of a day: a confirmed one first, else the one begun last.

    On the day on which somebody changes, the new institution counts: of two begun that
    day the later one. `posts` come in the order in which they were begun.
    """
    held = [
        post
        for post in posts
        if post.from_on <= day and (post.until_on is None or day <= post.until_on)
    ]
    held.reverse()  # of equals, max takes the first
    return max(held, key=lambda post: (post.confirmed, post.from_on), default=None)
