"""Addresses of the screens of duty coverage, below those of reports."""

from django.urls import path

from certificates.coverage import views

urlpatterns = [
    path("", views.coverage, name="coverage"),
    path("posts.csv", views.coverage_file, name="coverage_file"),
    path("load/", views.load_roster, name="load_roster"),
    path("load/template/", views.roster_template, name="roster_template"),
    path("load/<uuid:roster>/", views.check_roster, name="check_roster"),
    path("load/<uuid:roster>/errors/", views.roster_errors, name="roster_errors"),
    path("posts/<uuid:post>/", views.duty_post, name="duty_post"),
    path(
        "posts/<uuid:post>/holders/<uuid:holder>/end/",
        views.end_post_holder,
        name="end_post_holder",
    ),
]
