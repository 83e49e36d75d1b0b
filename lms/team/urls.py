"""Addresses of the screens of trainers: cohorts, and the room they stand in."""

from django.urls import path

from lms.team import views

urlpatterns = [
    path("", views.team, name="team"),
    path("room/", views.room, name="room"),
    path("room/close/", views.close, name="close_room"),
    path("cohorts/<uuid:cohort>/", views.cohort_page, name="cohort"),
    path(
        "cohorts/<uuid:cohort>/members/<uuid:person>/shield/",
        views.shield_member,
        name="shield_member",
    ),
]
