"""Reading the list of institutions from a file."""

import csv
from pathlib import Path

from django.db import transaction

from lms.people.models import Institution


@transaction.atomic
def load_institutions(path: Path, *, only_new: bool = False) -> int:
    """Make or correct the institutions of a CSV file; return how many were written.

    `only_new` leaves those that are there as somebody may have edited them.

    Columns: code, country, kind, name_es, name_en, parent (a code of the file, or
    nothing). A code is never changed; an institution that left the file stays.
    """
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    known = {row.code: row for row in Institution.objects.select_related("parent")}
    if only_new:
        rows = [row for row in rows if row["code"] not in known]
    written = sum(_write(row, known) for row in rows)
    return written + sum(_place(row, known) for row in rows)


def _write(row: dict[str, str], known: dict[str, Institution]) -> bool:
    facts = {name: row[name] for name in ("country", "kind", "name_es", "name_en")}
    one = known.get(row["code"]) or Institution(code=row["code"])
    if one.pk and all(getattr(one, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(one, name, value)
    one.full_clean(exclude=["parent"])
    one.save()
    known[one.code] = one
    return True


def _place(row: dict[str, str], known: dict[str, Institution]) -> bool:
    one, parent = known[row["code"]], known.get(row["parent"])
    if one.parent == parent:
        return False
    one.parent = parent
    one.save(update_fields=["parent"])
    return True
