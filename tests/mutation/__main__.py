"""`bin/mutate map` draws the map, `bin/mutate try` tries changes by it."""

import argparse
import json
import random
import shutil
import subprocess
import sys
from dataclasses import asdict
from time import monotonic

from tests.mutation.floors import KEPT, NOT_HERE, ROOT
from tests.mutation.mapping import MAPS, Known, note_choice
from tests.mutation.sampling import Mutant, Python, Templates, sample
from tests.mutation.trying import Trial, Verdict, apart

RECORDING = "tests.mutation.recording"
WORDS = ("killed", "survived", "unsettled")
ENOUGH = 95  # of a hundred mutants that were settled


def main(argv: list[str]) -> int:
    if argv[:1] == ["map"]:
        return draw_map(argv[1:])
    if argv == ["apart"]:
        sys.stdout.write(json.dumps(asdict(apart(json.load(sys.stdin)))) + "\n")
        return 0
    return try_some(options(argv))


def options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/mutate", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="map|try")
    commands.add_parser("map", help="run the suite once; arguments go to pytest")
    some = commands.add_parser("try", help="try changes chosen by the seed")
    some.add_argument("--seed", type=int, default=1)
    some.add_argument(
        "--python", type=int, default=400, help="how many changes of code"
    )
    some.add_argument(
        "--templates", type=int, default=100, help="how many of templates"
    )
    some.add_argument("--only", nargs="+", default=[], help="files or folders")
    some.add_argument("--jobs", type=int, default=2)
    some.add_argument("--limit", type=int, default=60, help="seconds of CPU a mutant")
    return parser.parse_args(argv)


def draw_map(arguments: list[str]) -> int:
    """Run the suite once, and note what each test runs."""
    shutil.rmtree(MAPS, ignore_errors=True)
    left_out = [f"--ignore={folder}" for folder in NOT_HERE]
    command = [sys.executable, "-m", "pytest", "-n", "2", "-p", RECORDING]
    whole = [*command, *left_out, *arguments]
    note_choice(arguments)
    return subprocess.run(whole, cwd=ROOT, check=False).returncode


def try_some(asked: argparse.Namespace) -> int:
    known = Known()
    if not known.seconds:
        say("There is no map yet: bin/mutate map")
        return 2
    rng = random.Random(asked.seed)
    mutants, bare = [], []
    for kind, many in ((Python, asked.python), (Templates, asked.templates)):
        source = kind(known, asked.only)
        for path in filter(known.is_stale, source.files):
            say(f"{path} has changed since the map was drawn")
        tried, untried = sample(source.candidates(), many, rng, source.make)
        mutants += tried
        bare += untried
    began = monotonic()
    trial = Trial(mutants, known.seconds, jobs=asked.jobs, limit=asked.limit)
    verdicts = trial.verdicts(lambda verdict: say(line_of(verdict)))
    return report(asked.seed, verdicts, bare, monotonic() - began)


def line_of(verdict: Verdict) -> str:
    why = f"  by {verdict.why}" if verdict.word == "killed" else f"  {verdict.why}"
    return (
        f"{verdict.word:<9} {verdict.seconds:5.1f} s  {verdict.mutant}"
        f"  ({verdict.ran} of {len(verdict.mutant.tests)} tests){why.rstrip()}"
    )


def report(
    seed: int, verdicts: list[Verdict], bare: list[Mutant], seconds: float
) -> int:
    """Say how many were noticed, and which were not; write all of it to a file."""
    of = {word: [v for v in verdicts if v.word == word] for word in WORDS}
    killed, settled = len(of["killed"]), len(of["killed"]) + len(of["survived"])
    percent = 100 * killed / settled if settled else 0
    lines = [
        f"seed {seed}: {killed} killed, {len(of['survived'])} survived, "
        f"{len(of['unsettled'])} unsettled, {len(bare)} not covered; "
        f"{percent:.1f} % of {settled} settled were killed, in {seconds:.0f} s",
        *[line_of(verdict) for verdict in of["survived"] + of["unsettled"]],
    ]
    say("\n".join(["", *lines]))
    lines += [f"not covered  {mutant}" for mutant in bare]
    lines += [line_of(verdict) for verdict in of["killed"]]
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"seed-{seed}.txt").write_text("\n".join(lines) + "\n")
    return 0 if percent >= ENOUGH else 1


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
