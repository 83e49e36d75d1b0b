"""Correcting a key that was wrong: proposed, approved by another, graded anew.

Marks only rise: whoever was right by the key of the day stays so. They fall as well
where the regional secretariat signs for it, as a third person.
"""

from courses.correcting.actions.grading import grade_anew
from courses.correcting.actions.keys import approve_key, propose_key, withdraw_key
from courses.correcting.actions.lowering import ask_to_lower, lower_marks, sign

__all__ = [
    "approve_key",
    "ask_to_lower",
    "grade_anew",
    "lower_marks",
    "propose_key",
    "sign",
    "withdraw_key",
]
