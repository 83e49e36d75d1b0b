"""What an officer keeps of the completion report: a file, and a question of theirs."""

from datetime import timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.utils import timezone

from certificates.models import ReportFile, SavedReport, ScheduleRecipient
from certificates.takeaway import keeping
from certificates.takeaway.making import note_export

CONTENT = b'"name"\r\n'


def a_report_file(owner) -> ReportFile:
    """Return a file that a worker made for the officer."""
    now = timezone.now()
    file = ReportFile.objects.create(
        owner=owner,
        columns=["name"],
        language=owner.language,
        format="csv",
        asked_at=now,
        people=0,
        rows=0,
        name=keeping.storage().save("reports/made", ContentFile(CONTENT)),
        size=len(CONTENT),
        digest=sha256(CONTENT).hexdigest(),
        event=note_export(owner, whom={owner.pk}, columns=["name"], at=now),
        ready_at=now,
        until_at=now + timedelta(days=1),
    )
    file.mandates.set(owner.mandates.all())
    return file


def a_saved_report(owner) -> SavedReport:
    """Return a report that the officer saved, and gets every week."""
    now = timezone.now()
    report = SavedReport.objects.create(
        owner=owner,
        mandate=owner.mandates.get(),
        name="Guardado",
        columns=["name"],
        made_at=now,
    )
    schedule = report.schedules.create(
        every="week", day=0, format="csv", made_at=now, next_at=now + timedelta(days=7)
    )
    ScheduleRecipient.objects.create(schedule=schedule, person=owner)
    return report
