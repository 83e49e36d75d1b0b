"""Addresses of one's own notes."""

from django.urls import path

from courses.notes import views

urlpatterns = [
    path("my-learning/notes/", views.my_notes, name="my_notes"),
    path(
        "learn/activities/<uuid:activity>/note/", views.lesson_note, name="lesson_note"
    ),
]
