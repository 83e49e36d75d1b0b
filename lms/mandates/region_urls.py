"""The address of the region in figures."""

from django.urls import path

from lms.mandates.views import figures

urlpatterns = [path("", figures.region, name="region")]
