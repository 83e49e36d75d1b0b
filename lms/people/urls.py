"""Addresses of a person's own pages, and of allauth's screens behind them."""

from allauth.urls import urlpatterns as allauth_patterns
from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from lms.people import views

ours = [
    path("", views.account, name="people_account"),
    path("post/", views.post, name="people_post"),
    path("profile/", views.profile, name="people_profile"),
    path("my-data/", views.my_data, name="my_data"),
    path("sessions/<int:device>/end/", views.end_device, name="end_device"),
    path("sessions/end-others/", views.end_other_devices, name="end_other_devices"),
]
# The first that matches answers: these stand before allauth's of the same name.
changed = [
    path("sessions/", views.devices, name="usersessions_list"),
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
