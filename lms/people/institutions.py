"""Reading the list of institutions from a file."""

import csv
from pathlib import Path

from django.db import transaction

from lms.people.models import Institution

FACTS = ("country", "kind", "name_es", "name_en")


@transaction.atomic
def load_institutions(path: Path, *, overwrite: bool = False) -> int:
    """Make the institutions of a CSV file that are missing; return how many.

    Those that are there stay as they are, unless the file is to overwrite them.

    Columns: code, country, kind, name_es, name_en, parent (a code of the file, or
    nothing). A code is never changed; an institution that left the file stays.
    """
    rows, known = _rows(path), _known()
    if not overwrite:
        rows = [row for row in rows if row["code"] not in known]
    written = sum(_write(row, known) for row in rows)
    return written + sum(_place(row, known) for row in rows)


def institutions_that_differ(path: Path) -> list[str]:
    """Return which institutions are other ones than their file says, and in what."""
    known = _known()
    found = []
    for row in _rows(path):
        if one := known.get(row["code"]):
            names = [name for name in FACTS if getattr(one, name) != row[name]]
            parent = one.parent.code if one.parent else ""
            names += ["parent"] if parent != row["parent"] else []
            found += [f"{one.code}: {', '.join(names)}"] if names else []
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _known() -> dict[str, Institution]:
    return {row.code: row for row in Institution.objects.select_related("parent")}


def _write(row: dict[str, str], known: dict[str, Institution]) -> bool:
    facts = {name: row[name] for name in FACTS}
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
