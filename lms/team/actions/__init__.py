"""What is done to cohorts: see each module for its subject."""

from lms.team.actions.codes import close_code, open_code
from lms.team.actions.inviting import Asked, ask_again, invite, take_back
from lms.team.actions.redeeming import decline, join_by_code, redeem

__all__ = [
    "Asked",
    "ask_again",
    "close_code",
    "decline",
    "invite",
    "join_by_code",
    "open_code",
    "redeem",
    "take_back",
]
