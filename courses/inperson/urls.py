"""Addresses of training in a room: trainers', the learner's own, the calendar."""

from django.urls import include, path

from courses.inperson.views import (
    attendance,
    calendar,
    own,
    practice,
    trainers,
    trainings,
    workshops,
)

OF_A_WORKSHOP = [
    path("", attendance.workshop, name="workshop"),
    path("edit/", workshops.edit, name="workshop_edit"),
    path("cancel/", workshops.cancel, name="workshop_cancel"),
    path("sheet/", attendance.printed, name="workshop_sheet"),
    path("code/", attendance.code, name="workshop_code"),
    path(
        "attendance/<uuid:person>/",
        attendance.correction,
        name="workshop_correction",
    ),
]
OF_A_COHORT = [
    path("workshops/", workshops.workshops, name="workshops"),
    path("practice/", practice.practices, name="practices"),
    path("practice/<uuid:person>/", practice.practice, name="practice"),
    path("workshops/new/", workshops.new, name="workshop_new"),
    path("workshops/<uuid:workshop>/", include(OF_A_WORKSHOP)),
]
CALENDAR = [
    path("calendar/", calendar.regional_calendar, name="regional_calendar"),
    path("calendar.csv", calendar.calendar_table, name="calendar_table"),
    path("calendar/trainings/", trainings.trainings, name="trainings"),
    path("calendar/trainings/new/", trainings.new, name="training_new"),
    path(
        "calendar/trainings/<uuid:training>/",
        trainings.edit,
        name="training_edit",
    ),
    path(
        "calendar/trainings/<uuid:training>/withdraw/",
        trainings.withdraw,
        name="training_withdraw",
    ),
]
OWN = [
    path("", own.my_workshop, name="my_workshop"),
    path("take/", own.take, name="workshop_take"),
    path("give-back/", own.give_back, name="workshop_give_back"),
    path("here/", own.here, name="workshop_here"),
]
urlpatterns = [
    *CALENDAR,
    path("team/cohorts/<uuid:cohort>/", include(OF_A_COHORT)),
    path("team/trainers/", trainers.trainers_tree, name="trainers_tree"),
    path("team/trainers.csv", trainers.trainers_table, name="trainers_table"),
    path("team/scan/<uuid:workshop>/<uuid:person>/", attendance.scan, name="scan"),
    path("my-learning/practice/", practice.my_practice, name="my_practice"),
    path("my-learning/workshops/<uuid:workshop>/", include(OWN)),
]
