"""Granting, approving, accepting, declining and ending mandates."""

from lms.mandates.actions.answering import accept, decline, send_code
from lms.mandates.actions.ending import (
    GIVEN_BACK,
    RAN_OUT,
    end,
    end_all_of,
    end_what_ran_out,
)
from lms.mandates.actions.offering import approve, grant, refuse
from lms.mandates.actions.writing import KINDS

__all__ = [
    "GIVEN_BACK",
    "KINDS",
    "RAN_OUT",
    "accept",
    "approve",
    "decline",
    "end",
    "end_all_of",
    "end_what_ran_out",
    "grant",
    "refuse",
    "send_code",
]
