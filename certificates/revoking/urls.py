"""Addresses at which certificates are revoked and suspended, below the language."""

from django.urls import path

from certificates.revoking import views

urlpatterns = [
    path("region/certificates/", views.find_certificate, name="find_certificate"),
    path(
        "certificates/to-decide/",
        views.flagged_certificates,
        name="flagged_certificates",
    ),
    path(
        "certificates/<uuid:certificate>/change/",
        views.change_certificate,
        name="change_certificate",
    ),
]
