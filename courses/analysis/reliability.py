"""How far can a test be relied on, and which way does it err?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from courses.analysis.rules import ENOUGH, Tally


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far a test would give the same result again, and how far a total may stray.

    `error` is the standard error of measurement, in points of a test of `length`.
    """

    people: int
    length: int
    mean: float
    deviation: float
    alpha: float | None
    error: float | None


@dataclass(frozen=True, slots=True)
class Alarms:
    """Wrong answers to vignettes with the sign, and to vignettes without it."""

    misses: float | None
    false_alarms: float | None


def totals_of(tallies: Iterable[Tally]) -> Counter[tuple[int, int]]:
    """Return how many people had each total out of each length.

    Every attempt is tallied once for each of its questions.
    """
    rows: Counter[tuple[int, int]] = Counter()
    for one in tallies:
        rows[one.total, one.out_of] += one.people
    return Counter({key: number // key[1] for key, number in rows.items()})


def reliability_of(tallies: Sequence[Tally]) -> Reliability | None:
    """Return how far a test can be relied on; None where too few people took it.

    Of tests of the commonest length. Cronbach's alpha (1951), where everybody is asked
    the same questions; where they are drawn from a pool, a question's variance is the
    mean of those that were asked, each as often as it was.
    """
    totals = totals_of(tallies)
    lengths: Counter[int] = Counter()
    for (_total, out_of), people in totals.items():
        lengths[out_of] += people
    if not lengths:
        return None
    length, people = max(lengths.items(), key=lambda one: (one[1], one[0]))
    if people < ENOUGH:
        return None
    mine = {total: n for (total, out_of), n in totals.items() if out_of == length}
    mean = sum(total * n for total, n in mine.items()) / people
    variance = sum(n * (total - mean) ** 2 for total, n in mine.items()) / people
    deviation = sqrt(variance)
    alpha = error = None
    if variance and length > 1:
        of_items = _variance_of_items([one for one in tallies if one.out_of == length])
        alpha = length / (length - 1) * (1 - length * of_items / variance)
        error = deviation * sqrt(1 - alpha)
    return Reliability(people, length, mean, deviation, alpha, error)


def _variance_of_items(tallies: Iterable[Tally]) -> float:
    asked: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for one in tallies:
        asked[one.version] += one.people
        right[one.version] += one.points * one.people
    parts = ((asked[key], right[key] / asked[key]) for key in asked)
    return sum(n * p * (1 - p) for n, p in parts) / asked.total()


def alarms_of(tallies: Iterable[Tally], *, signs: Mapping[int, str]) -> Alarms:
    """Return the share of wrong answers by whether the sign was there.

    `signs` names the versions that are vignettes: "sign" or "no-sign".
    """
    asked: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for one in tallies:
        if sign := signs.get(one.version):
            asked[sign] += one.people
            wrong[sign] += (1 - one.points) * one.people
    return Alarms(
        misses=_share(wrong["sign"], asked["sign"]),
        false_alarms=_share(wrong["no-sign"], asked["no-sign"]),
    )


def _share(some: int, of: int) -> float | None:
    return some / of if of >= ENOUGH else None
