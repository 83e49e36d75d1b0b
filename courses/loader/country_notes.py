"""What countries' laws say, read from `country_notes/`, one file for each country."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from courses.blocks import RICH, Topic
from courses.loader import by_hand
from courses.loader.files import read_text, read_yaml, uuid_of
from courses.loader.library import LANGUAGES
from courses.loader.reasons import Reasons
from courses.loader.report import Report
from courses.loader.rich_text import Unstorable, stored_html
from courses.models import CountryNote
from lms.people.choices import Country

NAMES = {"id", "topic", "country", "title", "text", "sources", "checked_on", "owner"}


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """A country note as the file says it should be."""

    key: UUID
    fields: dict[str, Any]
    name: str


def read_country_notes(root: Path, *, reasons: Reasons, on: date) -> list[WrittenNote]:
    """Return the notes of every file; none when there is no file.

    Nobody can have checked a note on a day after `on`.
    """
    paths = sorted((root / "country_notes").glob("*.yaml"))
    notes = [note for path in paths for note in _notes_in(path, reasons, on)]
    _refuse_doubles(notes, reasons)
    return notes


def _notes_in(path: Path, reasons: Reasons, on: date) -> list[WrittenNote]:
    name = f"{path.parent.name}/{path.name}"
    text = read_text(path, name=name, reasons=reasons)
    rows = text and read_yaml(text, name=name, first_line=1, reasons=reasons)
    if not rows:
        return []
    if not isinstance(rows, list):
        reasons.say(name, "the file is a list of notes")
        return []
    notes = [_note(row, name=name, reasons=reasons, on=on) for row in rows]
    return [note for note in notes if note]


def write_country_notes(
    notes: list[WrittenNote], *, overwrite: bool, report: Report
) -> None:
    """Store each note; one that a person changed or deleted stays so."""
    stored = CountryNote.objects.in_bulk([note.key for note in notes])
    tally = report.country_notes
    for note in notes:
        row = stored.get(note.key)
        gone = row is None and by_hand.was_taken_off(CountryNote, note.key)
        if gone and not overwrite:
            report.left_alone.append(f"deleted by hand: {note.name}")
        elif row is None:
            CountryNote.objects.create(pk=note.key, **note.fields)
            tally.new += 1
        elif _says(row, note):
            tally.unchanged += 1
        elif by_hand.was_changed(row) and not overwrite:
            report.left_alone.append(f"edited by hand: {note.name}")
        else:
            CountryNote.objects.filter(pk=row.pk).update(
                **note.fields, called_on=_called_on(row, note)
            )
            tally.changed += 1


def _says(row: CountryNote, note: WrittenNote) -> bool:
    """Whether a row says what the file says, and was checked then or later."""
    texts = note.fields.keys() - {"checked_on"}
    same = all(getattr(row, name) == note.fields[name] for name in texts)
    return same and row.checked_on >= note.fields["checked_on"]


def _called_on(row: CountryNote, note: WrittenNote) -> date | None:
    """Return the day of the last call; nobody called what a new text names."""
    return row.called_on if row.texts == note.fields["texts"] else None


def _note(row: Any, *, name: str, reasons: Reasons, on: date) -> WrittenNote | None:
    if not isinstance(row, dict) or set(row) != NAMES:
        reasons.say(name, f"a note has {', '.join(sorted(NAMES))}; here {row!r:.80}")
        return None
    place = f"{name} {row['country']} {row['topic']}"
    said = len(reasons)
    key = uuid_of(row["id"])
    if key is None:
        reasons.say(place, f"id is {row['id']!r}; write a UUID")
    if row["country"] not in Country.values:
        reasons.say(place, f"country is none of {', '.join(Country.values)}")
    if row["topic"] not in Topic.values:
        reasons.say(place, f"topic is none of {', '.join(Topic.values)}")
    if type(row["checked_on"]) is not date:
        reasons.say(place, "checked_on is a day (2026-11-24)")
    elif row["checked_on"] > on:
        reasons.say(place, f"checked_on is after {on}: nobody checked it yet")
    sources = row["sources"] if isinstance(row["sources"], list) else [None]
    texts = [("title", row["title"]), ("text", row["text"]), ("owner", row["owner"])]
    texts += [("a source", source) for source in sources]
    for what, text in texts:
        if not _is_in_every_language(text):
            reasons.say(place, f"{what} lacks a language")
    if len(reasons) > said:
        return None
    return _as_stored(key, row, place, reasons)


def _is_in_every_language(text: Any) -> bool:
    return (
        isinstance(text, dict)
        and set(text) == set(LANGUAGES)
        and all(isinstance(part, str) and part.strip() for part in text.values())
    )


def _as_stored(
    key: UUID, row: dict, place: str, reasons: Reasons
) -> WrittenNote | None:
    try:
        texts = {
            language: stored_html(text, features=RICH, seed=str(key), pages={})
            for language, text in row["text"].items()
        }
    except Unstorable as reason:
        reasons.say(place, str(reason))
        return None
    fields = {
        "country": row["country"],
        "topic": row["topic"],
        "titles": row["title"],
        "texts": texts,
        "sources": row["sources"],
        "checked_on": row["checked_on"],
        "owners": row["owner"],
    }
    return WrittenNote(key, fields, place)


def _refuse_doubles(notes: list[WrittenNote], reasons: Reasons) -> None:
    seen = set()
    for note in notes:
        about = note.fields["country"], note.fields["topic"]
        if about in seen or note.key in seen:
            reasons.say(note.name, "there are two notes on this, or with this id")
        seen |= {about, note.key}
