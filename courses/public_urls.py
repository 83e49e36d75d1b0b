"""Addresses of courses for machines: no language."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from courses.assigning.views.calendars import calendar_feed
from courses.inperson.views.calendar import calendar_file
from courses.sitemaps import SITEMAPS

urlpatterns = [
    path("calendar.ics", calendar_file, name="calendar_file"),
    path(
        "sitemap.xml",
        require_safe(cache_control(max_age=60 * 60)(sitemap)),
        {"sitemaps": SITEMAPS},
        name="sitemap",
    ),
    path("calendar/<slug:token>.ics", calendar_feed, name="calendar_feed"),
]
