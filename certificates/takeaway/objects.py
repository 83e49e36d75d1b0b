"""How is a report written as JSON, row by row?"""

import json
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from certificates.takeaway.sheet import Sheet, Tell


def write(sheet: Sheet, file: BinaryIO, tell: Tell) -> None:
    """Write one object: what the report says of itself, then its rows by column."""
    head = {
        "title": sheet.title,
        "as_of": in_json(sheet.as_of),
        "filters": [{"name": name, "value": value} for name, value in sheet.facts],
        "totals": [{"name": name, "value": value} for name, value in sheet.totals],
        "columns": [
            {"key": key, "heading": heading, "kind": kind}
            for key, heading, kind in zip(
                sheet.keys, sheet.headings, sheet.kinds, strict=True
            )
        ],
    }
    file.write(as_json(head)[:-1] + b',"rows":[')
    parts, written = b"\n", 0
    for some in sheet.some_rows():
        objects = (dict(zip(sheet.keys, row, strict=True)) for row in some)
        file.write(parts + b",\n".join(map(as_json, objects)))
        parts, written = b",\n", written + len(some)
        tell(written)
    file.write(b"\n]}\n")


def as_json(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=in_json)
    return text.encode()


def in_json(value: Any) -> str:
    """Return a moment in UTC, or a day, as ISO 8601 writes them; words as words."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)
