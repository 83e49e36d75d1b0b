"""The words of the courses, read from `glossary.yaml`."""

from dataclasses import dataclass
from pathlib import Path
from re import fullmatch
from typing import Any

from courses.loader import by_hand
from courses.loader.files import read_text, read_yaml
from courses.loader.library import LANGUAGES, SOURCE
from courses.loader.reasons import Reasons
from courses.loader.report import Report
from courses.models import GlossaryTerm

FILE = "glossary.yaml"
KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# What each name of the file is a field of.
TEXTS = {
    "name": "names",
    "definition": "definitions",
    "source": "sources",
    "avoid": "avoid",
    "why": "whys",
}
NAMES = {"key", "words", *TEXTS}


@dataclass(frozen=True, slots=True)
class WrittenTerm:
    """A term as the file says it should be."""

    key: str
    fields: dict[str, Any]


def read_terms(root: Path, *, reasons: Reasons) -> list[WrittenTerm]:
    """Return the terms of the file; none when there is no file."""
    path = root / FILE
    text = path.exists() and read_text(path, name=FILE, reasons=reasons)
    rows = text and read_yaml(text, name=FILE, first_line=1, reasons=reasons)
    if not rows:
        return []
    if not isinstance(rows, list):
        reasons.say(FILE, "the file is a list of terms")
        return []
    terms = [term for row in rows if (term := _term(row, reasons))]
    keys = [term.key for term in terms]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        reasons.say(f"{FILE} {key}", "there are two terms with this key")
    return terms


def write_terms(terms: list[WrittenTerm], *, overwrite: bool, report: Report) -> None:
    """Store each term; one that a person changed or deleted stays so."""
    stored = {term.key: term for term in GlossaryTerm.objects.all()}
    tally = report.terms
    for term in terms:
        row = stored.get(term.key)
        label = term.fields["names"][SOURCE]
        gone = row is None and by_hand.was_taken_off(
            GlossaryTerm, term.key, label=label
        )
        if gone and not overwrite:
            report.left_alone.append(f"deleted by hand: {FILE} {term.key}")
        elif row is None:
            GlossaryTerm.objects.create(key=term.key, **term.fields)
            tally.new += 1
        elif all(getattr(row, name) == value for name, value in term.fields.items()):
            tally.unchanged += 1
        elif by_hand.was_changed(row) and not overwrite:
            report.left_alone.append(f"edited by hand: {FILE} {term.key}")
        else:
            GlossaryTerm.objects.filter(pk=row.pk).update(**term.fields)
            tally.changed += 1


def _term(row: Any, reasons: Reasons) -> WrittenTerm | None:
    if not isinstance(row, dict) or set(row) != NAMES:
        reasons.say(FILE, f"a term has {', '.join(sorted(NAMES))}; here {row!r:.80}")
        return None
    key, place, said = row["key"], f"{FILE} {row['key']}", len(reasons)
    if not isinstance(key, str) or not fullmatch(KEY, key):
        reasons.say(place, "key is small letters and digits, with - between them")
    for name in TEXTS:
        if not _is_in_every_language(row[name], _is_text):
            reasons.say(place, f"{name} lacks a language")
    if not _is_in_every_language(row["words"], _are_texts):
        reasons.say(place, "words is a list in each language, perhaps an empty one")
    if len(reasons) > said:
        return None
    fields = {field: row[name] for name, field in TEXTS.items()}
    return WrittenTerm(key, fields | {"words": row["words"]})


def _is_in_every_language(value: Any, fits) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(LANGUAGES)
        and all(fits(part) for part in value.values())
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(_is_text(word) for word in value)
