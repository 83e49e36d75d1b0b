"""Which options does a question have that is being written, and in what order?

An order is the keys of each side. What is written in the options is kept by whoever
writes: nothing here is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase, digits

from courses.questions.kinds import kind_of
from courses.questions.kinds.kind import Document, Option

MOST_OPTIONS, FEWEST_OPTIONS = 8, 2
Order = dict[str, list[str]]

ADD, REMOVE, UP, DOWN = "add", "remove", "up", "down"


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of the options of a side: one is added, or `key` goes or moves."""

    what: str
    side: str = ""
    key: str = ""


def step_in(text: str) -> Step:
    """Return the step that a button says: "add:left", "up::b"."""
    return Step(*text.split(":", 2))


def order_of(document: Document) -> Order:
    """Return the keys of each side, in the order in which they were written."""
    sides = kind_of(document).sides_of(document)
    return {side: [row["key"] for row in rows] for side, rows in sides.items()}


def can_change(document: Document) -> bool:
    """Whether its options can be more, fewer and others."""
    return kind_of(document).can_grow and bool(order_of(document))


def order_said(document: Document, said: Mapping[str, str]) -> Order:
    """Return the order that a form says by side; the written one where it says none."""
    written = order_of(document)
    if not can_change(document):
        return written
    return {
        side: _usable(said.get(side, "").split(), keys) or keys
        for side, keys in written.items()
    }


def _usable(keys: list[str], written: list[str]) -> list[str]:
    """Return the keys of a form, or none where they are no order of options."""
    known = {*written, *digits, *ascii_lowercase, *ascii_uppercase}
    number = FEWEST_OPTIONS <= len(keys) <= max(MOST_OPTIONS, len(written))
    return keys if number and len(set(keys)) == len(keys) and known >= {*keys} else []


def stepped(document: Document, order: Order, step: Step) -> Order:
    """Return the order after a step; one that cannot be taken changes nothing."""
    keys = order.get(step.side, [])
    if not can_change(document) or not keys:
        return order
    written = order_of(document)[step.side]
    return order | {step.side: _after(step, keys, written)}


def _after(step: Step, keys: list[str], written: list[str]) -> list[str]:
    if step.what == ADD:
        return [*keys, _free(keys, written)] if len(keys) < MOST_OPTIONS else keys
    if step.key not in keys:
        return keys
    if step.what == REMOVE:
        left = [key for key in keys if key != step.key]
        return left if len(left) >= FEWEST_OPTIONS else keys
    return _moved(keys, step.key, by={UP: -1, DOWN: 1}.get(step.what, 0))


def _free(keys: list[str], written: list[str]) -> str:
    """Return a key like the others that none has, nor had: it is another option."""
    series = next(
        (one for one in (digits[1:], ascii_uppercase) if {*one} >= {*written}),
        ascii_lowercase,
    )
    known = {*keys, *written}
    return next(key for key in f"{series}{ascii_lowercase}" if key not in known)


def _moved(keys: list[str], key: str, *, by: int) -> list[str]:
    at = keys.index(key)
    to = min(max(at + by, 0), len(keys) - 1)
    moved = [one for one in keys if one != key]
    return [*moved[:to], key, *moved[to:]]


def ordered(document: Document, order: Order) -> Document:
    """Return the question with these options; new ones say nothing yet."""
    if not order:
        return document
    sides = kind_of(document).sides_of(document)
    rows: dict[str, list[Option]] = {
        side: [_row(sides[side], key) for key in keys] for side, keys in order.items()
    }
    return document | {"options": rows.get("", rows)}


def _row(written: list[Option], key: str) -> Option:
    return next((row for row in written if row["key"] == key), {"key": key})
