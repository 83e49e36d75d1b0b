"""What was awarded, and what is told about it."""

from certificates.models.awards import (
    Certificate,
    CertificateQuerySet,
    Why,
    private_storage,
)
from certificates.models.posts import DutyPost, Place, PostHolder, PostRoster
from certificates.models.releases import Release
from certificates.models.report_files import (
    ReportFile,
    SavedReport,
    Schedule,
    ScheduleRecipient,
)
from certificates.models.report_lines import LinesDrawn, ReportLine
from certificates.models.share_links import (
    ShareLink,
    ShareLinkQuerySet,
    ShareUse,
)
from certificates.models.standing_changes import StandingChange

__all__ = [
    "Certificate",
    "CertificateQuerySet",
    "DutyPost",
    "LinesDrawn",
    "Place",
    "PostHolder",
    "PostRoster",
    "Release",
    "ReportFile",
    "ReportLine",
    "SavedReport",
    "Schedule",
    "ScheduleRecipient",
    "ShareLink",
    "ShareLinkQuerySet",
    "ShareUse",
    "StandingChange",
    "Why",
    "private_storage",
]
