"""Addresses of the pages about the platform itself, below the language."""

from django.urls import path

from lms.web import pages

urlpatterns = [
    path("help/", pages.help_page, name="help"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("pause/", pages.pause, name="pause"),
    path("theme/", pages.theme, name="theme"),
]
