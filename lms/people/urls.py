"""Addresses of a person's own pages, and of allauth's screens behind them."""

from allauth.urls import urlpatterns as allauth_patterns
from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from lms.people import sign_in, views
from lms.people.second_factor import guarding
from lms.people.views import second_step, stay

ours = [
    path("", views.account, name="people_account"),
    path("post/", views.post, name="people_post"),
    path("agree/", sign_in.agree, name="agree"),
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/export/", views.export_my_data, name="export_my_data"),
    path("my-data/close/", views.close_account, name="close_account"),
    path("my-data/erase/", views.erase_account, name="erase_account"),
    path("closed/", views.account_closed, name="account_closed"),
    path("erased/", views.account_erased, name="account_erased"),
    path("sessions/<int:device>/end/", views.end_device, name="end_device"),
    path("sessions/end-others/", views.end_other_devices, name="end_other_devices"),
    path("stay/", stay.stay, name="stay"),
    path("second-step/", second_step.second_factor, name="second_factor"),
]
# The first that matches answers: these stand before allauth's of the same name.
changed = [
    path("login/", sign_in.LoginView.as_view(), name="account_login"),
    path("logout/", sign_in.LogoutView.as_view(), name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
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
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        second_step.RemoveKeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/recovery-codes/",
        second_step.RecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        second_step.DownloadCodesView.as_view(),
        name="mfa_download_recovery_codes",
    ),
]
for decorator in (views.refusing, guarding):
    allauths = decorate_urlpatterns(changed + allauth_patterns, decorator)
urlpatterns = ours + allauths
