"""What the pages of a course show beside what an editor wrote on them."""

from courses.page_context.case import case, case_told
from courses.page_context.catalogue import catalogue
from courses.page_context.course import course, module
from courses.page_context.lesson import lesson, standing
from courses.page_context.quiz import quiz
from courses.page_context.shared import alternates_of

__all__ = [
    "alternates_of",
    "case",
    "case_told",
    "catalogue",
    "course",
    "lesson",
    "module",
    "quiz",
    "standing",
]
