"""What do the answers tell about a question? Figures, and why to look at it.

Classical test theory, as in Robert L. Ebel and David A. Frisbie, *Essentials of
Educational Measurement* (5th ed., 1991), chs. 5 and 13. Everything is reckoned from
tallies: how many people of one language and track, with one total, gave one answer. No
row is a person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt
from typing import Any, NamedTuple

from courses.questions.kinds import kind_of
from courses.questions.rules import keys_of

ENOUGH = 30  # people, below which a correlation is mostly chance
ENOUGH_OF_A_GROUP = 50  # people of each group that are compared
EASY, HARD = 0.95, 0.25  # facility above and below which nothing is told apart
WEAK = 0.10  # discrimination below which a question does not go with the others
IDLE = 0.03  # share of people below which a wrong option deceives nobody
ENOUGH_FOR_NOBODY = 100  # people: none of n means fewer than 3 / n of all (95 %)
BY_CHANCE = 1.645  # standard errors that a correlation of nothing may stray (95 %)
THIRDS = 3
LARGE = 1.5  # of the delta scale: ETS's category C
CHI_SQUARE = 3.841458820694124  # of one degree of freedom, 95 %
DELTA = 2.35  # what turns a log-odds ratio into ETS's delta


class Tally(NamedTuple):
    """So many people answered a version alike; `seconds` of those `timed`, summed."""

    version: int
    language: str
    track: str
    total: int
    out_of: int
    answer: str
    points: int
    people: int
    timed: int = 0
    seconds: int = 0

    @property
    def share(self) -> float:
        """What the test as a whole was worth, from 0 to 1."""
        return self.total / self.out_of

    @property
    def rest(self) -> float | None:
        """The same without this question; None where it was the only one."""
        others = self.out_of - 1
        return (self.total - self.points) / others if others else None


class Sign(StrEnum):
    """Why somebody should look at a question."""

    KEY = "key"
    WEAK = "weak"
    EASY = "easy"
    HARD = "hard"
    IDLE = "idle"
    LANGUAGE = "language"
    TRACK = "track"


@dataclass(frozen=True, slots=True)
class Difference:
    """How a group fares beside all others of the same total: Mantel and Haenszel.

    `delta` below 0: the question is harder for the group than for its equals.
    """

    group: str
    people: int
    delta: float
    chi_square: float

    @property
    def is_large(self) -> bool:
        """ETS's category C: large, and not by chance."""
        return abs(self.delta) >= LARGE and self.chi_square > CHI_SQUARE


