"""Addresses of the screens for whoever is asked as the second person."""

from django.urls import path

from lms.approvals import views

urlpatterns = [
    path("", views.desk, name="approvals"),
    path("<uuid:approval>/", views.approval_page, name="approval"),
    path("<uuid:approval>/decide/", views.decide, name="decide_approval"),
]
