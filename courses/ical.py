"""How is a list of days written as a calendar (RFC 5545, iCalendar)?

Only what is needed here: events that last a day or more, at no hour. The section of the
RFC stands beside each rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE = 75  # octets, without the line break (3.1)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day, or until another; its `uid` stays the same."""

    uid: str
    day: date
    summary: str
    url: str
    until: date | None = None  # its last day
    place: str = ""


def calendar(entries: Iterable[Entry], *, name: str, at: datetime) -> str:
    """Return the calendar as text with CRLF at the end of each line (3.4, 3.6).

    `at` is the moment it is drawn, which each entry says of itself (3.8.7.2).
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escaped(name)}//{escaped(name)}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for entry in entries for line in _event(entry, at)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(entry: Entry, at: datetime) -> list[str]:
    """Return an event that ends when the day after begins and keeps nobody busy."""
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{(entry.until or entry.day) + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(entry.summary)}",
        *([f"LOCATION:{escaped(entry.place)}"] if entry.place else []),
        f"URL:{entry.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """Return a text as a value of the type TEXT (3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """Return the line in pieces of at most 75 octets, no character cut in two (3.1)."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return "\r\n".join([*pieces, piece])
