"""A calendar as RFC 5545 asks for it, read back by its own rules."""

import re
from datetime import UTC, date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from courses.ical import Entry, calendar, escaped, folded

NOON = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
ENTRY = Entry("abc", date(2026, 12, 31), "Campus: fecha límite", "https://x.example/")
texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")))


def test_calendar_says_each_day_once():
    assert calendar([ENTRY], name="Campus", at=NOON).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Campus//Campus//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Campus",
        "BEGIN:VEVENT",
        "UID:abc",
        "DTSTAMP:20261102T180000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Campus: fecha límite",
        "URL:https://x.example/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(texts)
@example("a\\;b,c")
def test_what_is_escaped_is_read_back(text):
    """TSAFE-CHAR (3.3.11): no bare backslash, semicolon or comma."""
    written = escaped(text)

    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", written)
    assert re.sub(r"\\([\\;,])", r"\1", written) == text


def test_a_line_break_is_written_as_a_letter():
    assert escaped("uno\ndos\r\ntres") == "uno\\ndos\\ntres"


@given(texts)
@example("é" * 200)
@example("x" * 75)
@example("x" * 300)
def test_no_line_is_longer_than_75_octets_and_unfolds_to_itself(text):
    written = folded(text)

    lines = written.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert all(line.startswith(" ") for line in lines[1:])
    assert re.sub(r"\r\n[ \t]", "", written) == text


@given(texts, st.dates(date(1, 1, 1), date(9999, 12, 30)))
def test_whatever_the_texts_each_line_is_a_property(text, day):
    entry = Entry("abc", day, text, "https://x.example/")

    written = calendar([entry, entry], name=text, at=NOON)

    assert written.endswith("\r\n")
    assert "\n" not in written.replace("\r\n", "")
    unfolded = re.sub(r"\r\n ", "", written)
    lines = unfolded.removesuffix("\r\n").split("\r\n")
    assert all(re.match(r"[A-Z-]+(;VALUE=DATE)?:", line) for line in lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
