"""What does a release look like as open data: tables (CSV) and their description?"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from certificates.figures.freezing import Figures, told_in
from certificates.figures.naming import Names
from certificates.figures.tables import COUNTRIES, NAMES, lines, measures_of
from certificates.models import Release
from lms.cells import as_csv

WHOLE = "ALL"  # the code of all countries together
SINGULAR = {
    "courses": "course",
    "professions": "profession",
    "institutions": "institution",
    "months": "month",
}
TITLES = {
    "countries": _("Obligations by country"),
    "courses": _("Obligations by country and course"),
    "professions": _("Obligations by country and profession"),
    "institutions": _("Obligations by country and institution"),
    "months": _("Completed obligations by country and month of completion"),
}
MEANING = {
    "country": _(
        "Country, by the two letters of ISO 3166-1; ALL: all together; ZZ: none told"
    ),
    "course": _("Course, by its identifier"),
    "profession": _("Profession, by its code"),
    "institution": _("Institution, by its code"),
    "month": _("Month of completion (YYYY-MM)"),
    "es": _("The same, by its name in Spanish"),
    "en": _("The same, by its name in English"),
    "obliged": _("Obligations: one person and one course, enrolled or assigned"),
    "completed": _("Of those, the completed ones"),
    "valid": _("Of those, the ones whose certificate stands on the day"),
    "expiring": _("Of those, the ones whose certificate runs out within 90 days"),
}
ENDS = {"least": _("at least so many"), "most": _("at most so many")}
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


PREVIEW = 3  # lines; a telephone shows them beside what the columns mean


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: what it says, and its cells in the first lines."""

    name: str
    meaning: str
    first: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A table as it may be downloaded, in the words of the active language."""

    table: str
    title: str
    lines: int
    columns: list[Column]


def file_of(release: Release, table: str) -> File:
    """Describe a table of the open data for somebody who has not opened it."""
    told = told_in(release, public=True)
    first = list(islice(_rows(told, release.names, table), PREVIEW))
    cells = zip(*first, strict=True) if first else [()] * len(columns_of(table))
    columns = [
        Column(name, meaning_of(name), of_column)
        for name, of_column in zip(columns_of(table), cells, strict=True)
    ]
    number = sum(1 for each in lines(told, table))
    return File(table, str(TITLES[table]), number, columns)


def meaning_of(column: str) -> str:
    """Say in the active language what a column of any table holds."""
    if column in MEANING:
        return str(MEANING[column])
    subject, _sep, last = column.rpartition("_")
    if last in ENDS:
        return f"{MEANING[subject]}: {ENDS[last]}"
    return str(MEANING[last])


def columns_of(table: str) -> list[str]:
    """Return the heading of a table."""
    place = ["country", "country_es", "country_en"]
    if table != COUNTRIES:
        one = SINGULAR[table]
        place += [one] if table == "months" else [one, f"{one}_es", f"{one}_en"]
    return [*place, *(f"{m}_{end}" for m in measures_of(table) for end in ENDS)]


def csv_of(release: Release, table: str, *, public: bool) -> str:
    """Return a table of a release: between which two each figure lies.

    Of a hidden one both cells are empty.
    """
    told = told_in(release, public=public)
    return as_csv([columns_of(table), *_rows(told, release.names, table)])


def _rows(told: Figures, kept: dict[str, Any], table: str) -> Iterator[list[object]]:
    names = [Names(kept, language) for language in ("es", "en")]
    for line in lines(told, table):
        row: list[object] = [line.country or WHOLE]
        row += [each.of(COUNTRIES, line.country) for each in names]
        if table != COUNTRIES:
            row.append(line.column)
        if table not in (COUNTRIES, "months"):
            row += [each.of(table, line.column) for each in names]
        for band in line.told:
            row += ["", ""] if band is None else [band.least, band.most]
        yield row


def package(release: Release, *, site: str) -> dict[str, Any]:
    """Describe the open data of a release as a tabular data package (Frictionless).

    It is for machines, and speaks English whatever the language of who asks.
    """
    with override("en"):
        resources = [_resource(release, table) for table in NAMES]
    return {
        "profile": "tabular-data-package",
        "name": f"campus-figures-{release.week.lower()}",
        "title": f"Campus: training on trafficking in persons, {release.week}",
        "description": (
            f"As of {release.as_of.isoformat(timespec='minutes')}. Every figure is "
            f"told as a band of {release.public_threshold} or wider: it lies between "
            "“least” and “most”, both included. Empty cells are hidden: a band would "
            "let a group of fewer people be reckoned. Country ALL is all of them "
            "together. A month is told once it is over, and stays as it was told first."
        ),
        "homepage": site,
        "version": release.week,
        "created": release.made_at.isoformat(timespec="seconds"),
        "licenses": [LICENCE],
        "resources": resources,
    }


def _resource(release: Release, table: str) -> dict[str, Any]:
    written = csv_of(release, table, public=True).encode()
    key = ["country"] if table == COUNTRIES else ["country", SINGULAR[table]]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "title": str(TITLES[table]),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(written),
        "hash": f"sha256:{sha256(written).hexdigest()}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "lineTerminator": "\r\n"},
        "schema": {
            "fields": [_field(name, table) for name in columns_of(table)],
            "missingValues": [""],
            "primaryKey": key,
        },
    }


def _field(name: str, table: str) -> dict[str, Any]:
    described: dict[str, Any] = {"name": name, "description": meaning_of(name)}
    if name.rpartition("_")[0] in measures_of(table):
        return described | {"type": "integer", "constraints": {"minimum": 0}}
    return described | {"type": "string"}
