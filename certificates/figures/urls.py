"""Addresses of the region in figures and of the open data, below the language."""

from django.urls import path

from certificates.figures import views

urlpatterns = [
    path("region/figures/", views.region_figures, name="region_figures"),
    path(
        "region/figures/quarter/<slug:quarter>.pdf",
        views.quarter_file,
        name="quarter_file",
    ),
    path(
        "region/figures/release/<slug:week>/<slug:table>.csv",
        views.figures_file,
        name="figures_file",
    ),
    path(
        "region/figures/<slug:country>/", views.country_figures, name="country_figures"
    ),
    path("open-data/", views.open_data, name="open_data"),
]
