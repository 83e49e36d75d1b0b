"""What might somebody ask, and who? Drawn by dice from what there is."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from certificates.recount.answers import Recount
from certificates.recount.rows import Rows
from certificates.reports.filters import Asked

STATES = ("not-begun", "in-progress", "late", "completed", "withdrawn")
STANDINGS = ("none", "valid", "expired", "revoked", "superseded")
TRACKS = ("judge", "prosecutor", "opi", "other")
DATED = ("enrolled", "due", "completed", "expires")
SORTS = ("name", "due", "last", "expires", "institution", "changed")
GROUPS = ("country", "institution", "track", "cohort", "course", "edition")
GROUPS += ("language", "state", "standing")
ENDS = ("other_from", "other_until", "from_on", "until_on")
YEARS = 900  # days back and forth among which days are drawn
NARROWS = 0.15  # how often each filter is used


def questions(
    recount: Recount, *, number: int, seed: int, on: date
) -> Iterator[tuple[int, Asked]]:
    """Yield so many questions with who asks; the same seed, the same ones.

    The first is that of somebody who sees a country: all, by institution and course.
    """
    dice = Random(seed)  # noqa: S311 - draws questions, keeps no secret
    readers = readers_of(recount.rows)
    yield readers[0], Asked(group="institution", then="course")
    for _number in range(number - 1):
        reader = dice.choice(readers)
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
    given: dict[str, Any] = {}
    for name, choices in sorted(_choices(recount, reader, on=on).items()):
        if choices and dice.random() < NARROWS:
            given[name] = dice.choice(choices)
    given |= _periods(dice, on=on) | _groups(dice)
    if dice.random() < NARROWS:
        given["valid_on"] = on + timedelta(days=dice.randint(-YEARS, YEARS))
    return Asked(**given, sort=dice.choice(SORTS))


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
    days = sorted(on + timedelta(days=dice.randint(-YEARS, YEARS)) for _end in ENDS)
    ends = dict(zip(ENDS, days, strict=True))
    kind = dice.choice(["none", "none", "from", "until", "both", "compared"])
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