@dataclass(frozen=True, slots=True)
class Choice:
    """Who chose an option: the share of each third by total, and of everybody."""

    key: str
    is_right: bool
    share: float
    thirds: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of one question; None where too little is."""

    people: int
    facility: float
    discrimination: float | None
    seconds: float | None
    choices: list[Choice]
    by_language: list[Difference]
    by_track: list[Difference]

    @property
    def signs(self) -> list[Sign]:
        """Return why somebody should look at it, what weighs most first."""
        found = {
            Sign.KEY: self._key_is_doubtful,
            Sign.WEAK: self.discrimination is not None and self.discrimination < WEAK,
            Sign.EASY: self.facility > EASY,
            Sign.HARD: self.facility < HARD,
            Sign.IDLE: self._an_option_deceives_nobody,
            Sign.LANGUAGE: any(one.is_large for one in self.by_language),
            Sign.TRACK: any(one.is_large for one in self.by_track),
        }
        return [sign for sign, is_there in found.items() if is_there]

    @property
    def _key_is_doubtful(self) -> bool:
        """Whether those who know most choose something else, or know it least."""
        by_chance = -BY_CHANCE / sqrt(self.people)
        if self.discrimination is not None and self.discrimination < by_chance:
            return True
        best = [one.thirds[-1] or 0 for one in self.choices if one.is_right]
        wrong = [one.thirds[-1] or 0 for one in self.choices if not one.is_right]
        return len(best) == 1 and bool(wrong) and max(wrong) > best[0]

    @property
    def _an_option_deceives_nobody(self) -> bool:
        return self.people >= ENOUGH_FOR_NOBODY and any(
            not one.is_right and one.share < IDLE for one in self.choices
        )


def facility(tallies: Iterable[Tally]) -> float:
    """Return the share of people who answered right."""
    right, people = 0, 0
    for one in tallies:
        right += one.points * one.people
        people += one.people
    return right / people


def discrimination(tallies: Iterable[Tally]) -> float | None:
    """Return how the question goes with the rest of the test, from -1 to 1.

    Pearson's correlation of its point with the share of all other points; None where
    everybody has the same.
    """
    n = x = y = xx = yy = xy = 0.0
    for one in tallies:
        if one.rest is None:
            continue
        people, point, rest = one.people, one.points, one.rest
        n += people
        x += people * point
        y += people * rest
        xx += people * point * point
        yy += people * rest * rest
        xy += people * point * rest
    if not n:
        return None
    spread = (xx - x * x / n) * (yy - y * y / n)
    # What rounding leaves of no spread at all is none.
    return (xy - x * y / n) / sqrt(spread) if spread > n * 1e-12 else None


def thirds_of(totals: Counter[float]) -> dict[float, int]:
    """Return the third, 0 to 2, of each total's share; equal totals stay together.

    A total stands where the middle one of its people stands.
    """
    people, before, found = sum(totals.values()), 0, {}
    for share in sorted(totals):
        middle = (before + totals[share] / 2) / people
        found[share] = min(int(middle * THIRDS), THIRDS - 1)
        before += totals[share]
    return found


def choices_of(
    document: dict[str, Any], tallies: Sequence[Tally], thirds: dict[float, int]
) -> list[Choice]:
    """Return who chose each option; none for questions without options to choose."""
    if not kind_of(document).has_choices:
        return []
    asked: Counter[int] = Counter()
    chosen: dict[str, Counter[int]] = defaultdict(Counter)
    for one in tallies:
        third = thirds[one.share]
        asked[third] += one.people
        for key in one.answer.split():
            chosen[key][third] += one.people
    people = asked.total()
    return [
        Choice(
            key,
            is_right=key in document["correct"],
            share=chosen[key].total() / people,
            thirds=tuple(_part(chosen[key][n], asked[n]) for n in range(THIRDS)),
        )
        for key in keys_of(document)
    ]


def _part(some: int, of: int) -> float | None:
    return some / of if of else None


def differences(tallies: Sequence[Tally], *, by: str) -> list[Difference]:
    """Compare each language or track with all others, total by total.

    Paul W. Holland and Dorothy T. Thayer (1988): the common odds ratio of Mantel and
    Haenszel, with the continuity correction, on the delta scale. Groups that are too
    small, and what cannot be told, are left out.
    """
    groups: Counter[str] = Counter()
    for one in tallies:
        groups[getattr(one, by)] += one.people
    people = groups.total()
    found = []
    for group, number in sorted(groups.items()):
        if group and min(number, people - number) >= ENOUGH_OF_A_GROUP:
            ratio = _mantel_haenszel(tallies, by=by, group=group)
            if ratio:
                found.append(Difference(group, number, *ratio))
    return found


def _mantel_haenszel(
    tallies: Iterable[Tally], *, by: str, group: str
) -> tuple[float, float] | None:
    strata: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in tallies:
        place = 2 * (getattr(one, by) != group) + (1 - one.points)
        strata[one.total, one.out_of][place] += one.people
    above = below = observed = expected = variance = 0.0
    for mine, missed, theirs, their_missed in strata.values():
        people = mine + missed + theirs + their_missed
        above += mine * their_missed / people
        below += missed * theirs / people
        if people < 2:
            continue
        group_size, others = mine + missed, theirs + their_missed
        right, wrong = mine + theirs, missed + their_missed
        observed += mine
        expected += group_size * right / people
        variance += group_size * others * right * wrong / (people**2 * (people - 1))
    if not (above and below and variance):
        return None
    distance = max(abs(observed - expected) - 0.5, 0)
    return DELTA * log(above / below), distance**2 / variance


def figures_of(
    document: dict[str, Any], tallies: Sequence[Tally], thirds: dict[float, int]
) -> Figures | None:
    """Return what is told of a question; None where too few people were asked."""
    people = sum(one.people for one in tallies)
    if people < ENOUGH:
        return None
    timed = sum(one.timed for one in tallies)
    seconds = sum(one.seconds for one in tallies)
    return Figures(
        people=people,
        facility=facility(tallies),
        discrimination=discrimination(tallies),
        seconds=seconds / timed if timed >= ENOUGH else None,
        choices=choices_of(document, tallies, thirds),
        by_language=differences(tallies, by="language"),
        by_track=differences(tallies, by="track"),
    )
