"""Addresses of the screens that grant, accept and end mandates."""

from django.urls import path

from lms.mandates.views import accepting, granting, own

urlpatterns = [
    path("", granting.mandates, name="mandates"),
    path("shielded/", granting.shielded_mandates, name="shielded_mandates"),
    path("mine/", own.my_mandates, name="my_mandates"),
    path("grant/<slug:kind>/", granting.grant, name="grant_mandate"),
    path("<uuid:mandate>/accept/", accepting.accept, name="accept_mandate"),
    path(
        "<uuid:mandate>/accept/code/",
        accepting.accept_code,
        name="accept_mandate_code",
    ),
    path("<uuid:mandate>/decline/", own.decline, name="decline_mandate"),
    path("<uuid:mandate>/give-back/", own.give_back, name="give_back_mandate"),
    path("<uuid:mandate>/end/", granting.end, name="end_mandate"),
]
