"""Addresses of one's own profile, mounted beside the rest of the account."""

from django.urls import path

from lms.belonging import views

urlpatterns = [
    path("", views.profile, name="people_profile"),
    path("keep-name/", views.take_back_name, name="take_back_name"),
]
