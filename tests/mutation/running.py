"""Runs chosen tests, in an order of ours, in a process that is forked for them.

The parent has collected all tests and made the database, which is in its memory: the
child has a copy of both, and nothing of what it does comes back but its answer.
"""

import gc
import os
import resource
import signal
import sqlite3
import tempfile
import traceback
from collections.abc import Callable, Iterable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management.commands import migrate
from django.db import connection
from django.urls import get_resolver

from tests.mutation.applying import NotHere, caches_of_ours, functions_of_ours

SLOW = 10  # times what a test took when the map was drawn: it does not end
AT_LEAST = 5  # seconds before a test is called slow
AT_MOST = 600  # seconds by the clock on the wall, for tests that wait
PASSED, FAILED, NOT_HERE, BROKEN = 0, 1, 77, 78


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of running tests: `at` is the number of the last that began."""

    word: str  # passed, failed, slow, limit, not here, broken
    at: int = -1
    said: str = ""


class Runner:
    """Plugin: instead of running all tests, lets `work` ask for some."""

    def __init__(
        self,
        work: Callable,
        *,
        seconds: dict[str, float],
        limit: int,
        changed: bool = False,  # from the start: a test may fail at once
    ):
        self.work = work
        self.changed = changed
        self.seconds = seconds
        self.limit = limit
        self.failed = False
        self.worked = False

    def pytest_configure(self, config):
        config.option.verbose = 0  # asked for by others, given by the terminal's plugin

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        self.session = session
        self.blocker = blocker_of(session.config)
        self.items = {item.nodeid: item for item in session.items}
        self.warm_up()
        self.work(self)
        self.worked = True
        return True

    def pytest_runtest_logreport(self, report):
        self.failed = self.failed or report.failed

    def warm_up(self) -> None:
        """Make the database and what else each child would make again."""
        with_rows = [item for item in self.session.items if needs_rows(item)]
        if with_rows:
            quick = min(with_rows, key=lambda item: self.seconds.get(item.nodeid, 1))
            passes = self.run_one(quick, self.session)
            if not passes and not self.changed:
                raise RuntimeError(f"{quick.nodeid} fails where nothing was changed")
        get_resolver()._populate()
        self.functions = functions_of_ours()
        self.caches = caches_of_ours()
        gc.collect()
        gc.freeze()

    def run_one(self, item, following) -> bool:
        """Run a test; what its neighbours share stays up if `following` shares it too.

        The session stands for "none, but keep the database".
        """
        self.failed = False
        hook = item.ihook.pytest_runtest_protocol
        hook(item=item, nextitem=following)
        return not self.failed

    def run(self, tests: list[str], change: Callable | None = None) -> Answer:
        """Run tests in a child until the first that fails."""
        files = {node.split("::")[0] for node in self.items}
        for test in tests:
            if test.split("::")[0] not in files:
                return Answer("not imported", said=test)
        places = [(at, node) for at, test in enumerate(tests) for node in self.of(test)]
        items = [(at, self.items[node]) for at, node in places]

        def act(note):
            for cache in self.caches:
                cache.cache_clear()
            if change:
                change(self)
            return self.run_all(items, note)

        return forked(act, limit=self.limit)

    def of(self, test: str) -> list[str]:
        """Return the test; or all of its function, if the change has renamed it.

        A value of the code may stand in the name of a test with parameters.
        """
        return [test] if test in self.items else alike(test, self.items)

    def run_all(self, items: list[tuple[int, Any]], note: Callable[[int], None]) -> int:
        followers = [*[item for _, item in items[1:]], self.session]
        for (at, item), following in zip(items, followers, strict=True):
            note(at)
            usual = self.seconds.get(item.nodeid, 0)
            signal.setitimer(signal.ITIMER_PROF, max(AT_LEAST, SLOW * usual))
            if not self.run_one(item, following):
                return FAILED
        return PASSED

    def in_order(self, tests) -> list[str]:
        """Leave out what is not there, and put those that empty the tables last."""
        there = [test for test in tests if test in self.items]
        return sorted(there, key=lambda test: empties_tables(self.items[test]))


def alike(test: str, nodes: Iterable[str]) -> list[str]:
    function = test.split("[")[0]
    return [node for node in nodes if node.split("[")[0] == function]


def needs_rows(item) -> bool:
    marked = item.get_closest_marker("django_db") or "db" in item.fixturenames
    return bool(marked) and not empties_tables(item)


def empties_tables(item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = marker and marker.kwargs.get("transaction")
    return bool(asked) or bool(
        {"transactional_db", "live_server"} & {*item.fixturenames}
    )


def forked(act: Callable, *, limit: int) -> Answer:
    """Let a child act; it notes where it is, and ends with one of our numbers."""
    with tempfile.TemporaryFile("w+") as notes:
        pid = os.fork()
        if pid == 0:
            os._exit(_child(act, notes, limit))
        _, status = os.waitpid(pid, 0)
        notes.seek(0)
        lines = notes.read().splitlines()
    at = int(lines[-1]) if lines and lines[-1].isdigit() else -1
    return Answer(word_of(status), at, "" if at >= 0 else "\n".join(lines))


def _child(act: Callable, notes, limit: int) -> int:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    signal.alarm(AT_MOST)

    def note(at: int) -> None:
        notes.write(f"{at}\n")
        notes.flush()

    try:
        return act(note)
    except NotHere:
        return NOT_HERE
    except BaseException:  # whatever it is, the child must not go on as its parent
        traceback.print_exc(file=notes)
        notes.flush()
        return BROKEN


def word_of(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "slow" if os.WTERMSIG(status) == signal.SIGPROF else "limit"
    words = {PASSED: "passed", FAILED: "failed", NOT_HERE: "not here"}
    return words.get(os.WEXITSTATUS(status), "broken")


def blocker_of(config):
    """Return what opens the database; the plugin's module is pytest's to import."""
    plugin = config.pluginmanager.get_plugin("django")
    return config.stash[plugin.blocking_manager_key]


def keep_tables(file: Path, blocker) -> None:
    """Write the tables of this process to a file, for a process that imports anew."""
    with blocker.unblock(), closing(sqlite3.connect(file)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)


@contextmanager
def tables_from(file: Path):
    """Inside, `migrate` takes the tables of the file: faster than making them."""
    original = migrate.Command.handle

    def handle(command, *args, **options):
        with closing(sqlite3.connect(file)) as copy:
            connection.ensure_connection()
            copy.backup(connection.connection)

    migrate.Command.handle = handle
    try:
        yield
    finally:
        migrate.Command.handle = original
