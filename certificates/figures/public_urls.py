"""Addresses of the open data for machines: no language, they never change."""

from django.urls import path

from certificates.figures import views

urlpatterns = [
    path("open-data/<slug:week>/<slug:table>.csv", views.open_table, name="open_table"),
    path(
        "open-data/<slug:week>/datapackage.json",
        views.open_package,
        name="open_package",
    ),
]
