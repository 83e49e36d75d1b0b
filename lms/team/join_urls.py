"""Addresses by which people come into a cohort."""

from django.urls import path

from lms.team.views import joining

urlpatterns = [
    path("", joining.my_invitations, name="my_invitations"),
    path("code/", joining.by_code, name="join_by_code"),
    path(
        "invitations/<uuid:invitation>/accept/",
        joining.accept,
        name="accept_invitation",
    ),
    path(
        "invitations/<uuid:invitation>/decline/",
        joining.decline,
        name="decline_invitation",
    ),
    path("<str:token>/", joining.join, name="join"),
    path("<str:token>/sign-up/", joining.join_sign_up, name="join_sign_up"),
]
