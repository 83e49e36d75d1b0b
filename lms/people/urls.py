"""Addresses of a person's own pages, and of allauth's screens behind them."""

from allauth.urls import urlpatterns as allauth_patterns
from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from lms.people import views

ours = [
    path("", views.account, name="people_account"),
    path("post/", views.post, name="people_post"),
    path("profile/", views.profile, name="people_profile"),
    path("theme/", views.theme, name="people_theme"),
]
# The first that matches answers: these stand before allauth's of the same name.
changed = [
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path("email/", views.EmailView.as_view(), name="account_email"),
    path(
        "confirm-email/",
        views.ConfirmEmailView.as_view(),
        name="account_email_verification_sent",
    ),
    path(
        "2fa/webauthn/reauthenticate/",
        views.ReauthenticateKeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
]
urlpatterns = ours + decorate_urlpatterns(changed + allauth_patterns, views.refusing)
