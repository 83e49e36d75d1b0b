"""How long a text takes to read: its words at the pace of careful study."""

from collections.abc import Container
from html import unescape
from math import ceil
from re import sub
from typing import Any

WORDS_PER_MINUTE = 180
SECONDS_PER_CHECK = 60
SECONDS_PER_DECISION = 180
NOT_READ = {
    "id",
    "type",
    "kind",
    "tone",
    "topic",
    "drawing",
    "instead",
    # of cases
    "number",
    "next",
    "roles",
    "last_for",
}


def minutes_to_read(body: Any) -> int:
    """Return whole minutes for a StreamField value, self-checks included."""
    words = sum(len(text.split()) for text in texts_of(body.get_prep_value()))
    checks = sum(block.block_type == "check" for block in body)
    return max(1, ceil(words / WORDS_PER_MINUTE + checks * SECONDS_PER_CHECK / 60))


def minutes_of_case(body: Any, *, steps: Container[str] | None = None) -> int:
    """Return whole minutes for a case: its texts, and weighing each decision.

    `steps`: the numbers of those that are walked; without them, all.
    """
    read = [
        block
        for block in body.get_prep_value()
        if block["type"] != "step" or steps is None or block["value"]["number"] in steps
    ]
    words = sum(len(text.split()) for text in texts_of(read))
    decisions = sum(block["type"] == "step" for block in read)
    weighing = decisions * SECONDS_PER_DECISION / 60
    return max(1, ceil(words / WORDS_PER_MINUTE + weighing))


def texts_of(raw: Any) -> list[str]:
    """Return every text in raw StreamField data, without keys, ids and mark-up.

    What is read in place of a text does not count beside it.
    """
    if isinstance(raw, dict):
        inner = [value for name, value in raw.items() if name not in NOT_READ]
        return texts_of(inner)
    if isinstance(raw, list | tuple):
        return [text for part in raw for text in texts_of(part)]
    return [unescape(sub(r"<[^>]+>", " ", raw))] if isinstance(raw, str) else []
