"""Addresses of the screens of trainers: cohorts, and the room they stand in."""

from django.urls import path

from lms.team.views import codes, cohorts, inviting, rooms

urlpatterns = [
    path("", cohorts.team, name="team"),
    path("room/", rooms.room, name="room"),
    path("room/close/", rooms.close, name="close_room"),
    path("cohorts/<uuid:cohort>/", cohorts.cohort_page, name="cohort"),
    path(
        "cohorts/<uuid:cohort>/members/<uuid:person>/shield/",
        cohorts.shield_member,
        name="shield_member",
    ),
    path(
        "cohorts/<uuid:cohort>/invitations/",
        inviting.invitations,
        name="invitations",
    ),
    path(
        "cohorts/<uuid:cohort>/invitations/<uuid:invitation>/again/",
        inviting.ask_again,
        name="ask_again",
    ),
    path(
        "cohorts/<uuid:cohort>/invitations/<uuid:invitation>/take-back/",
        inviting.take_back,
        name="take_back_invitation",
    ),
    path("cohorts/<uuid:cohort>/code/", codes.join_code, name="join_code"),
    path("cohorts/<uuid:cohort>/code/close/", codes.close_code, name="close_join_code"),
]
