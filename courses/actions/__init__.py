"""What is recorded about learning; one transaction each, safe to call twice."""

from courses.actions.attempts import (
    hand_in_if_over,
    hand_in_overdue,
    save_answers,
    start_attempt,
    submit_attempt,
)
from courses.actions.country_notes import call_numbers, check_note
from courses.actions.editions import make_identity, open_edition
from courses.actions.enrolments import (
    complete_activity,
    enrol,
    settle,
    settle_course,
    withdraw,
)
from courses.actions.operations import Answered, keep_choices
from courses.actions.questions import bring_questions, copy_question, save_question
from courses.actions.reviews import sign_review
from courses.actions.scheduled import keep_to_schedule

__all__ = [
    "Answered",
    "bring_questions",
    "call_numbers",
    "check_note",
    "complete_activity",
    "copy_question",
    "enrol",
    "hand_in_if_over",
    "hand_in_overdue",
    "keep_choices",
    "keep_to_schedule",
    "make_identity",
    "open_edition",
    "save_answers",
    "save_question",
    "settle",
    "settle_course",
    "sign_review",
    "start_attempt",
    "submit_attempt",
    "withdraw",
]
