"""The wordings to avoid, read from `terminology.csv`."""

import csv
from dataclasses import dataclass
from pathlib import Path
from re import fullmatch
from typing import Any

from courses.loader import by_hand
from courses.loader.files import read_text
from courses.loader.glossary import KEY
from courses.loader.library import LANGUAGES
from courses.loader.reasons import Reasons
from courses.loader.report import Report
from courses.models import GlossaryTerm, Wording
from courses.words.patterns import fault_of

FILE = "terminology.csv"
TEXTS = {"reason": "reasons", "exception": "exceptions"}
NAMES = [
    "key",
    "lang",
    "pattern",
    "use_instead",
    "severity",
    "discussed",
    *[f"{name}_{language}" for name in TEXTS for language in LANGUAGES],
]


@dataclass(frozen=True, slots=True)
class WrittenWording:
    """A wording as the file says it should be; `term` is a key of the glossary."""

    key: str
    term: str
    fields: dict[str, Any]


def read_wordings(
    root: Path, *, terms: set[str], reasons: Reasons
) -> list[WrittenWording]:
    """Return the wordings of the file; none when there is no file.

    `terms`: the keys that the glossary is about to have besides those it has.
    """
    path = root / FILE
    text = path.exists() and read_text(path, name=FILE, reasons=reasons)
    if not text:
        return []
    reader = csv.DictReader(text.splitlines())
    if sorted(reader.fieldnames or []) != sorted(NAMES):
        reasons.say(FILE, f"its columns are {', '.join(NAMES)}")
        return []
    rows = list(reader)
    known = terms | set(GlossaryTerm.objects.values_list("key", flat=True))
    for row in rows:
        _check(row, known, reasons)
    for names in (("key",), ("lang", "pattern")):
        _refuse_doubles(rows, names, reasons)
    return [_wording(row) for row in rows]


def write_wordings(
    wordings: list[WrittenWording], *, overwrite: bool, report: Report
) -> None:
    """Store each wording; one that a person changed or deleted stays so."""
    stored = {row.key: row for row in Wording.objects.all()}
    terms = dict(GlossaryTerm.objects.values_list("key", "pk"))
    tally = report.wordings
    for wording in wordings:
        row, name = stored.get(wording.key), f"{FILE} {wording.key}"
        if wording.term not in terms:
            report.left_alone.append(f"its term was deleted by hand: {name}")
            continue
        fields = wording.fields | {"term_id": terms[wording.term]}
        gone = row is None and by_hand.was_taken_off(Wording, wording.key)
        if gone and not overwrite:
            report.left_alone.append(f"deleted by hand: {name}")
        elif row is None:
            Wording.objects.create(key=wording.key, **fields)
            tally.new += 1
        elif all(getattr(row, field) == value for field, value in fields.items()):
            tally.unchanged += 1
        elif by_hand.was_changed(row) and not overwrite:
            report.left_alone.append(f"edited by hand: {name}")
        else:
            Wording.objects.filter(pk=row.pk).update(**fields)
            tally.changed += 1


def _check(row: dict[str, str], known: set[str], reasons: Reasons) -> None:
    place = f"{FILE} {row['key']}"
    if None in row or None in row.values():
        reasons.say(place, "this row has more or fewer parts than there are columns")
        return
    if not fullmatch(KEY, row["key"]):
        reasons.say(place, "key is small letters and digits, with - between them")
    if row["lang"] not in LANGUAGES:
        reasons.say(place, f"lang is none of {', '.join(LANGUAGES)}")
    if fault := fault_of(row["pattern"]):
        reasons.say(place, f"the pattern is {fault}")
    if row["use_instead"] not in known:
        reasons.say(place, f"the glossary has no term {row['use_instead']}")
    if row["severity"] not in Wording.Severity.values:
        reasons.say(place, f"severity is none of {', '.join(Wording.Severity.values)}")
    if row["discussed"] not in {"", "yes"}:
        reasons.say(place, "discussed is yes or nothing")
    if not all(row[f"reason_{language}"].strip() for language in LANGUAGES):
        reasons.say(place, "reason lacks a language")


def _refuse_doubles(rows: list[dict], names: tuple[str, ...], reasons: Reasons) -> None:
    seen = set()
    for row in rows:
        said = tuple(row[name] for name in names)
        if said in seen:
            reasons.say(f"{FILE} {row['key']}", f"{' and '.join(names)} stand twice")
        seen.add(said)


def _wording(row: dict[str, str]) -> WrittenWording:
    texts = {
        field: {language: row[f"{name}_{language}"] for language in LANGUAGES}
        for name, field in TEXTS.items()
    }
    fields = {
        "language": row["lang"],
        "pattern": row["pattern"],
        "plain": "",
        "severity": row["severity"],
        "discussed": row["discussed"] == "yes",
    }
    return WrittenWording(row["key"], row["use_instead"], fields | texts)
