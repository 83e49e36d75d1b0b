"""What might somebody ask, and who? Drawn by dice from what there is."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from certificates.recount.answers import Recount
from certificates.recount.rows import Row, Rows
from certificates.reports.filters import Asked

STATES = ("not-begun", "in-progress", "late", "completed", "withdrawn")
STANDINGS = ("none", "valid", "expired", "revoked", "suspended", "superseded")
TRACKS = ("judge", "prosecutor", "opi", "other")
DATED = ("enrolled", "due", "completed", "expires")
SORTS = ("name", "due", "last", "expires", "institution", "changed")
GROUPS = ("country", "institution", "track", "cohort", "course", "edition")
GROUPS += ("language", "state", "standing")
ENDS = ("other_from", "other_until", "from_on", "until_on")
YEARS, AHEAD = 900, 120  # days back and forth among which days are drawn
SEES = 0.9  # how often somebody asks who sees anything
KINDS = ("none", "none", "none", "from", "until", "both", "compared")
NARROWS = 0.15  # how often each filter is used


def questions(
    recount: Recount, *, number: int, seed: int, on: date
) -> Iterator[tuple[int, Asked]]:
    """Yield so many questions with who asks; the same seed, the same ones.

    The first is that of whoever sees most: all, by institution and course.
    """
    dice = Random(seed)  # noqa: S311 - draws questions, keeps no secret
    everybody = readers_of(recount.rows)
    seeing = [one for one in everybody if recount.named(one, on=on)]
    yield (
        max(seeing, key=lambda one: len(recount.named(one, on=on))),
        Asked(group="institution", then="course"),
    )
    for _number in range(number - 1):
        reader = dice.choice(seeing if dice.random() < SEES else everybody)
        yield reader, one_question(recount, reader, dice, on=on)


def readers_of(rows: Rows) -> list[int]:
    """Return who asks: all who hold a ministry's mandate, whole countries first."""
    held = [
        (one["institution_id"] is not None, holder)
        for holder, mandates in rows.mandates.items()
        for one in mandates
        if one["role"] == "ministry" and holder
    ]
    return list(dict.fromkeys(holder for _narrow, holder in sorted(held)))


def one_question(recount: Recount, reader: int, dice: Random, *, on: date) -> Asked:
    """Return a question: some filters, mostly a period, mostly groups."""
    choices = _choices(recount, reader, on=on)
    seen = recount.named(reader, on=on)
    fits = _of_row(recount.rows, dice.choice(seen)) if seen else {}
    given: dict[str, Any] = {}
    for name in sorted(choices):
        if choices[name] and dice.random() < NARROWS:
            given[name] = fits.get(name) or dice.choice(choices[name])
    given |= _periods(dice, on=on) | _groups(dice)
    if dice.random() < NARROWS:
        given["valid_on"] = on + timedelta(days=dice.randint(-YEARS, YEARS))
    return Asked(**given, sort=dice.choice(SORTS))


def _of_row(rows: Rows, row: Row) -> dict[str, Any]:
    """Return filters that this row fits, so that not every question has no answer."""
    return {
        "country": row["country"],
        "institution": row["institution"],
        "cohort": rows.cohorts[row["cohort"]]["uuid"] if row["cohort"] else None,
        "edition": row["edition"],
        "track": row["track"],
    }


def _choices(recount: Recount, reader: int, *, on: date) -> dict[str, Sequence[Any]]:
    """Return what a form would let them choose: what is in their own sight."""
    rows, places = recount.rows, sorted(recount.covered(reader, on=on))
    cohorts = sorted({row["cohort"] for row in recount.named(reader, on=on)} - {None})
    return {
        "country": sorted({rows.institutions[place]["country"] for place in places}),
        "institution": places,
        "cohort": [rows.cohorts[cohort]["uuid"] for cohort in cohorts],
        "course": sorted(one["code"] for one in rows.courses.values()),
        "edition": sorted(rows.editions),
        "track": TRACKS,
        "state": STATES,
        "standing": STANDINGS,
    }


def _periods(dice: Random, *, on: date) -> dict[str, Any]:
    """Return a period, open on a side or not, now and then another beside it."""
    days = sorted(on + timedelta(days=dice.randint(-YEARS, AHEAD)) for _end in ENDS)
    ends = dict(zip(ENDS, days, strict=True))
    kind = dice.choice(KINDS)
    wanted = {
        "none": (),
        "from": ("from_on",),
        "until": ("until_on",),
        "both": ("from_on", "until_on"),
        "compared": ENDS,
    }[kind]
    found: dict[str, Any] = {name: ends[name] for name in wanted}
    return found | ({"dated": dice.choice(DATED)} if found else {})


def _groups(dice: Random) -> dict[str, str]:
    group, then = dice.sample(GROUPS, 2)
    return {"group": group} | ({"then": then} if dice.random() < 0.5 else {})
