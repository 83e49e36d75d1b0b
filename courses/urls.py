"""Addresses of learning: what learners do, and lessons before Wagtail's own way."""

urlpatterns: list = []
