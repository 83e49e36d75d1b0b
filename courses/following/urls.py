"""Addresses of what trainers follow: their cohorts, who needs help, reminders."""

from django.urls import path

from courses.following.views import looking

urlpatterns = [
    path("", looking.team, name="team"),
    path("cohorts/<uuid:cohort>/", looking.cohort_page, name="cohort"),
]
