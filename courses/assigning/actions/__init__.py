"""What is recorded about assignments; one transaction each, safe to call twice."""

from courses.assigning.actions.exceptions import end_exception, except_person
from courses.assigning.actions.feeds import renew_feed
from courses.assigning.actions.programme import (
    assign,
    change_assignment,
    move_assignment,
    withdraw_assignment,
)
from courses.assigning.actions.starting import name_superior, start
from courses.assigning.actions.superiors import decide_request, forget_superiors

__all__ = [
    "assign",
    "change_assignment",
    "decide_request",
    "end_exception",
    "except_person",
    "forget_superiors",
    "move_assignment",
    "name_superior",
    "renew_feed",
    "start",
    "withdraw_assignment",
]
