"""What is in the bin, for whoever may take it out: since when, and by whom?"""

from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page, PageLogEntry

from courses.bin.actions import PUT
from courses.bin.rules import gone_at
from courses.models.bin import Binned
from lms.people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """A page in the bin."""

    binned: Binned
    by: str  # the name of who put it there; nothing of whom it is not known

    @property
    def page(self) -> Page:
        return self.binned.page

    @property
    def gone_at(self) -> datetime:
        return gone_at(self.binned.at)


def lines_for(editor: User) -> list[Line]:
    """Return what the editor may take out of the bin, the newest first."""
    rows = list(Binned.objects.select_related("page__locale").order_by("-at", "pk"))
    entries = PageLogEntry.objects.filter(
        page__in=[one.page_id for one in rows], action=PUT
    ).select_related("user")
    by = {one.page_id: one.user for one in entries.order_by("timestamp")}
    return [
        Line(one, str(by[one.page_id].legal_name) if by.get(one.page_id) else "")
        for one in rows
        if one.page.permissions_for_user(editor).can_edit()
    ]
