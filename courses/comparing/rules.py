"""Which words differ, which parts came, went or moved: of texts that are at hand."""

from collections.abc import Collection, Hashable, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class How(StrEnum):
    """What became of some words, or of a part."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    REWRITTEN = "rewritten"
    MOVED = "moved"


class Piece(NamedTuple):
    """Some words in a row, and what became of them."""

    how: How
    words: str


def words_changed(before: str, after: str) -> list[Piece]:
    """Return both texts as one, word by word; what was removed before what was added.

    How words are spaced is no difference.
    """
    old, new = before.split(), after.split()
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(How.SAME, " ".join(old[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece(How.REMOVED, " ".join(old[i1:i2])))
        if j1 < j2:
            pieces.append(Piece(How.ADDED, " ".join(new[j1:j2])))
    return pieces


def replaced(before: str, after: str) -> list[Piece]:
    """Return both texts as one, each whole: of what is chosen and not written."""
    if before == after:
        return [Piece(How.SAME, after)]
    both = [Piece(How.REMOVED, before), Piece(How.ADDED, after)]
    return [piece for piece in both if piece.words]


def differ(pieces: Sequence[Piece]) -> bool:
    """Whether any word differs."""
    return any(piece.how != How.SAME for piece in pieces)


Pair = tuple[int | None, int | None]  # the place before, and the place after


def pairs[Key: Hashable](before: Sequence[Key], after: Sequence[Key]) -> list[Pair]:
    """Return which part of before is which of after, in the order of after.

    What went away stands where it was, behind what it stood behind. Parts that share no
    key at all, as when a text was loaded anew, are the same if their place is.
    """
    if not set(before) & set(after):
        both = max(len(before), len(after))
        return [
            (n if n < len(before) else None, n if n < len(after) else None)
            for n in range(both)
        ]
    old = {key: place for place, key in enumerate(before)}
    found: list[Pair] = [(old.get(key), place) for place, key in enumerate(after)]
    for place, key in enumerate(before):
        if key not in after:
            ahead = [was for was, _now in found]
            at = ahead.index(place - 1) + 1 if place else 0
            found.insert(at, (place, None))
    return found


def moved(found: Sequence[Pair]) -> set[int]:
    """Return the places before of what stands in another order after."""
    now = [was for was, is_now in found if was is not None and is_now is not None]
    kept = sorted(now)
    blocks = SequenceMatcher(None, kept, now, autojunk=False).get_matching_blocks()
    stay = {kept[one.a + n] for one in blocks for n in range(one.size)}
    return set(kept) - stay


def refusals_to_ask_again(
    again: Collection[UUID], *, is_delta: bool, rewritten: Collection[UUID]
) -> list[str]:
    """Return why holders cannot be asked to read these lessons again."""
    if not again:
        return []
    reasons = [] if is_delta else ["again-only-in-a-delta"]
    return reasons + (["again-not-rewritten"] if set(again) - set(rewritten) else [])
