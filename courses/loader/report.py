"""What a load did, for a reader and for a program."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Tally:
    """How many things of one sort were made, changed and left as they were."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Report:
    """What was written, what was left alone and why, and which editions were opened."""

    pages: Tally = field(default_factory=Tally)
    translations: Tally = field(default_factory=Tally)
    questions: Tally = field(default_factory=Tally)
    country_notes: Tally = field(default_factory=Tally)
    terms: Tally = field(default_factory=Tally)
    wordings: Tally = field(default_factory=Tally)
    reasoning_tasks: Tally = field(default_factory=Tally)
    moved: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return asdict(self)

    def lines(self) -> list[str]:
        """Return the report as lines to read."""
        names = ["pages", "translations", "questions", "country_notes", "terms"]
        names += ["wordings", "reasoning_tasks"]
        lines = [
            f"{name.replace('_', ' ')}: {tally.new} new, {tally.changed} changed, "
            f"{tally.unchanged} unchanged"
            for name in names
            for tally in [getattr(self, name)]
        ]
        lines += [f"moved: {name}" for name in self.moved]
        lines += [f"left alone, {name}" for name in self.left_alone]
        lines += [f"edition opened: {name}" for name in self.editions]
        return lines
