"""What was awarded, and what is told about it."""

from certificates.models.awards import (
    Certificate,
    CertificateQuerySet,
    private_storage,
)
from certificates.models.releases import Release
from certificates.models.report_lines import LinesDrawn, ReportLine

__all__ = [
    "Certificate",
    "CertificateQuerySet",
    "LinesDrawn",
    "Release",
    "ReportLine",
    "private_storage",
]
