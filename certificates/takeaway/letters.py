"""What do the letters about files of reports say? Where one is: a link, no data."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from certificates.models import ReportFile, Schedule
from certificates.takeaway.words import STOPPED
from lms.approvals.models import Approval
from lms.mail.actions import from_here
from lms.mail.models import Letter


def report_ready(letter: Letter) -> dict[str, object] | None:
    """Return where the file is; None once it cannot be fetched any more."""
    there = ReportFile.objects.downloadable(at=timezone.now())
    if not there.filter(uuid=letter.facts["file"]).exists():
        return None
    with override(letter.language):
        return {"url": from_here(reverse("report_downloads"))}


def report_second(letter: Letter) -> dict[str, object] | None:
    """Return where one agrees to a large file; None once nobody has to any more."""
    asked = Approval.objects.filter(subject=letter.facts["file"])
    if not asked.waiting(timezone.now()).exists():
        return None
    with override(letter.language):
        return {"url": from_here(reverse("approvals"))}


def report_stopped(letter: Letter) -> dict[str, object] | None:
    """Return why a schedule stopped; None when it was deleted meanwhile."""
    found = Schedule.objects.filter(uuid=letter.facts["schedule"]).first()
    if found is None:
        return None
    with override(letter.language):
        return {
            "why": str(STOPPED[found.stopped_why]),
            "url": from_here(reverse("my_mandates")),
        }
