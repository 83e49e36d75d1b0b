"""What does a person take with them? Everything registered, as a file they can read.

One query or few for each kind of record, however many rows there are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from lms.people.models import User
from lms.people.records import Record, Rows, declared

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of record: English names, values as they are to be written."""

    what: str
    rows: list[Row]
    withheld: str = ""


def sections_of(person: User, *, language: str) -> list[Section]:
    """Return what is recorded about the person, and what is said of it in a language.

    Titles and answers are in it where they were told in it.
    """
    with override(language):
        # Apps declare from the top floor down; a reader begins with who they are.
        records = sorted(declared(), key=lambda one: one.model != "lms.User")
        return [_section(record, person, language) for record in records]


def _section(record: Record, person: User, language: str) -> Section:
    match record.export:
        case str(why):
            return Section(record.what, [], withheld=why)
        case Rows(path):
            return Section(record.what, import_string(path)(person, language))
        case words:
            return Section(record.what, _rows(record, words, person, language))


def _rows(
    record: Record, words: Mapping[str, str], person: User, language: str
) -> list[Row]:
    paths = [path.format(language=language) for path in words]
    choices = [_choices(record, path) for path in paths]
    found = record.rows_of(person).order_by("pk").values_list(*paths)
    return [
        {
            word: _in_words(value, told, language, is_ours=column in record.in_words)
            for column, word, value, told in zip(
                words, words.values(), row, choices, strict=True
            )
        }
        for row in found
    ]


def _choices(record: Record, path: str) -> dict:
    """Return value → words for a column whose values are choices."""
    model, field = record.load(), None
    for step in path.split("__"):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            return {}
        model = field.related_model or model
    return dict(field.flatchoices) if isinstance(field, Field) else {}


def _in_words(value: Any, choices: Mapping, language: str, *, is_ours: bool) -> Any:
    """Return a choice by its words and a text in the language."""
    if is_ours and value:
        return _(value)
    if isinstance(value, str) and value in choices:
        return str(choices[value])
    if isinstance(value, dict) and set(value) & set(dict(settings.LANGUAGES)):
        return value.get(language) or next(iter(value.values()))
    return value


def as_json(person: User, *, language: str, at: datetime) -> str:
    """Return the export for a machine: dates in ISO 8601, and keys that stay the same.

    Keys are English whoever asks, so that a program may rely on them; whatever is said
    in words is in the reader's language, as it is on the page.
    """
    kinds: dict[str, list[Row]] = {}
    withheld: dict[str, str] = {}
    for section in sections_of(person, language=language):
        if section.withheld:
            with override(language):
                withheld[section.what] = _(section.withheld)
        else:
            kinds.setdefault(section.what, []).extend(section.rows)
    document = {
        "site": settings.SITE_NAME,
        "made at": at.isoformat(),
        "records": kinds,
        "not in this file": withheld,
    }
    return json.dumps(document, default=_plain, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> str:
    """Return a value that JSON has no kind for as words."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def as_html(person: User, *, language: str, at: datetime) -> str:
    """Return the export for a reader, in one file that needs nothing else."""
    sections = [one for one in sections_of(person, language=language) if one.rows]
    with override(language):
        facts = {
            "at": at,
            "language": language,
            "site_name": settings.SITE_NAME,
            "sections": [
                (
                    _(section.what),
                    [
                        [(_(word), _shown(value)) for word, value in row.items()]
                        for row in section.rows
                    ],
                )
                for section in sections
            ],
        }
        return render_to_string("people/export_file.html", facts)


def _shown(value: Any) -> str:
    """Return a value as a reader writes it, in the active language."""
    match value:
        case None | "" | []:
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        case date():
            return date_format(value, "DATE_FORMAT")
        case str():
            return value
        case Sequence():
            return "; ".join(str(one) for one in value)
        case _:
            return str(value)
