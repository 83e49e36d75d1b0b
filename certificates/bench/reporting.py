"""How long does a ministry wait for a report of a very large region, and for its files?

A million enrolments on PostgreSQL, fifty thousand on SQLite. The officer of one country
is held to the limits. The reader of all eleven is nobody in a real region, for the
secretariat sees figures alone: they are only told of, and read every row for the files.
"""

import csv
import os
import resource
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from io import TextIOWrapper
from itertools import batched
from statistics import quantiles
from typing import BinaryIO

from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from certificates.bench import population
from certificates.models import ReportLine
from certificates.reports.columns import ALL, values_of
from certificates.reports.filters import Asked
from certificates.reports.query import lines_of
from certificates.takeaway.formats import FORMATS
from certificates.takeaway.reading import read
from lms.bench.rounds import ROUNDS
from lms.bench.site import Served, bench_site, served
from lms.bench.tables import Row, Table
from lms.bench.visitors import Request, Visitors
from lms.people.models import User
from lms.scratch import CrewedSite, Failed

ENROLMENTS = {"postgresql": 1_000_000, "sqlite": 50_000}
HEAD = ("what", "found", "wanted")
SCREEN = "/es/reports/completion/"
GROUPED = f"{SCREEN}?group=institution&then=track"
ASKED = 20  # times each, of which the 95th percentile counts
FIRST, GROUPS = 1.0, 2.0  # seconds
OF_COPY = 0.40  # of the speed of a bare COPY
OF_CSV = 8  # times as long as Python's own csv
MEMORY = 250  # MiB


def reports() -> Table:
    """Measure all of it on one scratch site."""
    number = ENROLMENTS[connection.vendor]
    with bench_site() as site:
        at = timezone.now().isoformat()
        site.once(population.lay_ground, at)
        half = number // population.COURSES_EACH // 2
        jobs = [[0, half, at], [half, half, at]]
        site.at_once(population.populate, jobs)
        found = site.once(settle)
        if found != number:
            raise Failed("the population is not whole", found)
        with served(site) as campus:
            rows = list(screens(campus))
        rows += files(site)
    return Table(HEAD, [Row(("enrolments", f"{number}", "")), *rows])


def settle() -> int:
    """Let the database know what it holds, as it does of itself within minutes.

    Returns how many enrolments there are.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ReportLine.objects.count()


def screens(campus: Served) -> Iterator[Row]:
    for email, whose, is_held in (
        (population.OFFICER, "one country", True),
        (population.READER, "all countries", False),
    ):
        cookies = campus.signed_in(email, population.PASSWORD)
        for path, what, most in (
            (SCREEN, "first screen", FIRST),
            (GROUPED, "grouped by two", GROUPS),
        ):
            found = slow_end(campus, Request(path, cookies))
            wanted = f"≤ {most} s" if is_held else ""
            cells = (f"{what}, {whose}: p95", f"{found:.2f} s", wanted)
            yield Row(cells, holds=found <= most if is_held else None)


def slow_end(campus: Served, request: Request) -> float:
    """Return the 95th percentile of the seconds that one visitor waits."""
    visitor = Visitors(campus.address, 1)
    visitor.ask([request])
    waited = []
    for _time in range(ASKED):
        began = time.perf_counter()
        visitor.ask([request])
        waited.append(time.perf_counter() - began)
    return quantiles(waited, n=20)[-1]


def files(site: CrewedSite) -> list[Row]:
    """Return what files of all rows cost, each made in a process of its own."""
    plain, _memory = site.once(seconds_of, "csv by Python alone")
    book, book_memory = site.once(seconds_of, "xlsx")
    rows = [
        told("XLSX of all rows, times Python's csv", book / plain, OF_CSV),
        told("memory of the worker meanwhile, MiB", book_memory, MEMORY),
    ]
    pairs = [
        (site.once(seconds_of, "bare copy"), site.once(seconds_of, "csv"))
        for _round in range(ROUNDS if connection.vendor == "postgresql" else 1)
    ]
    bare, memory = min(one[0] for one, _two in pairs), max(b for _a, (_s, b) in pairs)
    ours = min(two[0] for _one, two in pairs)
    cells = ("CSV of all rows, of the speed of bare reading", f"{bare / ours:.2f}")
    is_copy = connection.vendor == "postgresql"
    wanted = f"≥ {OF_COPY}" if is_copy else ""
    holds = bare / ours >= OF_COPY if is_copy else None
    rows.append(Row((*cells, wanted), holds=holds))
    rows.append(told("memory of the worker meanwhile, MiB", memory, MEMORY))
    return rows


def told(what: str, found: float, most: float) -> Row:
    return Row((what, f"{found:.1f}", f"≤ {most}"), holds=found <= most)


def seconds_of(way: str) -> list[float]:
    """Write all rows in that way to a file; return the seconds, and MiB at most."""
    at = timezone.now()
    reader = User.objects.get(email=population.READER)
    began = time.perf_counter()
    with override("es"), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
        WAYS[way](reader, nowhere, at)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [seconds, peak]


def _file(format_: str) -> Callable:
    def write(reader: User, nowhere: BinaryIO, at: datetime) -> None:
        FORMATS[format_].write(read(reader, {}, at=at).sheet(ALL), nowhere)

    return write


def _python(reader: User, nowhere: BinaryIO, at: datetime) -> None:
    """Read the same rows and let the csv module write them, without any guard."""
    rows = values_of(lines_of(reader, Asked(), at=at), ALL, language="es")
    text = TextIOWrapper(nowhere, encoding="utf-8", newline="")
    file = csv.writer(text)
    for some in batched(rows.iterator(chunk_size=5000), 5000, strict=False):
        file.writerows(some)
    text.flush()


def _bare(reader: User, nowhere: BinaryIO, at: datetime) -> None:
    """Have the database write the same query, or read it where it cannot write."""
    rows = values_of(lines_of(reader, Asked(), at=at), ALL, language="es")
    asked, given = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(asked, given)
            for _some in iter(lambda: cursor.fetchmany(5000), []):
                pass
            return
        statement = f"COPY ({asked}) TO STDOUT (FORMAT csv)"  # of our own words
        with cursor.copy(statement, given) as copy:
            for some in copy:
                nowhere.write(some)


WAYS = {
    "csv by Python alone": _python,
    "bare copy": _bare,
    "csv": _file("csv"),
    "xlsx": _file("xlsx"),
}
