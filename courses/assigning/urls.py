"""Addresses of assignments: of trainers, learners, and the superiors of learners."""

from django.urls import path

from courses.assigning.views import (
    assignments,
    calendars,
    exceptions,
    learner,
    programme,
    superiors,
)

COURSES = "team/cohorts/<uuid:cohort>/courses/"
ONE = COURSES + "<uuid:assignment>/"
PERSON = ONE + "people/<uuid:person>/"

urlpatterns = [
    path(COURSES, programme.assignments, name="assignments"),
    path(COURSES + "new/", programme.assign_course, name="assign_course"),
    path(ONE, assignments.assignment, name="assignment"),
    path(ONE + "change/", assignments.change_assignment, name="change_assignment"),
    path(
        ONE + "withdraw/", assignments.withdraw_assignment, name="withdraw_assignment"
    ),
    path(ONE + "move/", programme.move_assignment, name="move_assignment"),
    path(PERSON, exceptions.assignment_exception, name="assignment_exception"),
    path(PERSON + "end/", exceptions.end_exception, name="end_exception"),
    path(
        "learn/assignments/<uuid:assignment>/start/",
        learner.start_assignment,
        name="start_assignment",
    ),
    path(
        "learn/assignments/<uuid:assignment>/superior/",
        learner.name_superior,
        name="name_superior",
    ),
    path("superior/answered/", superiors.superior_answered, name="superior_answered"),
    path("superior/<slug:token>/", superiors.superior, name="superior"),
    path("my-learning/calendar/", calendars.my_calendar, name="my_calendar"),
    path(
        "my-learning/calendar/renew/", calendars.renew_calendar, name="renew_calendar"
    ),
]
