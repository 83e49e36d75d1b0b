"""Addresses of a learner's own cohorts."""

from django.urls import path

from lms.team.views import own

urlpatterns = [
    path("", own.my_cohorts, name="my_cohorts"),
    path("<uuid:cohort>/leave/", own.leave_cohort, name="leave_cohort"),
    path("<uuid:cohort>/superior/", own.my_superior, name="my_superior"),
]
