"""Addresses of a person's own pages, beside allauth's."""

urlpatterns: list = []
