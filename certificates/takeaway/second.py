"""What a second person decides about a large file: by figures, never by names."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.models import ReportFile
from certificates.takeaway import actions
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.reading import read
from certificates.takeaway.words import REFUSALS
from lms.approvals.kinds import Summary
from lms.approvals.models import Approval
from lms.people.choices import Role
from lms.people.models import User
from lms.people.scope import standing_mandates
from lms.refusals import Refused

SENTENCES = {"over": REFUSALS["over"]}


def subjects(viewer: User) -> QuerySet:
    """Return the files for which this person may be the second one."""
    files = ReportFile.objects.if_signed_in(viewer).filter(needs_second=True)
    on = timezone.localdate()
    return files.agreeable_to(viewer, on=on).exclude(owner=viewer.pk).values("uuid")


def decides(viewer: User) -> bool:
    """Whether this person may be the second one for large files of any reader."""
    on = timezone.localdate()
    return standing_mandates(viewer, Role.MINISTRY, on=on).exists()


def rows(uuids: list[UUID], viewer: User) -> dict[UUID, ReportFile | None]:
    """Return the files by their identifier; None for those that are forgotten."""
    found = ReportFile.objects.filter(uuid__in=uuids).select_related("owner")
    files = {file.uuid: file for file in found}
    return {uuid: files.get(uuid) for uuid in uuids}


def summary(approval: Approval, viewer: User) -> Summary:
    """Return the file in figures, and what it is narrowed to."""
    file = approval.row
    if file is None:
        return Summary(what=_("A large file of the completion report"), facts=[])
    places = file.mandates.with_place().order_by("pk")
    return Summary(
        what=_("A file of the completion report about %(people)d people")
        % {"people": file.people},
        facts=[
            (_("People"), str(file.people)),
            (_("Rows"), str(file.rows)),
            (_("Kind of file"), str(FORMATS[file.format].name)),
            (_("Columns"), str(len(file.columns))),
            *narrowed_to(file),
            (_("Asked by"), ", ".join(str(mandate) for mandate in places)),
            (
                _("Counted on"),
                date_format(timezone.localdate(file.asked_at)),
            ),
        ],
    )


def narrowed_to(file: ReportFile) -> list[tuple[str, str]]:
    """Return the filters in words, as whoever asked has them today."""
    try:
        report = read(file.owner, file.asked, at=file.asked_at)
    except Refused:
        return []
    return [(one.label, one.value) for one in report.said]


def carry_out(approval: Approval, by: User, at: datetime) -> None:
    actions.agree(_awaited(approval), at=at)


def turn_down(approval: Approval, by: User, at: datetime) -> None:
    actions.turn_down(_awaited(approval), at=at)


def _awaited(approval: Approval) -> ReportFile:
    file = ReportFile.objects.filter(uuid=approval.subject).first()
    if file is None:
        raise Refused("over")
    return file
