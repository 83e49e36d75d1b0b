"""Addresses of the check for anyone: no language, and capitals too, as in QR codes."""

from django.urls import include, path

from certificates.views import public

urlpatterns = [
    path("", include("certificates.figures.public_urls")),
    path("v/<str:typed>", public.verify_code, name="verify_code"),
    path("v/<str:typed>/", public.verify_code),
    path("V/<str:typed>", public.verify_code),
    path("v/", public.verify, name="verify"),
    path("V/", public.verify),
    path("v", public.without_slash),
    path("V", public.without_slash),
]
