"""What test-wise guessing earns: strategies that read the options, never the lessons.

Thomas M. Haladyna and Michael C. Rodriguez, *Developing and Validating Test Items*
(2013), ch. 6, name the cues: length, qualification, absolutes, words of the stem,
options that converge. Each strategy here follows one of them wherever it can.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import comb
from random import Random
from typing import Any
from uuid import UUID

from courses.questions.kinds import kind_of
from courses.questions.kinds.kind import Kind
from courses.rules import Grade, drawn
from lms.folding import folded_text

Document = dict[str, Any]
SHORTEST_WORD = 5  # letters: shorter ones mostly join others
ROOT = 5  # letters by which forms of a word are one
MARGIN = 10  # points of a hundred that a strategy may be away from chance
TIMES = 3  # a final test draws from so many times what it asks

HEDGES = {
    "es": "puede pueden podria podrian suele suelen general veces segun posible "
    "posiblemente quiza tal probable generalmente normalmente depende",
    "en": "may might can could usually often generally sometimes possible possibly "
    "perhaps likely depends normally",
}
ABSOLUTES = {
    "es": "siempre nunca jamas nadie todo toda todos todas solo solamente unicamente "
    "ningun ninguna ninguno cualquier cualquiera exclusivamente",
    "en": "always never nobody all every only solely none no any exclusively must",
}
QUALIFIERS = {
    "es": "si cuando salvo aunque mientras excepto pero sin hasta conforme cada aun",
    "en": "if when unless although while except but without until where each even",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A question as a guesser reads it in one language."""

    document: Document
    language: str

    @property
    def kind(self) -> Kind:
        return kind_of(self.document)

    @property
    def stem(self) -> str:
        return self.document["stem"][self.language]

    @property
    def texts(self) -> dict[str, str]:
        """The options, in the order in which they were written."""
        return {o["key"]: o[self.language] for o in self.document["options"]}


Measure = Callable[[Item, str], float]


def _words(text: str) -> list[str]:
    return folded_text(text).split()


def _roots(text: str) -> set[str]:
    return {word[:ROOT] for word in _words(text) if len(word) >= SHORTEST_WORD}


def _count(item: Item, text: str, lists: dict[str, str]) -> int:
    known = set(lists[item.language].split())
    return sum(word in known for word in _words(text))


def _qualified(item: Item, key: str) -> float:
    text = item.texts[key]
    return _count(item, text, QUALIFIERS) + len(re.findall(r"[,;:(]", text))


def _hedged(item: Item, key: str) -> float:
    return _count(item, item.texts[key], HEDGES)


def _unabsolute(item: Item, key: str) -> float:
    return -_count(item, item.texts[key], ABSOLUTES)


def _of_the_stem(item: Item, key: str) -> float:
    return len(_roots(item.texts[key]) & _roots(item.stem))


def _likeness(item: Item, key: str) -> float:
    """Return how much an option shares with each of the others, in the mean."""
    own = _roots(item.texts[key])
    others = [_roots(text) for other, text in item.texts.items() if other != key]
    shares = [len(own & roots) / (len(own | roots) or 1) for roots in others]
    return sum(shares) / len(shares)


def _oddness(item: Item, key: str) -> float:
    return -_likeness(item, key)


def _place(at: int) -> Measure:
    def measure(item: Item, key: str) -> float:
        return float(key == list(item.texts)[at])

    return measure


def _rank(rank: int) -> Measure:
    """Prefer the option at that rank of length; 0 is the longest, -1 the shortest."""

    def measure(item: Item, key: str) -> float:
        by_length = sorted(item.texts, key=lambda one: -len(item.texts[one]))
        return float(rank < len(by_length) and key == by_length[rank])

    return measure


OF_SINGLE: dict[str, Measure] = {
    "longest": _rank(0),
    "second-longest": _rank(1),
    "third-longest": _rank(2),
    "shortest": _rank(-1),
    "most-qualified": _qualified,
    "most-hedged": _hedged,
    "least-absolute": _unabsolute,
    "word-of-the-stem": _of_the_stem,
    "like-the-others": _likeness,
    "odd-one-out": _oddness,
    "first": _place(0),
    "last": _place(-1),
}
# Whether a statement is taken for true.
OF_STATEMENTS: dict[str, Callable[[Item], bool]] = {
    "always-true": lambda item: True,
    "always-false": lambda item: False,
    "true-if-hedged": lambda item: _count(item, item.stem, HEDGES) > 0,
    "true-unless-absolute": lambda item: _count(item, item.stem, ABSOLUTES) == 0,
    "true-if-qualified": lambda item: _count(item, item.stem, QUALIFIERS) > 0,
}


