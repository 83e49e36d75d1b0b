"""What does a report hold for whoever takes it away? What the screen shows them.

A question is kept as the words of an address. It is read anew each time, with the
choices that its owner has then: what left their sight is no choice any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates import crowd
from certificates.models.report_lines import ReportLineQuerySet
from certificates.reports.columns import COLUMNS, values_of
from certificates.reports.figures import Totals, as_of, totals_of
from certificates.reports.filters import Asked
from certificates.reports.forms import ReportForm, Said, in_words
from certificates.reports.query import lines_of
from certificates.takeaway.sheet import Sheet
from lms.people.models import User
from lms.refusals import Refused

Query = Mapping[str, str]
# On paper, what fits beside each other.
ON_PAPER = (
    "name",
    "institution",
    "track",
    "course",
    "state",
    "due_on",
    "completed_on",
    "standing",
    "valid_until",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as its viewer sees it at a moment, in the active language."""

    viewer: User
    asked: Asked
    said: Sequence[Said]
    at: datetime

    def lines(self) -> ReportLineQuerySet:
        return lines_of(self.viewer, self.asked, at=self.at)

    def rows(self) -> int:
        return self.lines().order_by().count()

    def people(self) -> int:
        return self.lines().order_by().values("person").distinct().count()

    def people_today(self) -> int:
        """Return how many people its viewer will have taken away today with these."""
        return crowd.people_with_lines(self.viewer, self.lines(), at=self.at)

    def whom(self) -> set[int]:
        """Return the keys of those whom the report names."""
        found = self.lines().order_by().values_list("person", flat=True).distinct()
        return set(found.iterator())

    def sheet(self, columns: Sequence[str]) -> Sheet:
        """Return the report with these columns, ready to be written."""
        language = get_language()
        chosen = [COLUMNS[key] for key in columns]
        totals = totals_of(self.viewer, self.asked, at=self.at)
        return Sheet(
            title=_("Completion report"),
            as_of=as_of() or self.at,
            facts=[(one.label, one.value) for one in self.said],
            totals=in_figures(totals),
            keys=list(columns),
            headings=[_(column.heading) for column in chosen],
            kinds=[column.kind.value for column in chosen],
            rows=values_of(self.lines(), columns, language=language),
        )


def read(viewer: User, query: Query, *, at: datetime) -> Reading:
    """Return what is asked for; raises `Refused` where it cannot be asked any more."""
    form = ReportForm(query, viewer=viewer, at=at)
    if not form.is_valid():
        raise Refused("stale")
    return Reading(viewer, form.asked(), in_words(form), at)


def known(columns: Sequence[str]) -> list[str]:
    """Return those of the columns that there are, or else all."""
    return [key for key in columns if key in COLUMNS] or list(COLUMNS)


def in_figures(totals: Totals) -> list[tuple[str, int | str]]:
    """Return the totals of the screen in words, with those who are only counted."""
    one = totals.figures
    return [
        (_("Rows"), one.lines),
        (_("People"), one.people),
        (_("Owed"), one.owed),
        (_("Completed"), one.completed),
        (_("With a valid certificate"), one.valid),
        (_("Late"), one.late),
        (_("People counted apart: unconfirmed"), totals.unconfirmed),
    ]
