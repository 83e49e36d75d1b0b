"""Addresses of the screens that make and revoke tokens for programs."""

from django.urls import path

from lms.tokens import views

urlpatterns = [
    path("", views.tokens, name="tokens"),
    path("new/", views.new_token, name="new_token"),
    path("<uuid:token>/made/", views.token_made, name="token_made"),
    path("<uuid:token>/revoke/", views.revoke_token, name="revoke_token"),
]
