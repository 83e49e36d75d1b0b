"""Does a test notice the change? Tries one mutant after the other, several at a time.

A mutant counts as killed when a test fails with the change and the same tests, in the
same order, pass without it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

import pytest

from tests.mutation.applying import (
    change_python,
    change_template,
    import_changed,
    python_tree,
)
from tests.mutation.floors import ROOT
from tests.mutation.mapping import noted_choice
from tests.mutation.running import Answer, Runner, keep_tables, tables_from
from tests.mutation.sampling import Mutant, changed_template

ARGUMENTS = ["-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:terminal"]
ARGUMENTS += ["--capture=sys"]
TRIES = 5  # to find an order of the tests that passes without the change


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant."""

    mutant: Mutant
    word: str  # killed, survived, unsettled
    why: str
    ran: int
    seconds: float


def change(mutant: Mutant, runner: Runner) -> None:
    """Put the change into this process."""
    if mutant.is_template:
        change_template(mutant.path, changed_template(mutant))
    else:
        tree = python_tree(mutant.path, mutant.number, mutant.choice)
        functions = runner.functions.get(str(ROOT / mutant.path), [])
        change_python(mutant.path, tree, functions)


def settle(mutant: Mutant, run: Callable[[list[str], bool], Answer], tests: list[str]):
    """Return (word, why, how many tests ran); `run(tests, changed)` runs them."""
    for _ in range(TRIES):
        if not tests:
            return "unsettled", "no test of it passes without the change", 0
        answer = run(tests, True)
        if answer.word == "passed":
            return "survived", "", len(tests)
        if answer.word in {"limit", "broken"}:
            said = answer.said.splitlines()[-1:] or [answer.word]
            return "unsettled", said[0], answer.at + 1
        if answer.at < 0:  # nothing of it could be imported
            return "killed", f"{answer.word}: {answer.said}", 0
        begun = tests[: answer.at + 1]
        without = run(begun, False)
        if without.word == "passed":
            how = "time, " if answer.word == "slow" else ""
            return "killed", f"{how}{begun[-1]}", len(begun)
        tests = [test for test in tests if test != begun[without.at]]
    return "unsettled", "its tests fail without the change as well", len(tests)


class Trial:
    """All mutants of one seed, tried by processes forked from one session of pytest."""

    def __init__(self, mutants: list[Mutant], seconds: dict, *, jobs: int, limit: int):
        self.mutants = mutants
        self.seconds = seconds
        self.jobs = jobs
        self.limit = limit

    def verdicts(self, told: Callable[[Verdict], None]) -> list[Verdict]:
        """Return all verdicts, and tell each of them as it is known."""
        found = []
        tests = {test for mutant in self.mutants for test in mutant.tests}
        files = {test.split("::")[0] for test in tests}
        with tempfile.TemporaryDirectory() as folder:
            self.tables = Path(folder) / "tables.sqlite3"

            def work(runner: Runner) -> None:
                keep_tables(self.tables, runner.blocker)
                self.rehearse(runner)
                for verdict in self.shared_out(runner):
                    told(verdict)
                    found.append(verdict)

            collect(files, work, seconds=self.seconds, limit=self.limit)
        return found

    def rehearse(self, runner: Runner) -> None:
        """Make sure that a process apart passes a test where nothing was changed."""
        apart = [mutant for mutant in self.mutants if not mutant.live]
        tests = [test for mutant in apart for test in runner.in_order(mutant.tests)]
        for test in tests[:1]:
            answer = self.apart(None, [test])
            if answer.word != "passed":
                raise RuntimeError(f"{test} without a change, apart: {answer}")

    def shared_out(self, runner: Runner) -> Iterator[Verdict]:
        """Let several processes take the next mutant each until none is left."""
        context = get_context("fork")
        waiting, done = context.SimpleQueue(), context.SimpleQueue()
        taking = partial(self.take, runner, waiting, done)
        hands = [context.Process(target=taking) for _ in range(self.jobs)]
        for hand in hands:
            hand.start()
        for number in [*range(len(self.mutants)), *[None] * self.jobs]:
            waiting.put(number)
        for _ in self.mutants:
            number, *verdict = done.get()
            yield Verdict(self.mutants[number], *verdict)
        for hand in hands:
            hand.join()

    def take(self, runner: Runner, waiting, done) -> None:
        while (number := waiting.get()) is not None:
            began = monotonic()
            verdict = self.one(runner, self.mutants[number])
            done.put((number, *verdict, monotonic() - began))

    def one(self, runner: Runner, mutant: Mutant) -> tuple[str, str, int]:
        here = partial(change, mutant)

        def run(tests, changed):
            if not changed:
                return runner.run(tests)
            answer = runner.run(tests, here) if mutant.live else Answer("not here")
            return self.apart(mutant, tests) if answer.word == "not here" else answer

        return settle(mutant, run, runner.in_order(mutant.tests))

    def apart(self, mutant: Mutant | None, tests: list[str]) -> Answer:
        """Run the tests in a process that imports the change."""
        asked = {
            "mutant": mutant and asdict(replace(mutant, tests=())),
            "tests": tests,
            "seconds": {test: self.seconds.get(test, 0) for test in tests},
            "limit": self.limit,
            "tables": str(self.tables),
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.mutation", "apart"],
            cwd=ROOT,
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=False,
        )
        answer = done.stdout.strip().splitlines()
        if not answer:
            said = done.stderr.strip().splitlines()[-1:]
            return Answer("not imported", said="".join(said))
        return Answer(**json.loads(answer[-1]))


def apart(asked: dict) -> Answer:
    """Answer what `Trial.apart` asks, in a process that has nothing of ours yet."""
    if asked["mutant"]:
        mutant = Mutant(**asked["mutant"])
        tree = python_tree(mutant.path, mutant.number, mutant.choice)
        import_changed(mutant.path, tree)
    answers = []

    def work(runner: Runner) -> None:
        answers.append(runner.run(asked["tests"]))

    files = {test.split("::")[0] for test in asked["tests"]}
    with tables_from(Path(asked["tables"])):
        collect(
            files,
            work,
            seconds=asked["seconds"],
            limit=asked["limit"],
            changed=bool(asked["mutant"]),
        )
    return answers[0]


def collect(files: set[str], work, **options) -> None:
    """Collect the tests of the files in one session, and let `work` run some."""
    there = sorted(file for file in files if (ROOT / file).is_file())
    os.chdir(ROOT)
    runner = Runner(work, **options)
    ended = pytest.main([*ARGUMENTS, *noted_choice(), *there], plugins=[runner])
    if not runner.worked:
        raise RuntimeError(f"pytest ended with {ended!r} before it ran a test")
