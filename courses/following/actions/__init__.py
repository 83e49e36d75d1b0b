"""Writing to people about what they have to finish: asked for, or by the clock."""

from courses.following.actions.by_the_clock import (
    cohorts_at_work,
    escalate,
    post_digests,
    remind_by_the_clock,
)
from courses.following.actions.reminding import remind

__all__ = [
    "cohorts_at_work",
    "escalate",
    "post_digests",
    "remind",
    "remind_by_the_clock",
]
