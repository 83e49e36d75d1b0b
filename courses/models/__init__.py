"""What learning is made of: pages, editions, questions, enrolments, attempts."""

from courses.models.assignments import Assignment, AssignmentException
from courses.models.attempts import AnswerOperation, Attempt, AttemptItem
from courses.models.bin import Binned
from courses.models.calendars import CalendarFeed
from courses.models.case_pages import CasePage
from courses.models.cases import CaseDecision, CaseRun, CaseVersion
from courses.models.corrections import KeyCorrection
from courses.models.country_notes import CountryNote
from courses.models.editions import Edition, EditionActivity
from courses.models.enrolments import Completion, Enrolment
from courses.models.glossary import GlossaryTerm
from courses.models.hours import LedgerEntry
from courses.models.identity import Activity, Course
from courses.models.notes import Note
from courses.models.pages import (
    CataloguePage,
    CoursePage,
    LessonPage,
    ModulePage,
    QuizPage,
)
from courses.models.practice import Observation
from courses.models.questions import Question, QuestionTag, QuestionVersion
from courses.models.reasoning import EditionReasoning, Marking, Paper, ReasoningTask
from courses.models.reminders import Reminder, ReminderClock
from courses.models.reviews import Review, Reviewer
from courses.models.superiors import SuperiorRequest
from courses.models.tallies import Tally
from courses.models.trainings import Training
from courses.models.wordings import Wording
from courses.models.workshops import Attendance, Workshop, WorkshopPlace

__all__ = [
    "Activity",
    "AnswerOperation",
    "Assignment",
    "AssignmentException",
    "Attempt",
    "AttemptItem",
    "Attendance",
    "Binned",
    "CalendarFeed",
    "CaseDecision",
    "CasePage",
    "CaseRun",
    "CaseVersion",
    "CataloguePage",
    "Completion",
    "CountryNote",
    "Course",
    "CoursePage",
    "Edition",
    "EditionActivity",
    "EditionReasoning",
    "Enrolment",
    "GlossaryTerm",
    "KeyCorrection",
    "LedgerEntry",
    "LessonPage",
    "Marking",
    "ModulePage",
    "Note",
    "Observation",
    "Paper",
    "Question",
    "QuestionTag",
    "QuestionVersion",
    "QuizPage",
    "ReasoningTask",
    "Reminder",
    "ReminderClock",
    "Review",
    "Reviewer",
    "SuperiorRequest",
    "Tally",
    "Training",
    "Wording",
    "Workshop",
    "WorkshopPlace",
]
