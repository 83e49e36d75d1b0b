"""Addresses of what trainers do about people, and the room they stand in."""

from django.urls import path

from lms.team.views import cohorts, rooms

urlpatterns = [
    path("room/", rooms.room, name="room"),
    path("room/close/", rooms.close, name="close_room"),
    path(
        "cohorts/<uuid:cohort>/members/<uuid:person>/shield/",
        cohorts.shield_member,
        name="shield_member",
    ),
]
