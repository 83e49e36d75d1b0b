"""Which country notes are missing, or waiting for somebody to check them again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter

from courses.blocks import Topic
from courses.models import CountryNote
from courses.models.country_notes import CONTACTS_STAND_FOR, NOTES_STAND_FOR
from courses.models.editions import in_language
from lms.people.choices import Country
from lms.people.countries import by_name


class State(StrEnum):
    """How a note stands: readers see those that are old, and not those hidden."""

    MISSING = "missing"
    HIDDEN = "hidden"
    OLD = "old"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Cell:
    """What there is of a topic in a country."""

    country: Country
    topic: Topic
    note: CountryNote | None
    state: State


@dataclass(frozen=True, slots=True)
class Contact:
    """Who keeps the contacts of a country, and until when they are shown."""

    cell: Cell
    owner: str
    shown_until: date


@dataclass(frozen=True, slots=True)
class Grid:
    """Countries by topics; `rows` are in the order of the countries' names."""

    rows: list[tuple[Country, list[Cell]]]
    contacts: list[Contact]
    counts: dict[str, int]


def state_of(topic: str, checked_on: date | None, *, on: date) -> State:
    """Return how a note stands that day; `checked_on`: None when there is none."""
    if checked_on is None:
        return State.MISSING
    if topic == Topic.CONTACTS and checked_on < on - CONTACTS_STAND_FOR:
        return State.HIDDEN
    return State.OLD if checked_on < on - NOTES_STAND_FOR else State.STANDS


def grid_of(*, language: str, on: date) -> Grid:
    """Return what there is and what is not; one query."""
    notes = {(note.country, note.topic): note for note in CountryNote.objects.all()}
    countries = [Country(code) for code, _name in by_name()]
    rows = [
        (country, [_cell(country, topic, notes, on) for topic in Topic])
        for country in countries
    ]
    cells = [cell for _country, row in rows for cell in row]
    states = [cell.state for cell in cells]
    return Grid(
        rows=rows,
        contacts=sorted(_contacts(cells, language), key=attrgetter("shown_until")),
        counts={state.value: states.count(state) for state in State},
    )


def _cell(country: Country, topic: Topic, notes: dict, on: date) -> Cell:
    note = notes.get((country, topic))
    checked_on = note.checked_on if note else None
    return Cell(country, topic, note, state_of(topic, checked_on, on=on))


def _contacts(cells: list[Cell], language: str) -> list[Contact]:
    return [
        Contact(
            cell,
            owner=in_language(cell.note.owners, language),
            shown_until=cell.note.checked_on + CONTACTS_STAND_FOR,
        )
        for cell in cells
        if cell.topic == Topic.CONTACTS and cell.note
    ]
