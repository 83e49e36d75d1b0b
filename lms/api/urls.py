"""Addresses of the API; the same in every language."""

from django.urls import include, path

from lms.api import views
from lms.api.frame import api

urlpatterns = [
    path("openapi.json", views.description, name="api_description"),
    path("docs", views.docs, name="api_docs"),
    path("", include(api.urls[:2], namespace=api.urls_namespace)),
]
