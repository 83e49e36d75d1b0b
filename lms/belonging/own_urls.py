"""Addresses of the page on which a person shields themself."""

from django.urls import path

from lms.belonging import views

urlpatterns = [
    path("", views.own_shield, name="shield"),
    path("end/", views.lift_own_shield, name="lift_own_shield"),
]
