"""What is decided about a page of reasons: how often it is read, and what comes of it.

A reading gives each line of the rubric a level. Nothing here knows who wrote or read.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from hashlib import sha256
from typing import Any

LEAST_WORDS, MOST_WORDS = 120, 600
MOST_LETTERS = 8_000
LEAST_LINES, MOST_LINES = 4, 6
ONE_IN = 5  # pages that two persons read, whatever the first says
LINES_APART = 1  # on which two readers may differ without a third
# Of fewer pages, one reader's habit would stand for an agreement.
LEAST_PAPERS = 5
# Of fewer pages of a cohort, whoever trains it may guess whose each is.
NAMELESS_FROM = 3

# What a task says of itself, and of each line of its rubric, in every language.
TEXTS = ("titles", "briefs")
LINE_TEXTS = ("names", "good", "sufficient", "missing")

Levels = Mapping[str, int]  # line of the rubric → level


class Level(IntEnum):
    """How much of a line of the rubric a page holds."""

    MISSING = 0
    SUFFICIENT = 1
    GOOD = 2


def problems_of(document: Any, *, languages: Collection[str]) -> list[str]:
    """Return what is wrong with a task as somebody wrote it, as stable words."""
    if not isinstance(document, dict) or set(document) != {*TEXTS, "lines"}:
        return ["unknown-parts"]
    lines = document["lines"]
    known = {"key", *LINE_TEXTS}
    if not isinstance(lines, list) or not all(
        isinstance(line, dict) and set(line) == known for line in lines
    ):
        return ["unknown-line"]
    problems = []
    if not LEAST_LINES <= len(lines) <= MOST_LINES:
        problems.append("number-of-lines")
    if len({str(line["key"]) for line in lines}) < len(lines):
        problems.append("doubled-line")
    texts = [document[name] for name in TEXTS]
    texts += [line[name] for line in lines for name in LINE_TEXTS]
    if not all(_is_said(text, languages) for text in texts):
        problems.append("missing-language")
    return problems


def _is_said(text: Any, languages: Collection[str]) -> bool:
    return (
        isinstance(text, dict)
        and set(text) == set(languages)
        and all(isinstance(part, str) and part.strip() for part in text.values())
    )


def words_in(text: str) -> int:
    return len(text.split())


def refusals_to_hand_in(text: str, *, is_withdrawn: bool) -> list[str]:
    """Return why a page may not be handed in, as stable words."""
    reasons = refusals_to_keep(text, is_withdrawn=is_withdrawn)
    if words_in(text) < LEAST_WORDS:
        reasons.append("too-short")
    if words_in(text) > MOST_WORDS:
        reasons.append("too-many-words")
    return reasons


def refusals_to_keep(text: str, *, is_withdrawn: bool) -> list[str]:
    """Return why a draft may not be kept, as stable words."""
    reasons = ["enrolment-closed"] if is_withdrawn else []
    if len(text) > MOST_LETTERS:
        reasons.append("too-long")
    if any(ord(sign) < ord(" ") and sign not in "\n\t" for sign in text):
        reasons.append("unreadable")
    return reasons


def is_read_twice(seed: str, paper: str) -> bool:
    """Whether chance gives the page a second reader: one in five.

    The seed is drawn when the edition opens and kept, so that anybody can draw again.
    """
    drawn = sha256(f"{seed} {paper}".encode()).digest()
    return int.from_bytes(drawn[:8]) % ONE_IN == 0


def refusals_to_mark(
    levels: Levels,
    *,
    lines: Collection[str],
    is_own: bool,
    has_read: bool,
    is_wanted: bool,
) -> list[str]:
    """Return why somebody may not mark a page so, as stable words."""
    reasons = []
    if is_own:
        reasons.append("own-paper")
    if has_read:
        reasons.append("read-before")
    if not is_wanted:
        reasons.append("read-by-others")
    known = set(Level)
    if levels.keys() != set(lines) or not set(levels.values()) <= known:
        reasons.append("lines-missing")
    return reasons


def are_far_apart(one: Levels, other: Levels) -> bool:
    """Whether two readers differ so much that a third has to read."""
    return sum(one[line] != other[line] for line in one) > LINES_APART


def settled(readings: Sequence[Levels]) -> dict[str, int]:
    """Return what stands on each line: the middle reading.

    Of two in the middle, the one that is better for who wrote the page.
    """
    middle = len(readings) // 2
    return {
        line: sorted(reading[line] for reading in readings)[middle]
        for line in readings[0]
    }


def refusals_to_ask_again(
    reason: str, *, is_settled: bool, has_asked: bool, is_kept: bool
) -> list[str]:
    """Return why another reading may not be asked for, as stable words."""
    refused = {
        "not-marked-yet": not is_settled,
        "asked-before": has_asked,
        "text-gone": not is_kept,
        "reason-missing": not reason.strip(),
    }
    return [word for word, is_so in refused.items() if is_so]


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return how far two readers agree beyond chance; None where chance leaves nothing.

    Levels have an order, so that a step apart weighs half of two steps: Cohen's kappa
    with linear weights (J. Cohen, "Weighted kappa", Psychological Bulletin 70, 1968,
    213-220): one less what was observed apart by what chance would put apart.
    """
    apart = sum(abs(one - other) for one, other in pairs)
    firsts = Counter(one for one, _other in pairs)
    seconds = Counter(other for _one, other in pairs)
    expected = sum(
        abs(one - other) * firsts[one] * seconds[other]
        for one in firsts
        for other in seconds
    )
    return 1 - apart * len(pairs) / expected if expected else None
