"""A site to try things on that nobody would want to see happen to a real one."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from lms.queue.drill import address, connected_to, end, scratch_database


@dataclass(frozen=True)
class Outcome:
    """How a process of the crew ended, and what it said before."""

    ended: int
    answer: Any = None
    refused: list[str] = field(default_factory=list)


class Failed(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """A step of the drill itself did not work."""


@dataclass(frozen=True)
class Site:
    """A folder, a database, and processes of ours that work on both."""

    folder: Path
    environment: dict[str, str]
    processes: ExitStack

    def run(self, *arguments: str) -> None:
        """Run `manage.py …` to its end."""
        subprocess.run(  # noqa: S603 - our own command
            command(*arguments),
            env=os.environ | self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen:
        """Start `manage.py …`; whatever happens, it ends with the site."""
        child = subprocess.Popen(  # noqa: S603 - our own command
            command(*arguments), env=os.environ | self.environment, **options
        )
        self.processes.callback(end, child)
        return child

    def private_file(self, name: str) -> Path:
        return self.folder / "private" / name


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


@contextmanager
def scratch_site(**environment: str) -> Iterator[CrewedSite]:
    """Make a site with the starter courses beside the one in use; leave nothing."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        scratch_database(Path(folder)) as name,
        site_on(name, folder=Path(folder), **environment) as site,
    ):
        for step in ("migrate", "createcachetable", "load_courses"):
            site.run(step)
        yield site


@contextmanager
def site_on(name: str, *, folder: Path, **environment: str) -> Iterator[CrewedSite]:
    """Work on that database; this process too is connected to it, for looking."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "lms.settings.demo",
        "STATE_DIR": str(folder),
        "DATABASE_URL": address(name),
    } | environment
    with connected_to(name), ExitStack() as processes:
        crew = Site(folder, environment, processes).start(
            "crew", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        yield CrewedSite(folder, environment, processes, crew)
