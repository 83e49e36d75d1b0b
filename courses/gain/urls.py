"""Addresses of what is learned: of a ministry's people, and of the region."""

from django.urls import path

from courses.gain import views

urlpatterns = [
    path("reports/gain/", views.gain, name="gain"),
    path("reports/gain.csv", views.gain_table, name="gain_table"),
    path("region/gain/", views.region_gain, name="region_gain"),
    path("region/gain.csv", views.region_gain_table, name="region_gain_table"),
]
