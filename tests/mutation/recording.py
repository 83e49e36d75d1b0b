"""Writes down which test runs which line and which template: a plugin of pytest.

Lines are told by `sys.monitoring`, once each and test, and only for modules of ours.
What runs while a fixture of a module or of the session is set up belongs to that
module, or to nobody ("").
"""

import sqlite3
import sys
from collections import defaultdict
from contextlib import contextmanager
from types import CodeType

import pytest
from django.test.signals import template_rendered
from django.urls import get_resolver

from tests.mutation.applying import caches_of_ours, nested
from tests.mutation.floors import TEMPLATES, short, watch_imports
from tests.mutation.mapping import ADD, MAPS, TABLES, digest, packed

TOOL = 4  # free for whoever asks: debuggers, coverage and profilers have others
LINE = sys.monitoring.events.LINE


class Recorder:
    """What ran since the last look: (file, line), of templates line 0."""

    def __init__(self):
        self.ran: set[tuple[str, int]] = set()
        sys.monitoring.use_tool_id(TOOL, "mutation")
        sys.monitoring.register_callback(TOOL, LINE, self.line)
        watch_imports(self.watch)

    def watch(self, path: str, code: CodeType) -> CodeType:
        for one in nested(code):
            sys.monitoring.set_local_events(TOOL, one, LINE)
        return code

    def line(self, code: CodeType, line: int):
        self.ran.add((code.co_filename, line))
        return sys.monitoring.DISABLE

    def template(self, *, template, **_):
        if template.origin and template.origin.name.startswith(str(TEMPLATES)):
            self.ran.add((template.origin.name, 0))

    @contextmanager
    def separately(self):
        """Collect what runs inside apart from what ran before."""
        outer, self.ran = self.ran, set()
        sys.monitoring.restart_events()
        try:
            yield self.ran
        finally:
            self.ran = outer
            sys.monitoring.restart_events()


class Map:
    """Plugin: one file of the map for each process that runs tests."""

    def __init__(self, recorder: Recorder, name: str):
        self.recorder = recorder
        self.file = MAPS / f"{name}.sqlite3"
        self.reports: dict[str, list] = defaultdict(list)
        self.caches: list = []

    def pytest_sessionstart(self):
        MAPS.mkdir(parents=True, exist_ok=True)
        self.file.unlink(missing_ok=True)
        self.rows = sqlite3.connect(self.file, isolation_level=None)
        self.rows.executescript(TABLES)
        self.rows.execute("BEGIN")
        template_rendered.connect(self.recorder.template)

    def pytest_collection_finish(self):
        get_resolver()._populate()  # what it imports is no test's
        self.caches = caches_of_ours()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        for cache in self.caches:  # or only the first test would run what is inside
            cache.cache_clear()
        with self.recorder.separately() as ran:
            answer = yield
        reports = self.reports.pop(item.nodeid, [])
        if all(report.passed for report in reports):
            self.keep(item.nodeid, sum(report.duration for report in reports), ran)
        return answer

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef, request):
        if fixturedef.scope == "function":
            return (yield)
        with self.recorder.separately() as ran:
            answer = yield
        self.keep(request.node.nodeid.rstrip("."), 0, ran)
        return answer

    def pytest_runtest_logreport(self, report):
        self.reports[report.nodeid].append(report)

    def pytest_sessionfinish(self):
        self.keep("", 0, self.recorder.ran)
        self.rows.execute("COMMIT")
        self.rows.close()

    def keep(self, node: str, seconds: float, ran: set[tuple[str, int]]) -> None:
        self.rows.execute(ADD, [node, seconds])
        (test,) = self.rows.execute("SELECT id FROM test WHERE node = ?", [node])
        lines = defaultdict(int)
        for path, line in ran:
            lines[path] |= 1 << line
        self.rows.executemany(
            "INSERT INTO ran VALUES (?, ?, ?)",
            [(*test, self.number(path), packed(bits)) for path, bits in lines.items()],
        )

    def number(self, path: str) -> int:
        find = "SELECT id FROM file WHERE path = ?"
        row = self.rows.execute(find, [short(path)]).fetchone()
        if row is None:
            add = "INSERT INTO file (path, digest) VALUES (?, ?)"
            return self.rows.execute(add, [short(path), digest(short(path))]).lastrowid
        return row[0]


def pytest_configure(config):
    """Register the map in each process that runs tests, not in the one that waits."""
    worker = getattr(config, "workerinput", {"workerid": "alone"})["workerid"]
    if worker != "alone" or not config.getoption("numprocesses", None):
        config.pluginmanager.register(Map(RECORDER, worker))


# Made before the first module of ours is imported.
RECORDER = Recorder()
