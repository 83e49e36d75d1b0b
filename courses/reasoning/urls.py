"""Addresses of pages of reasons: the learner's own, and the reader's."""

from django.urls import path

from courses.reasoning.views import marking, writing

urlpatterns = [
    path("learn/enrolments/<uuid:enrolment>/reasons/", writing.reasons, name="reasons"),
    path(
        "learn/enrolments/<uuid:enrolment>/reasons/again/",
        writing.again,
        name="reasons_again",
    ),
    path("team/papers/", marking.papers, name="papers"),
    path("team/papers/<uuid:paper>/", marking.paper, name="paper"),
]
