"""What is done to cohorts: see each module for its subject."""

from lms.team.actions.archiving import archive
from lms.team.actions.forming import change_cohort, form_cohort
from lms.team.actions.holding import hold
from lms.team.actions.inviting import Asked, invite
from lms.team.actions.members import (
    end_membership,
    end_these,
    leave,
    name_superior,
)
from lms.team.actions.membership import add_rule, apply_rules, end_rule
from lms.team.actions.trainers import take_off

__all__ = [
    "Asked",
    "add_rule",
    "apply_rules",
    "archive",
    "change_cohort",
    "end_membership",
    "end_rule",
    "end_these",
    "form_cohort",
    "hold",
    "invite",
    "leave",
    "name_superior",
    "take_off",
]