def hits(item: Item, strategy: str) -> float:
    """Return how likely a strategy earns the point of an item.

    Of what it finds equally good it takes any. Of several right ones half are ticked,
    those that it prefers; what is to be matched or put in order is left to chance.
    """
    if item.kind.is_statement:
        true, false = item.texts
        said = true if OF_STATEMENTS[strategy](item) else false
        return float(item.document["correct"] == [said])
    if number := item.kind.number_guessed(item.document):
        return _chance_to_take(item, strategy, number=number)
    return item.kind.chance_of(item.document)


def _chance_to_take(item: Item, strategy: str, *, number: int) -> float:
    """Return what the `number` options that a strategy prefers earn in the mean.

    Where only the whole answer earns, that is how likely they are the key.
    """
    measures = {key: OF_SINGLE[strategy](item, key) for key in item.texts}
    last = sorted(measures.values(), reverse=True)[number - 1]
    sure = {key for key, measure in measures.items() if measure > last}
    tied = {key for key, measure in measures.items() if measure == last}
    right = [key for key in tied if key in item.document["correct"]]
    wrong = [key for key in tied if key not in item.document["correct"]]
    left = number - len(sure)
    earned = 0.0
    for good in range(max(0, left - len(wrong)), min(left, len(right)) + 1):
        answer = [*sure, *right[:good], *wrong[: left - good]]
        ways = comb(len(right), good) * comb(len(wrong), left - good)
        earned += ways * float(item.kind.credit_of(item.document, answer))
    return earned / comb(len(tied), left)


@dataclass(frozen=True, slots=True)
class Score:
    """What a strategy earns over a pool, beside what chance does; shares of one."""

    strategy: str
    items: int
    share: float
    chance: float

    @property
    def apart(self) -> float:
        """Points of a hundred between the strategy and chance."""
        return 100 * (self.share - self.chance)


def scores_of(items: Iterable[Item]) -> list[Score]:
    """Return what each strategy earns, over single choices and over statements."""
    found = []
    asked = list(items)
    for of_statements, strategies in ((False, OF_SINGLE), (True, OF_STATEMENTS)):
        pool = [
            item
            for item in asked
            if item.kind.takes_one and item.kind.is_statement is of_statements
        ]
        if not pool:
            continue
        chance = sum(1 / len(item.texts) for item in pool) / len(pool)
        for strategy in strategies:
            share = sum(hits(item, strategy) for item in pool) / len(pool)
            found.append(Score(strategy, len(pool), share, chance))
    return found


def passes_of_blind(
    items: Mapping[int, Item],
    *,
    modules: Mapping[int, UUID],
    number: int,
    pass_mark: int,
    draws: int,
    chance: Random,
) -> Counter[str]:
    """Return how many papers each pair of strategies passes, where it passes any.

    A pair is how single choices are answered and how statements are; all pairs answer
    the same papers, drawn as those of learners are.
    """
    passed: Counter[str] = Counter()
    likely = {key: _likely(item) for key, item in items.items()}
    for _paper in range(draws):
        paper = drawn(modules, always=[], number=number, chance=chance)
        points: Counter[str] = Counter()
        for key in paper:
            for strategy, share in likely[key].items():
                points[strategy] += chance.random() < share
        for single, statement in product(OF_SINGLE, OF_STATEMENTS):
            grade = Grade(points[single] + points[statement], len(paper), pass_mark)
            passed[f"{single} and {statement}"] += grade.passed
    return +passed


def _likely(item: Item) -> dict[str, float]:
    """Return how likely each strategy of its kind earns the point of an item."""
    strategies = OF_STATEMENTS if item.kind.is_statement else OF_SINGLE
    return {strategy: hits(item, strategy) for strategy in strategies}
