"""By how much did people improve, how sure is that, and may the figure be shown?

The unit is the person: of the questions of an objective that somebody was asked both
before and after, the share they got right each time. Somebody who was asked three
questions tells no more than somebody who was asked one.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import floor, sqrt
from typing import NamedTuple

from lms.thresholds import BEHIND_A_GAIN, in_a_band

LOW = 60  # percent right, below which a question wants attention
Z = 1.959963984540054  # of the normal distribution, for 95 %


class Answers(NamedTuple):
    """How many of the same questions one person got right, before and after."""

    asked: int
    before: int
    after: int


class Percents(NamedTuple):
    """A gain as it is shown, in whole percent: what is subtracted is what is read."""

    before: int
    after: int
    difference: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Gain:
    """How many people, the shares before and after, and the difference with 95 %."""

    people: int
    before: float
    after: float
    low: float
    high: float

    @property
    def people_told(self) -> str:
        return people_told(self.people)

    @property
    def percents(self) -> Percents:
        before, after = percent(self.before), percent(self.after)
        difference = after - before
        return Percents(
            before,
            after,
            difference,
            low=min(percent(self.low), difference),
            high=max(percent(self.high), difference),
        )


@dataclass(frozen=True, slots=True)
class Share:
    """How many people were asked a question and knew it, with 95 %."""

    people: int
    right: int
    low: float
    high: float

    @property
    def people_told(self) -> str:
        return people_told(self.people)

    @property
    def known(self) -> float:
        return self.right / self.people

    @property
    def is_low(self) -> bool:
        return self.right * 100 < self.people * LOW

    @property
    def percents(self) -> tuple[int, int, int]:
        """The share, and where it lies; a share below 60 % is never shown as 60."""
        whole = self.right * 100 // self.people
        return whole, min(percent(self.low), whole), max(percent(self.high), whole)


def people_told(number: int) -> str:
    """Return how many people stand behind a figure, as far as that is told."""
    return in_a_band(number, width=BEHIND_A_GAIN)


def percent(share: float) -> int:
    """Return a share as whole percent, halves upwards."""
    return floor(share * 100 + 0.5)


def gain_of(people: Mapping[Answers, int]) -> Gain | None:
    """Return the gain of these people: how many gave which answers; None of nobody.

    The interval is Newcombe's for paired proportions (1998, method 10: the score limits
    of both shares, squared and added, less what the two have in common). It stays
    within its bounds and has a width even where everybody improved, which that of the
    mean difference has not. With several questions to a person, the limits of each
    share are those at its effective sample size, and the correlation is the one
    between the people: with one question each, both are Newcombe's to the letter.

    R. G. Newcombe, Statistics in Medicine 17 (1998), 2635-2650; G. Y. Zou and
    A. Donner, Statistics in Medicine 27 (2008), 1693-1702, for other limits in it.
    """
    n = sum(people.values())
    if not n:
        return None
    spread = _spread_of(people, n)
    b, a = float(spread.before), float(spread.after)
    lower_b, upper_b = wilson(
        b, _effective(spread.before, spread.of_before, spread.asked, n)
    )
    lower_a, upper_a = wilson(
        a, _effective(spread.after, spread.of_after, spread.asked, n)
    )
    r = _correlation(spread, n)
    down = _added(a - lower_a, upper_b - b, r)
    up = _added(upper_a - a, b - lower_b, r)
    return Gain(n, b, a, low=a - b - down, high=a - b + up)


def share_of(right: int, people: int) -> Share | None:
    """Return which share of people gave the right answer to a question."""
    if not people:
        return None
    low, high = wilson(right / people, people)
    return Share(people, right, low, high)


def wilson(share: float, n: float) -> tuple[float, float]:
    """Return the score limits of a share of `n` (E. B. Wilson, JASA 22, 1927)."""
    middle = share + Z * Z / (2 * n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


class _Spread(NamedTuple):
    """Means, variances and covariance of what the people got right; exact.

    What all people share must vary by nothing at all: the correlation divides by it.
    """

    asked: Fraction
    before: Fraction
    after: Fraction
    of_before: Fraction
    of_after: Fraction
    of_both: Fraction


def _spread_of(people: Mapping[Answers, int], n: int) -> _Spread:
    rows = [
        (k, Fraction(one.before, one.asked), Fraction(one.after, one.asked))
        for one, k in people.items()
    ]
    b = sum((k * before for k, before, _ in rows), Fraction()) / n
    a = sum((k * after for k, _, after in rows), Fraction()) / n
    return _Spread(
        asked=Fraction(sum(k * one.asked for one, k in people.items()), n),
        before=b,
        after=a,
        of_before=sum((k * (x - b) ** 2 for k, x, _ in rows), Fraction()) / n,
        of_after=sum((k * (y - a) ** 2 for k, _, y in rows), Fraction()) / n,
        of_both=sum((k * (x - b) * (y - a) for k, x, y in rows), Fraction()) / n,
    )


def _effective(share: Fraction, variance: Fraction, asked: Fraction, n: int) -> float:
    """Return how many single answers the people's shares are worth.

    As many as there are people where the answers of a person all agree, at most as
    many as there are answers.
    """
    if share in {0, 1}:
        return n
    if not variance:
        return float(n * asked)
    return float(min(n * share * (1 - share) / variance, n * asked))


def _correlation(spread: _Spread, n: int) -> float:
    """Return how far before and after go together, less Newcombe's correction."""
    both = spread.of_both
    if both > 0:
        both = max(both - Fraction(1, 2 * n), Fraction())
    scale = sqrt(spread.of_before * spread.of_after)
    return float(both) / scale if scale else 0.0


def _added(one: float, other: float, correlation: float) -> float:
    return sqrt(max(one * one - 2 * correlation * one * other + other * other, 0.0))


def shown_of(people: Mapping[Hashable, int]) -> set[Hashable]:
    """Return the groups whose figure may be shown beside that of all together.

    None of fewer than `BEHIND_A_GAIN` people. And what is hidden must not be what
    remains when the shown ones are taken from all: the smallest of them are hidden too,
    until as many people are behind it.
    """
    shown = {key for key, number in people.items() if number >= BEHIND_A_GAIN}
    rest = sum(number for key, number in people.items() if key not in shown)
    for key in sorted(shown, key=lambda key: (people[key], str(key))):
        if not 0 < rest < BEHIND_A_GAIN:
            break
        shown.discard(key)
        rest += people[key]
    return shown


def released_at(at: datetime) -> datetime:
    """Return when the figures of that moment were made: the last Monday, midnight UTC.

    Anew each week and not with every test: whoever looks before and after somebody
    hands one in would read that person's answers in the difference.
    """
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())
