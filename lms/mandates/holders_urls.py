"""Addresses of who holds which mandate, under people support."""

from django.urls import path

from lms.mandates.views import holders

urlpatterns = [
    path("", holders.places, name="holders"),
    path("<str:place>/", holders.holders_of_country, name="holders_of_country"),
]
