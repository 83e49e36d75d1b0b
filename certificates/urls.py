"""Addresses of a certificate's own pages, below the language."""

from django.urls import include, path

from certificates.views import holder

urlpatterns = [
    path("", include("certificates.figures.urls")),
    path("certificates/<uuid:certificate>/", holder.certificate, name="certificate"),
    path(
        "certificates/<uuid:certificate>/certificate.pdf",
        holder.certificate_file,
        name="certificate_file",
    ),
    path(
        "certificates/<uuid:certificate>/share/",
        holder.share_certificate,
        name="share_certificate",
    ),
]
