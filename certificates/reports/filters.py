"""What is asked of a report: of whom, of which courses, of when, in which groups?"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both counted; None: open on that side."""

    from_on: date | None = None
    until_on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.from_on or self.until_on)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a report. Empty ones do not narrow.

    `institution` (a key) takes those below it along. `dated` names the day that falls
    between `from_on` and `until_on`. `valid_on` is the day on which certificates are
    looked at; None: today. `group` and `then` are the groups of the figures, and
    `other_from`/`other_until` the period that is set beside the first one.
    """

    country: str = ""
    institution: int | None = None
    track: str = ""
    cohort: UUID | None = None
    course: str = ""
    edition: int | None = None
    state: str = ""
    standing: str = ""
    valid_on: date | None = None
    dated: str = "enrolled"
    from_on: date | None = None
    until_on: date | None = None
    other_from: date | None = None
    other_until: date | None = None
    group: str = ""
    then: str = ""
    sort: str = "name"

    @classmethod
    def from_clean(cls, given: Mapping[str, object]) -> Self:
        """Return what a form made of an address; empty answers do not narrow."""
        names = [field.name for field in fields(cls)]
        return cls(**{name: given[name] for name in names if given.get(name)})

    def as_query(self) -> dict[str, str]:
        """Return what is asked as the words of an address, without what is usual."""
        usual = Asked()
        return {
            field.name: _in_words(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != getattr(usual, field.name)
        }

    def of_place(self) -> Self:
        """Return what is asked as far as it says where people are, and nothing else."""
        return type(self)(country=self.country, institution=self.institution)

    @property
    def period(self) -> Period:
        return Period(self.from_on, self.until_on)

    @property
    def other(self) -> Period:
        return Period(self.other_from, self.other_until)

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for less than everybody in sight."""
        how = {"group", "then", "sort", "dated", "valid_on"}
        return bool(self.as_query().keys() - how)


def _in_words(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
