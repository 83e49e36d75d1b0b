"""Addresses of what trainers follow: their cohorts, who needs help, reminders."""

from django.urls import path

from courses.following.views import looking, reminding, stuck

urlpatterns = [
    path("", looking.team, name="team"),
    path("stuck/", stuck.stuck_people, name="stuck_people"),
    path("cohorts/<uuid:cohort>/", looking.cohort_page, name="cohort"),
    path("cohorts/<uuid:cohort>/people.csv", looking.cohort_file, name="cohort_file"),
    path("cohorts/<uuid:cohort>/remind/", reminding.remind, name="remind_members"),
    path(
        "cohorts/<uuid:cohort>/members/<uuid:person>/activity/",
        looking.member_activity,
        name="member_activity",
    ),
]
