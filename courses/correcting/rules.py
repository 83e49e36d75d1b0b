"""What is a usable new key, and what becomes of a point that was given?"""

from courses.questions.kinds.kind import Answer, Document
from courses.questions.rules import credit_for, is_complete, points_for, problem_with


def refusals_to_correct(document: Document, correct: Answer | None) -> list[str]:
    """Return why this cannot be the right answer instead, as stable words."""
    if not correct or problem_with(document, correct):
        return ["no-answer"]
    if not is_complete(document, correct):
        return ["not-complete"]
    if points_for(document, correct):
        return ["same-key"]
    return []


def reasons_missing(reason: str, lowering: str | None) -> list[str]:
    """Return which reasons were not given; None needs none for marks that only rise."""
    missing = [] if reason.strip() else ["no-reason"]
    if lowering is not None and not lowering.strip():
        missing.append("no-reason-to-lower")
    return missing


def corrected(document: Document, correct: Answer) -> Document:
    """Return the question with the right key."""
    return document | {"correct": correct}


def regraded(
    document: Document, correct: Answer, answer: Answer | None, earned: int
) -> int:
    """Return what an answer that was graded earns now: never less than before."""
    return max(earned, credit_for(corrected(document, correct), answer))


def marked_down(
    document: Document, correct: Answer, answer: Answer | None, earned: int
) -> int:
    """Return what it earns where marks fall as well: never more than before."""
    return min(earned, credit_for(corrected(document, correct), answer))
