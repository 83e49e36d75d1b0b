"""Addresses of the demo's mailbox."""

from django.urls import path

from lms.mail import views

urlpatterns = [
    path("", views.mailbox, name="demo_mailbox"),
    path("<slug:name>/", views.message, name="demo_message"),
]
