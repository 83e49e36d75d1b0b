"""Addresses of the screens of people support."""

from django.urls import path

from lms.support import views

urlpatterns = [
    path("", views.support, name="support"),
    path("by-address/", views.by_address, name="support_by_address"),
    path("alarms/<int:alarm>/read/", views.read_alarm, name="support_alarm_read"),
    path("visits/<uuid:visit>/", views.visit, name="support_visit"),
    path("visits/<uuid:visit>/merge/", views.merge, name="support_merge"),
    path("visits/<uuid:visit>/<slug:act>/", views.act, name="support_act"),
    path("new-address/<str:key>/", views.new_address, name="support_new_address"),
]
