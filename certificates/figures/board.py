"""How is a release laid out on a screen: which rows, in what order, beside which?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from certificates.figures.freezing import Figures, told_in
from certificates.figures.naming import Names
from certificates.figures.rules import (
    ALL,
    COMPLETED,
    MEASURES,
    OBLIGED,
    VALID,
    Band,
    Place,
)
from certificates.figures.tables import COUNTRIES
from certificates.models import Release
from lms.folding import folded_text

HEADINGS = {
    "obliged": _("Obligations"),
    "completed": _("Completed"),
    "valid": _("Certificate valid"),
    "expiring": _("Run out in 90 days"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One measure, in an earlier release and in this one; None where it is hidden."""

    before: Band | None
    now: Band | None

    @property
    def is_same(self) -> bool:
        """Say whether both lie in the same band: it may have changed within."""
        return self.before is not None and self.before == self.now

    @property
    def by(self) -> Band | None:
        """Return between which two it changed; None where one of the two is hidden."""
        if self.before is None or self.now is None:
            return None
        return self.now.change_from(self.before)


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its measures; `share` is in percent, of `whole`."""

    code: str
    name: str
    told: list[Band | None]
    part: Band | None
    whole: Band | None
    before: list[Band | None] | None = None

    @property
    def share(self) -> Band | None:
        if self.part is None or self.whole is None:
            return None
        return self.part.share_of(self.whole)

    @property
    def changes(self) -> list[Change]:
        return [
            Change(*pair) for pair in zip(self.before or [], self.told, strict=False)
        ]


@dataclass(frozen=True, slots=True)
class Board:
    """A release in one language, and an earlier one to compare it with, if asked.

    As the secretariat is told it, or, `public`, as everybody is.
    """

    release: Release
    language: str
    earlier: Release | None = None
    public: bool = False

    @property
    def figures(self) -> Figures:
        return told_in(self.release, public=self.public)

    @property
    def names(self) -> Names:
        return Names(self.release.names, self.language)

    def row(self, place: Place, name: str, code: str) -> Row:
        told = self.figures.at(place)
        earlier = self.earlier and told_in(self.earlier, public=self.public)
        before = earlier.at(place) if earlier else None
        whole, part = (
            (told[OBLIGED], told[VALID]) if len(told) == len(MEASURES) else (None, None)
        )
        return Row(code, name, told, part, whole, before)

    def total(self, country: str = ALL) -> Row:
        name = self.names.of(COUNTRIES, country)
        return self.row((ALL, country, ALL), name, country)

    def countries(self) -> list[Row]:
        """Return the countries by the alphabet: nobody is ranked."""
        return _by_name(self.total(country) for country in self.figures.countries())

    def columns(self, table: str, country: str = ALL) -> list[Row]:
        """Return the rows of a table for the region or a country, by the alphabet."""
        return _by_name(
            self.row((table, country, code), self.names.of(table, code), code)
            for code in self.figures.columns(table, country)
        )

    def months(self, country: str = ALL) -> list[Row]:
        """Return the months, the earliest first, each as a part of all completed."""
        whole = self.total(country).told[COMPLETED]
        codes = self.figures.columns("months", country)
        rows = []
        for code in sorted(codes, key=lambda code: (code[:1].isdigit(), code)):
            told = self.figures.at(("months", country, code))
            name = self.names.of("months", code)
            rows.append(Row(code, name, told, told[0], whole))
        return rows


def _by_name(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: folded_text(row.name))
