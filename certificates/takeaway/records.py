"""What do files of reports keep about a person, and what becomes of it?

It is about those who ask for them. Who stands in a file, the log of looks says.
"""

from django.utils.translation import gettext_noop as _

from certificates.models import ReportFile, SavedReport, ScheduleRecipient
from certificates.takeaway import keeping
from lms.people.records import Leaver, Merging, register

register(
    "certificates.ReportFile",
    "owner",
    _("Files of reports"),
    export={
        "format": _("kind of file"),
        "asked_at": _("asked on"),
        "people": _("people"),
        "rows": _("rows"),
        "ready_at": _("ready"),
        "until_at": _("until"),
    },
    merge="move",
    erase="certificates.takeaway.records.erase_files",
)
register(
    "certificates.SavedReport",
    "owner",
    _("Saved reports"),
    export={"name": _("name"), "made_at": _("saved on")},
    merge="certificates.takeaway.records.move_saved",
    erase="delete",
    note=_("One whose name the account that stays has too is deleted."),
)
register(
    "certificates.ScheduleRecipient",
    "person",
    _("Reports that come by themselves"),
    export={"schedule__report__name": _("name"), "schedule__format": _("kind of file")},
    merge="certificates.takeaway.records.move_received",
    erase="delete",
    note=_("What both accounts get comes once."),
)


def erase_files(leaver: Leaver) -> None:
    """Delete the files, and what is told of them."""
    rows = ReportFile.objects.filter(owner=leaver.person)
    for name in rows.kept().values_list("name", flat=True):
        keeping.delete(name)
    rows.delete()


def move_saved(merging: Merging) -> int:
    """Move saved reports whose name is free there; return how many."""
    taken = SavedReport.objects.filter(owner=merging.kept).values("name")
    theirs = SavedReport.objects.filter(owner=merging.gone)
    theirs.filter(name__in=taken).delete()
    return theirs.update(owner=merging.kept)


def move_received(merging: Merging) -> int:
    """Let the account that stays get what the other one got; return how much."""
    known = ScheduleRecipient.objects.filter(person=merging.kept).values("schedule")
    theirs = ScheduleRecipient.objects.filter(person=merging.gone)
    theirs.filter(schedule__in=known).delete()
    return theirs.update(person=merging.kept)
