"""A site to try things on that nobody would want to see happen to a real one."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from lms.queue.drill import address, connected_to, scratch_database

GRACE = 30  # seconds that a process of a site has to end


@dataclass(frozen=True)
class Outcome:
    """How a process of the crew ended, and what it said before."""

    ended: int
    answer: Any = None
    refused: list[str] = field(default_factory=list)


class Failed(Exception):
    """A step of the drill itself did not work."""


@dataclass(frozen=True)
class Site:
    """A database and a folder, and processes of ours that work on both."""

    name: str
    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> None:
        """Run `manage.py …` to its end."""
        done = subprocess.run(  # noqa: S603 - our own command
            command(*arguments),
            env=os.environ | self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise Failed(" ".join(arguments), done.stderr)

    @contextmanager
    def started(self, *arguments: str, **pipes: Any) -> Iterator[subprocess.Popen]:
        """Have `manage.py …` at work meanwhile."""
        with subprocess.Popen(  # noqa: S603 - our own command
            command(*arguments), env=os.environ | self.environment, **pipes
        ) as child:
            try:
                yield child
            finally:
                end(child)

    def private_file(self, name: str) -> Path:
        return self.folder / "private" / name


def end(child: subprocess.Popen) -> None:
    """Ask it to end, and see to it."""
    child.terminate()
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        child.kill()


@dataclass(frozen=True)
class CrewedSite(Site):
    """A site with a crew that does things at once."""

    crew: subprocess.Popen

    def at_once(self, work: Callable, jobs: list[list]) -> list[Outcome]:
        """Do the work with each of the arguments, in as many processes at once."""
        name = f"{work.__module__}.{work.__qualname__}"
        self.crew.stdin.write(json.dumps({"work": name, "jobs": jobs}) + "\n")
        self.crew.stdin.flush()
        return [Outcome(**told) for told in json.loads(self.crew.stdout.readline())]

    def once(self, work: Callable, *arguments: Any) -> Any:
        """Do the work in one process and return its answer."""
        (outcome,) = self.at_once(work, [list(arguments)])
        if outcome.ended or outcome.refused:
            raise Failed(work.__name__, outcome)
        return outcome.answer


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]


STEPS = ("migrate", "createcachetable", "load_courses")


@contextmanager
def scratch_site(
    *, steps: tuple[str, ...] = STEPS, **environment: str
) -> Iterator[CrewedSite]:
    """Make a site with the starter courses beside the one in use; leave nothing."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        scratch_database(Path(folder)) as name,
    ):
        site = bare_site(name, folder=Path(folder), **environment)
        for step in steps:
            site.run(*step.split())
        with crewed(site) as whole, connected_to(name):
            yield whole


@contextmanager
def site_on(name: str, *, folder: Path, **environment: str) -> Iterator[CrewedSite]:
    """Work on that database with processes of the demo's manners, and a crew."""
    with crewed(bare_site(name, folder=folder, **environment)) as whole:
        yield whole


def bare_site(name: str, *, folder: Path, **environment: str) -> Site:
    environment = {
        "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
        "STATE_DIR": str(folder),
        "DATABASE_URL": address(name),
    } | environment
    return Site(name, folder, environment)


@contextmanager
def crewed(site: Site) -> Iterator[CrewedSite]:
    """Give the site a crew, which has loaded what is there by now."""
    with site.started(
        "crew", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as crew:
        yield CrewedSite(site.name, site.folder, site.environment, crew)
