"""What test-wise guessing earns: strategies that read the options, never the lessons.

Thomas M. Haladyna and Michael C. Rodriguez, *Developing and Validating Test Items*
(2013), ch. 6, name the cues: length, qualification, absolutes, words of the stem,
options that converge. Each strategy here follows one of them wherever it can.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from courses.questions.rules import Kind, keys_of, points_for, right_keys_of
from lms.folding import folded_text

Document = dict[str, Any]
SHORTEST_WORD = 5  # letters: shorter ones mostly join others
ROOT = 5  # letters by which forms of a word are one
MARGIN = 10  # points of a hundred that a strategy may be away from chance

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
    def kind(self) -> str:
        return self.document["type"]

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


def picks(item: Item, strategy: str) -> list[str]:
    """Return the keys that a strategy finds equally good; it takes one of them."""
    if item.kind == Kind.TRUE_FALSE:
        true, false = item.texts
        return [true if OF_STATEMENTS[strategy](item) else false]
    measures = {key: OF_SINGLE[strategy](item, key) for key in item.texts}
    best = max(measures.values())
    return [key for key, measure in measures.items() if measure == best]


def hits(item: Item, strategy: str) -> float:
    """Return the share of a point that a strategy earns at an item, in the mean."""
    found = picks(item, strategy)
    return sum(points_for(item.document, [key]) for key in found) / len(found)


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
    for kind, strategies in (
        (Kind.SINGLE, OF_SINGLE),
        (Kind.TRUE_FALSE, OF_STATEMENTS),
    ):
        pool = [item for item in asked if item.kind == kind]
        if not pool:
            continue
        chance = sum(1 / len(item.texts) for item in pool) / len(pool)
        for strategy in strategies:
            share = sum(hits(item, strategy) for item in pool) / len(pool)
            found.append(Score(strategy, len(pool), share, chance))
    return found


def answer_of(
    item: Item, *, single: str, statement: str, chance: Random
) -> list[str] | dict[str, str]:
    """Return what somebody answers who follows a strategy and has read nothing.

    Of several right ones half are ticked, those that the strategy prefers; what is to
    be matched or put in order is left to chance.
    """
    keys = keys_of(item.document)
    match item.kind:
        case Kind.TRUE_FALSE:
            return picks(item, statement)
        case Kind.SINGLE:
            return [chance.choice(picks(item, single))]
        case Kind.MULTIPLE:
            chance.shuffle(keys)
            keys.sort(key=lambda key: -OF_SINGLE[single](item, key))
            return keys[: (len(keys) + 1) // 2]
        case Kind.MATCHING:
            right = right_keys_of(item.document)
            return dict(zip(keys, chance.sample(right, len(keys)), strict=True))
        case _:
            return chance.sample(keys, len(keys))


def points_of_blind(
    items: Sequence[Item], *, single: str, statement: str, chance: Random
) -> int:
    """Return the points of a whole paper that was answered without reading."""
    return sum(
        points_for(
            item.document,
            answer_of(item, single=single, statement=statement, chance=chance),
        )
        for item in items
    )
