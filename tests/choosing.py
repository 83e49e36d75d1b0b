"""Which tests run where: sweeps in turns, words on one database, skips by a list.

A sweep asks one thing of everything there is: every form, every address, every actor.
`--sweeps=some` runs those of the packages that the last change touched, and a fifth of
the others, which the commit picks: five landings run them all. What walks in a browser
takes half a minute each and waits for ten. Without it all run.
What stands or falls together says so: `sweep("courses/loader")` names what it is about.
`sweep(on="sqlite")` waits on SQLite alone.
`--without-words` is for PostgreSQL: pages and letters are read on SQLite, and of what
speaks no SQL of its own those files are run that a sweep would run.
"""

import re
import subprocess
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import URLPattern

from tests.posts.sweeping import patterns

PARTS, PARTS_IN_A_BROWSER = 5, 10
A_CHANGE = 4 * 60 * 60  # seconds before the last commit: what landed together
# What every page is made with: whoever changes it has touched all packages.
BENEATH_ALL = ("lms/web/", "lms/settings/", "templates/base")
# What may be skipped, and where the same is run.
MAY_SKIP = (
    "COPY is PostgreSQL's",  # on PostgreSQL
    "one writes at a time, in memory none waits",  # on PostgreSQL
    "LibreOffice is not installed",  # by bin/nightly, which brings it
)
# Whose tests read files, pages and letters: no database changes what those say. Its own
# questions have tests of their own, and the crawls open every page on both.
WORDS = re.compile(
    r"""
    test_(house|templates|choosing|key_canaries|pages_gone)
    | (mutation|posts|screens)/
    | access/test_(matrix|revoked|swaps)
    | courses/test_(payloads|starter_content|path|page_context)
    | courses/loader/test_(own_courses|refusals|rich_text)
    | .*/(views/|test_views|test_screens)
    """,
    re.VERBOSE,
)
# Whose tests ask what a database answers: rows, locks, constraints, plans.
SQL = re.compile(
    r"""
    (access|drills|journeys|upgrade)/
    | .*\b(figures|lines|loader|queue|recount|region|reports)/
    | (.*/)?test_\w*(
        actions|asking|canaries|chain|copying|coverage|databases|export|facts|figures
        | history|keeping|leaks|limits|lines|load|making|merging|model|query|queue
        | records|retention|scope|search|sending|shields|standing|tasks|tries|waiting
    )
    """,
    re.VERBOSE,
)


def add_options(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sweeps",
        choices=("all", "some"),
        default="all",
        help="some: of each long sweep what the last change touched and a fifth",
    )
    parser.addoption(
        "--without-words",
        action="store_true",
        help="leave out the files whose tests read what pages and letters say",
    )


def reads_words(path: Path) -> bool:
    """Whether the tests of that file read what no database changes."""
    return bool(WORDS.match(_place(path)))


def waits_for_sql(
    path: Path, *, in_turn: Callable[..., bool], touched: set[str]
) -> bool:
    """Whether a file is none of those that ask a database, and another landing's."""
    place = _place(path)
    speaks = not path.name.startswith("test_") or SQL.match(place)
    return not speaks and package_of(place) not in touched and not in_turn(place)


def _place(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR / "tests"))


def is_left_out(path: Path, config: pytest.Config) -> bool:
    """Whether `--without-words` leaves that file out: nothing of it is imported."""
    if not config.getoption("--without-words"):
        return False
    return reads_words(path) or (
        config.getoption("--sweeps") == "some"
        and waits_for_sql(path, in_turn=chooser(config), touched=touched_packages())
    )


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the sweeps whose turn it is not.

    Journeys come first: one process of the two walks them all, on one site.
    """
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
    if config.getoption("--sweeps") == "all":
        return
    waiting = those_that_wait(
        items, in_turn=chooser(config), touched=touched_packages()
    )
    left_out = set(waiting)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=waiting)


def those_that_wait(
    items: list[pytest.Item], *, in_turn: Callable[..., bool], touched: set[str]
) -> list[pytest.Item]:
    """Return the tests of sweeps that another landing runs."""
    packages, vendor = packages_of_addresses(), connection.vendor

    def waits(item: pytest.Item) -> bool:
        marker = item.get_closest_marker("sweep")
        if marker is None or marker.kwargs.get("on", vendor) != vendor:
            return False
        about = marker.args or (packages.get(_address_of(item)),)
        name = marker.args[0] if marker.args else item.nodeid
        parts = PARTS_IN_A_BROWSER if item.get_closest_marker("journey") else PARTS
        return touched.isdisjoint(about) and not in_turn(name, parts)

    return [item for item in items if waits(item)]


def _address_of(item: pytest.Item) -> str:
    """Return the name of the address that a test is about, if it is about one."""
    name = item.callspec.params.get("name", "") if hasattr(item, "callspec") else ""
    return str(name).partition(":")[0]


def packages_of_addresses() -> dict[str, str]:
    """Return the package whose view answers each address, as `lms/team`."""
    return {pattern.name: package_of_view(pattern) for _route, pattern in patterns()}


def package_of_view(pattern: URLPattern) -> str:
    return "/".join(pattern.callback.__module__.split(".")[:2])


def chooser(config: pytest.Config) -> Callable[..., bool]:
    """Return what says of a name whether its turn is now: always, where all run.

    The commit picks the part: successive landings take different ones.
    """
    if config.getoption("--sweeps") == "all":
        return lambda name, parts=PARTS: True
    commit = last_commit()
    return lambda name, parts=PARTS: part_of(name, parts) == part_of(commit, parts)


def toucher(config: pytest.Config) -> Callable[[str], bool]:
    """Return what says of a package whether the last change touched it.

    Where all run, each counts as touched.
    """
    if config.getoption("--sweeps") == "all":
        return lambda package: True
    return touched_packages().__contains__


def part_of(name: str, parts: int) -> int:
    """Return which of the parts something belongs to, by its name alone."""
    return int(sha256(name.encode()).hexdigest(), 16) % parts


@cache
def last_commit() -> str:
    return _git("rev-parse", "HEAD")


@cache
def touched_packages() -> set[str]:
    """Return the packages that the last change touched, in code or in templates."""
    last = int(_git("log", "-1", "--format=%ct"))
    names = _git("log", f"--since=@{last - A_CHANGE}", "--name-only", "--format=")
    return packages_in(names.split())


def packages_in(paths: Iterable[str]) -> set[str]:
    """Return the packages that files belong to; what lies beneath all is in each."""
    every, paths = set(packages_of_addresses().values()), list(paths)
    ours = {package_of(path) for path in paths}
    if any(path.startswith(BENEATH_ALL) for path in paths):
        return ours | every
    shown = {path.split("/")[1] for path in paths if path.startswith("templates/")}
    return ours | {one for one in every if one.split("/")[-1] in shown}


def package_of(path: str) -> str:
    """Return the package of a file or of a test of it: `lms/team`, or `lms` alone."""
    folders = path.removeprefix("tests/").split("/")[:-1]
    return "/".join(folders[:2])


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments],
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def fail_if_skipped_unawares(report: pytest.TestReport) -> None:
    """Let a test that was skipped for no listed reason count as failed."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _path, _line, reason = report.longrepr
        if not reason.removeprefix("Skipped: ").startswith(MAY_SKIP):
            report.outcome = "failed"
            report.longrepr = f"{reason}: tests/choosing.py names what may be skipped"
