"""Addresses of a certificate's own pages, below the language."""

from django.urls import include, path

from certificates.reports.views import completion
from certificates.views import holder

urlpatterns = [
    path("reports/coverage/", include("certificates.coverage.urls")),
    path("", include("certificates.figures.urls")),
    path("", include("certificates.revoking.urls")),
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
    path(
        "certificates/<uuid:certificate>/share/<uuid:link>/withdraw/",
        holder.withdraw_link,
        name="withdraw_link",
    ),
    path("reports/completion/", include("certificates.takeaway.urls")),
    path("reports/completion/", completion.completion, name="completion_report"),
    path(
        "reports/completion/people/<uuid:person>/",
        completion.person_lines,
        name="completion_of_person",
    ),
]
