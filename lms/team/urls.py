"""Addresses of the screens of trainers: cohorts, and the room they stand in."""

from django.urls import path

from lms.team.views import cohorts, importing, rooms

urlpatterns = [
    path("", cohorts.team, name="team"),
    path("room/", rooms.room, name="room"),
    path("room/close/", rooms.close, name="close_room"),
    path("cohorts/<uuid:cohort>/", cohorts.cohort_page, name="cohort"),
    path("cohorts/<uuid:cohort>/import/", importing.people, name="import_people"),
    path(
        "cohorts/<uuid:cohort>/import/template/",
        importing.template,
        name="import_template",
    ),
    path(
        "cohorts/<uuid:cohort>/import/<uuid:check>/",
        importing.check,
        name="import_check",
    ),
    path(
        "cohorts/<uuid:cohort>/import/<uuid:check>/errors/",
        importing.errors,
        name="import_errors",
    ),
    path(
        "cohorts/<uuid:cohort>/members/<uuid:person>/shield/",
        cohorts.shield_member,
        name="shield_member",
    ),
]
