"""Which tests ran a line or a template? Reads what `recording.py` wrote down."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from tests.mutation.floors import KEPT, ROOT

MAPS = KEPT / "map"
CHOICE = KEPT / "choice"
TABLES = """
CREATE TABLE test (id INTEGER PRIMARY KEY, node TEXT UNIQUE, seconds REAL);
CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT UNIQUE, digest TEXT);
CREATE TABLE ran (test INTEGER, file INTEGER, lines BLOB);
CREATE INDEX ran_by_file ON ran (file);
"""
# A fixture that is set up for a test comes before the test, and took no time of it.
ADD = """
    INSERT INTO test (node, seconds) VALUES (?, ?)
    ON CONFLICT DO UPDATE SET seconds = max(seconds, excluded.seconds)
"""


def digest(path: str) -> str:
    return sha256((ROOT / path).read_bytes()).hexdigest()


def note_choice(arguments: list[str], file: Path = CHOICE) -> None:
    """Keep how the map chose among sweeps: `noted_choice` asks for the same again."""
    file.parent.mkdir(parents=True, exist_ok=True)
    chosen = [one for one in arguments if one.startswith("--sweeps")]
    file.write_text("\n".join(chosen))


def noted_choice(file: Path = CHOICE) -> list[str]:
    """Return pytest's arguments for the sweeps of the map; others would take longer."""
    return file.read_text().split() if file.exists() else []


def packed(bits: int) -> bytes:
    return bits.to_bytes(bits.bit_length() // 8 + 1, "little")


class Known:
    """The map, read."""

    def __init__(self, folder: Path = MAPS):
        self.files = sorted(folder.glob("*.sqlite3"))
        tests = self.rows("SELECT node, seconds FROM test")
        self.seconds = {node: seconds for node, seconds in tests if "::" in node}
        self.digests = dict(self.rows("SELECT path, digest FROM file"))
        self.read: dict[str, list[tuple[str, int]]] = {}

    def rows(self, find: str, *values: str) -> Iterator[tuple]:
        """Yield what is found in the file of each process that ran tests."""
        for file in self.files:
            with closing(sqlite3.connect(file)) as part:
                yield from part.execute(find, values)

    def is_stale(self, path: str) -> bool:
        return path in self.digests and self.digests[path] != digest(path)

    def of_file(self, path: str) -> list[tuple[str, int]]:
        """Return (test, its lines as bits) of a file."""
        if path not in self.read:
            find = (
                "SELECT test.node, ran.lines FROM ran JOIN test ON test.id = ran.test "
                "JOIN file ON file.id = ran.file WHERE file.path = ?"
            )
            self.read[path] = [
                (node, int.from_bytes(lines, "little"))
                for node, lines in self.rows(find, path)
            ]
        return self.read[path]

    def tests_of(self, path: str, lines: range) -> set[str]:
        """Return the tests that ran one of the lines, or whose module's fixture did."""
        asked = sum(1 << line for line in lines)
        nodes = {node for node, ran in self.of_file(path) if ran & asked}
        modules = {node for node in nodes if "::" not in node}
        return {node for node in nodes if node in self.seconds} | self.below(modules)

    def below(self, modules: set[str]) -> set[str]:
        if not modules:
            return set()
        starts = tuple(f"{module}{end}" for module in modules for end in ("::", "/"))
        return {node for node in self.seconds if node.startswith(starts)}

    def in_order(self, tests: set[str]) -> list[str]:
        """Return the quickest first, but before all one of each file."""
        quick = sorted(tests, key=lambda test: (self.seconds[test], test))
        first = {}
        for test in quick:
            first.setdefault(test.split("::")[0], test)
        return list(dict.fromkeys([*first.values(), *quick]))
