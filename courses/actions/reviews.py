"""Signing a lesson as its reviewer."""

from datetime import datetime

from django.db import transaction

from courses import rules
from courses.models import LessonPage, Review
from lms.people.models import User
from lms.refusals import Refused


@transaction.atomic
def sign_review(lesson: LessonPage, *, by: User, at: datetime) -> Review:
    """Put the reviewer's name under the live revision and return the signature.

    A second signature under the same revision changes nothing. Raises `Refused`.
    """
    reasons = rules.refusals_to_review(
        is_live=lesson.live, has_drafts=lesson.has_unpublished_changes
    )
    if reasons:
        raise Refused(*reasons)
    review, _made = Review.objects.get_or_create(
        revision=lesson.live_revision_id,
        defaults={
            "lesson_id": lesson.translation_key,
            "language": lesson.locale.language_code,
            "reviewer": lesson.review_by,
            "by": by,
            "at": at,
        },
    )
    return review
