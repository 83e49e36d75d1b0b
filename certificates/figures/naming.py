"""What are the places of the cube called, in the reader's language?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from certificates.figures.counting import NOWHERE, UNKNOWN
from certificates.figures.rules import ALL
from courses.models.editions import in_language
from lms.people.choices import Country, Track

EARLIER = "earlier"  # than the months of a release from before there were bands

FIXED = {
    ("countries", ALL): _("All countries"),
    ("countries", NOWHERE): _("No country told"),
    ("professions", UNKNOWN): _("No profession told"),
    ("institutions", UNKNOWN): _("Institution not confirmed"),
    ("months", EARLIER): _("Earlier"),
    **{("countries", code): name for code, name in dict(Country.choices).items()},
    **{("professions", code): name for code, name in Track.choices},
}


def months_of(quarter: str) -> str:
    """Return the months of a quarter as a reader says them, in the active language."""
    year, number = map(int, quarter.split("-Q"))
    first, last = (date(year, number * 3 - back, 1) for back in (2, 0))
    return gettext("%(first)s to %(last)s %(year)s") % {
        "first": date_format(first, "F"),
        "last": date_format(last, "F"),
        "year": year,
    }


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one release, in one language."""

    kept: Mapping[str, Mapping[str, Mapping[str, str]]]
    language: str

    def of(self, table: str, code: str) -> str:
        with override(self.language):
            if (table, code) in FIXED:
                return str(FIXED[table, code])
            if table == "months":
                year, month = map(int, code.split("-"))
                return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")
        return (
            in_language(self.kept.get(table, {}).get(code, {}), self.language) or code
        )
