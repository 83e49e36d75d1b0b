"""What is done to cohorts: see each module for its subject."""

from lms.team.actions.archiving import archive
from lms.team.actions.codes import close_code, open_code
from lms.team.actions.forming import change_cohort, form_cohort
from lms.team.actions.holding import hold
from lms.team.actions.inviting import Asked, ask_again, invite, take_back
from lms.team.actions.members import (
    end_membership,
    end_these,
    leave,
    name_superior,
)
from lms.team.actions.membership import add_rule, apply_rules, end_rule
from lms.team.actions.redeeming import decline, join_by_code, redeem
from lms.team.actions.trainers import take_off

__all__ = [
    "Asked",
    "add_rule",
    "apply_rules",
    "archive",
    "ask_again",
    "change_cohort",
    "close_code",
    "decline",
    "end_membership",
    "end_rule",
    "end_these",
    "form_cohort",
    "hold",
    "invite",
    "join_by_code",
    "leave",
    "name_superior",
    "open_code",
    "redeem",
    "take_back",
    "take_off",
]
