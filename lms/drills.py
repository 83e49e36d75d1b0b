"""Which drills are there, and what does one report?

Each floor registers its own in `AppConfig.ready`, by name: nothing is imported for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Finding:
    """What a drill found, and what it should have; without that it is only told."""

    what: str
    found: Any
    wanted: Any = None

    @property
    def holds(self) -> bool:
        return self.wanted is None or self.found == self.wanted


@dataclass(frozen=True, slots=True)
class Drill:
    """Where its function stands, how many rounds are usual, and what else it takes."""

    path: str
    rounds: int
    on_a_site: bool
    seeded: bool

    def load(self) -> Callable[..., list[Finding]]:
        return import_string(self.path)


REGISTER: dict[str, Drill] = {}


def register(
    name: str, path: str, *, rounds: int, on_a_site: bool = True, seeded: bool = False
) -> None:
    """Add the drill `path(site, rounds)`, or `path(rounds)` if it needs no site.

    `seeded`: its choices are those of a `seed`, which it takes as well.
    """
    REGISTER[name] = Drill(path, rounds, on_a_site, seeded)
