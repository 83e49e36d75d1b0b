"""Which changes are tried, and which tests could notice each of them?"""

import random
import re
from dataclasses import dataclass
from functools import cache

from tests.mutation import choosing, templates
from tests.mutation.floors import CHOSEN, ROOT, modules, verb_of
from tests.mutation.floors import templates as template_files
from tests.mutation.mapping import Known


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file, and the tests that run what it changes, in order."""

    path: str
    line: int
    old: str
    new: str
    number: int  # of the place, and of the change at that place
    choice: int
    live: bool  # it can be put into a running process
    tests: tuple[str, ...]

    @property
    def is_template(self) -> bool:
        return self.path.startswith("templates/")

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.old}  →  {self.new}"


def text_of(path: str) -> str:
    return (ROOT / path).read_text()


def sample(candidates: list, many: int, rng: random.Random, make) -> tuple[list, list]:
    """Return (mutants with tests, mutants that no test runs), by chance.

    Goes on until there are enough with tests, or no candidate is left.
    """
    candidates = list(candidates)
    rng.shuffle(candidates)
    tried, bare = [], []
    for candidate in candidates:
        if len(tried) == many:
            break
        mutant = make(candidate, rng)
        (tried if mutant.tests else bare).append(mutant)
    return tried, bare


class Python:
    """Mutants of Python files."""

    def __init__(self, known: Known, only: list[str]):
        self.known = known
        self.needed = choosing.needed_arguments([text_of(path) for path in modules()])
        self.files = [path for path in modules() if is_asked(path, only)]

    def candidates(self) -> list[tuple[str, choosing.Place]]:
        return [(path, place) for path in self.files for place in self.places(path)]

    def places(self, path: str) -> list[choosing.Place]:
        source = text_of(path)
        found = choosing.places(source, needed=self.needed)
        if verb_of(path) == "models":
            found = choosing.only_querysets(found, source)
        return found

    def make(self, candidate: tuple[str, choosing.Place], rng: random.Random) -> Mutant:
        path, place = candidate
        choice = rng.randrange(len(place.choices))
        tests = self.tests_of(path, place)
        return Mutant(
            path=path,
            line=place.lines.start,
            old=place.old,
            new=place.choices[choice],
            number=place.number,
            choice=choice,
            live=place.live,
            tests=tuple(self.known.in_order(tests)),
        )

    def tests_of(self, path: str, place: choosing.Place) -> set[str]:
        if place.live:
            tests = self.known.tests_of(path, place.lines)
            return tests or self.known.tests_of(path, place.statement)
        tests = self.known.tests_of(path, place.owner)
        for name in place.names:
            for file, lines in mentions(name):
                tests |= self.known.tests_of(file, lines)
        if place.decorator:  # it may keep somebody from running what it decorates
            files = {test.split("::")[0] for test in tests}
            tests |= self.known.below(files)
        return tests


class Templates:
    """Mutants of templates."""

    def __init__(self, known: Known, only: list[str]):
        self.known = known
        self.files = [path for path in template_files() if is_asked(path, only)]

    def candidates(self) -> list[tuple[str, int, templates.Place]]:
        return [
            (path, number, place)
            for path in self.files
            for number, place in enumerate(templates.places(text_of(path)))
        ]

    def make(self, candidate: tuple, rng: random.Random) -> Mutant:
        path, number, place = candidate
        text = text_of(path)
        tests = self.known.tests_of(path, range(1))
        return Mutant(
            path=path,
            line=place.line(text),
            old=in_one_line(text[place.start : place.end]),
            new=place.new or "(nothing)",
            number=number,
            choice=0,
            live=True,
            tests=tuple(self.known.in_order(tests)),
        )


def is_asked(path: str, only: list[str]) -> bool:
    if only:
        return any(path == one or path.startswith(f"{one}/") for one in only)
    return path.startswith("templates/") or verb_of(path) in {*CHOSEN, "models"}


def in_one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 100 else f"{text[:99]}…"


@cache
def mentions(name: str) -> tuple[tuple[str, range], ...]:
    """Return where a name stands in our modules: (file, its line)."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    return tuple(
        (path, range(at, at + 1))
        for path in modules()
        for at, line in enumerate(text_of(path).splitlines(), start=1)
        if word.search(line)
    )


def changed_template(mutant: Mutant) -> str:
    text = text_of(mutant.path)
    return templates.places(text)[mutant.number].changed(text)
