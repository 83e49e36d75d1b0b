"""When is a report made at once, who else must agree, until when is its file there?"""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

MOST_AT_ONCE = 5_000  # rows
GROWN = 110  # percent of the people whom a second person agreed to
MOST_RECIPIENTS = 20
LAST_DAY = 28  # every month has it
MORNING = time(6)
DAY = timedelta(days=1)


class State(StrEnum):
    """What became of a file that somebody asked for."""

    WAITING = "waiting"  # for a second person
    REFUSED = "refused"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    OVER = "over"


class Every(StrEnum):
    """How often a schedule makes its files."""

    WEEK = "week"
    MONTH = "month"


def is_made_at_once(*, rows: int, people: int, limit: int, format_may: bool) -> bool:
    """Whether somebody waits for the file on the page they asked on."""
    return format_may and rows <= MOST_AT_ONCE and not needs_second(people, limit=limit)


def needs_second(people: int, *, limit: int) -> bool:
    """Whether so many people leave the platform only if a second person agrees."""
    return people > limit


def asking_refusals(
    *,
    holds_mandate: bool,
    rows: int,
    most_rows: int | None,
    large: bool,
    says_why: bool,
) -> list[str]:
    """Return why a file cannot be asked for: stable words, none when it can."""
    return [
        reason
        for reason, holds in [
            ("no-mandate", not holds_mandate),
            ("too-long", most_rows is not None and rows > most_rows),
            ("reason-missing", large and not says_why),
        ]
        if holds
    ]


def may_be_made(
    *, rows: int, most_rows: int | None, people: int, agreed: int | None, limit: int
) -> list[str]:
    """Return why the file is not made: stable words, none when it is.

    `agreed` are the people whom a second person agreed to; None: nobody was asked.
    """
    grown = needs_second(people, limit=limit)
    if agreed is not None:
        grown = people * 100 > agreed * GROWN
    return [
        reason
        for reason, holds in [
            ("too-long", most_rows is not None and rows > most_rows),
            ("grown", grown),
        ]
        if holds
    ]


def state_of(
    *,
    needs_second: bool,
    approved: bool,
    turned_down: bool,
    ready: bool,
    failed: bool,
    until_at: datetime | None,
    at: datetime,
) -> State:
    """Return what became of a file, as of that moment."""
    if failed:
        return State.FAILED
    if turned_down:
        return State.REFUSED
    if ready:
        return State.READY if until_at and until_at > at else State.OVER
    return State.WAITING if needs_second and not approved else State.MAKING


def next_run(every: Every, day: int, *, after: datetime, zone: tzinfo) -> datetime:
    """Return the next morning of the schedule that lies after a moment.

    `day` is that of the week, Monday being 0, or that of the month, 1 to 28.
    """
    local = after.astimezone(zone)
    on = local.date() + (DAY if local.time() >= MORNING else timedelta())
    while not _is_its_day(every, day, on):
        on += DAY
    return datetime.combine(on, MORNING, tzinfo=zone)


def _is_its_day(every: Every, day: int, on: date) -> bool:
    return (on.weekday() if every == Every.WEEK else on.day) == day


def part_asked(header: str, *, size: int) -> tuple[int, int] | None:
    """Return first and last byte of what a `Range` header asks for (RFC 9110).

    None: the whole file. Of several parts in one header, and of what cannot be read,
    the whole file is the answer that is always right. Raises `ValueError` for a part
    that the file does not have.
    """
    unit, _sign, asked = header.partition("=")
    first, dash, last = (word.strip() for word in asked.partition("-"))
    if unit.strip() != "bytes" or not dash or not _are_numbers(first, last):
        return None
    if not first:
        begin, end = max(0, size - int(last)), size - 1
    else:
        begin, end = int(first), min(int(last or size), size - 1)
        if last and int(last) < begin:
            return None
    if begin >= size or (not first and not int(last)):
        raise ValueError("The file ends before that part.")
    return begin, end


def _are_numbers(first: str, last: str) -> bool:
    together = first + last
    return together.isascii() and together.isdigit() and len(together) < 40
