"""Which questions does each line of a draw admit, and which of them are asked?"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from uuid import UUID

# A pool of three times what is drawn: a second attempt asks what the first did not.
AMPLE = 3


def objective_key(lesson: UUID | str | None, number: int | None) -> str:
    """Return the name of an objective in an address: its lesson, and which it is."""
    return f"{lesson}:{number}" if lesson and number else ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question as far as a line asks for it."""

    module: str
    lesson: str = ""
    objective: int | None = None
    level: str = ""
    tags: frozenset[str] = frozenset()

    @property
    def balanced_by(self) -> Hashable:
        """What no test asks more of than of its like: an objective, else a lesson."""
        return self.lesson, self.objective


@dataclass(frozen=True, slots=True)
class Line:
    """How many questions, and what they have in common; what is empty says nothing."""

    count: int
    place: str = ""  # key of a module or of a lesson
    objective: int | None = None
    level: str = ""
    tag: str = ""

    def admits(self, item: Item) -> bool:
        return (
            (not self.place or self.place in (item.module, item.lesson))
            and (self.objective is None or self.objective == item.objective)
            and (not self.level or self.level == item.level)
            and (not self.tag or self.tag in item.tags)
        )


Pools = Sequence[Collection[int]]


def pools_of(lines: Sequence[Line], items: Mapping[int, Item]) -> list[set[int]]:
    """Return the keys that each line admits."""
    return [{key for key, item in items.items() if line.admits(item)} for line in lines]


def drawn_by_lines(
    lines: Sequence[Line],
    items: Mapping[int, Item],
    *,
    always: Collection[int] = (),
    seen: Collection[int] = (),
    chance: Random,
) -> list[int]:
    """Return the keys of the questions to ask, in an order of chance.

    Each is asked for one line. First come those of `always`, then those that were not
    `seen`; of these each from whichever objective has the fewest so far. A question
    that two lines admit goes to the one that needs it: no line asks less than it can
    because another took what it had.
    """
    keys = sorted(items)
    chosen = _chosen(
        lines, items, chance.sample(keys, len(keys)), always=always, seen=seen
    )
    return chance.sample(sorted(chosen), len(chosen))


def asked_by(lines: Sequence[Line], items: Mapping[int, Item]) -> int:
    """Return how many questions the lines can ask of what there is."""
    return len(_chosen(lines, items, list(items)))


def _chosen(
    lines: Sequence[Line],
    items: Mapping[int, Item],
    left: list[int],
    *,
    always: Collection[int] = (),
    seen: Collection[int] = (),
) -> list[int]:
    """Return what the lines ask; what is worth as much, as it comes in `left`."""
    pools = pools_of(lines, items)
    left = [key for key in left if any(key in pool for pool in pools)]
    held: list[list[int]] = [[] for _line in lines]
    asked: Counter[Hashable] = Counter()
    wanted = sum(line.count for line in lines)
    while left and sum(map(len, held)) < wanted:
        key = min(
            left,
            key=lambda key: (
                key not in always,
                key in seen,
                asked[items[key].balanced_by],
            ),
        )
        left.remove(key)
        if _finds_room(key, lines, pools, held, set()):
            asked[items[key].balanced_by] += 1
    return [key for some in held for key in some]


def _finds_room(
    key: int,
    lines: Sequence[Line],
    pools: Pools,
    held: list[list[int]],
    tried: set[int],
) -> bool:
    """Give the question to a line, if need be by moving another one elsewhere."""
    for place, pool in enumerate(pools):
        if key not in pool or place in tried:
            continue
        tried.add(place)
        if len(held[place]) < lines[place].count:
            held[place].append(key)
            return True
        for other in list(held[place]):
            if _finds_room(other, lines, pools, held, tried):
                held[place].remove(other)
                held[place].append(key)
                return True
    return False


def found_by(lines: Sequence[Line], items: Mapping[int, Item]) -> list[int]:
    """Return how many questions each line finds that those before it leave."""
    sums = [asked_by(lines[:end], items) for end in range(len(lines) + 1)]
    return [after - before for before, after in pairwise(sums)]


def scant_of(lines: Sequence[Line], items: Mapping[int, Item]) -> list[tuple[int, int]]:
    """Return the lines, from 0, that find all they draw but not three times as much.

    Each with the size of its pool.
    """
    sizes = [len(pool) for pool in pools_of(lines, items)]
    found = found_by(lines, items)
    return [
        (place, sizes[place])
        for place, line in enumerate(lines)
        if found[place] == line.count and sizes[place] < AMPLE * line.count
    ]
