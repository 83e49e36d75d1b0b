"""What do the pages cost that people open most, beside one that does nothing?"""

from itertools import repeat

from certificates.drills import awarded
from certificates.models import Certificate
from courses.bench import pages as learning
from courses.bench.content import load_ten_courses
from courses.bench.quiz import quiz_row
from lms.bench.rounds import HEAD, ROUNDS, SLICES, Operation, rows, run
from lms.bench.site import Served, bench_site, served
from lms.bench.tables import Row, Table
from lms.bench.visitors import VISITORS, Request

MEMORY = 225  # MiB of web, worker and beat, at rest


def pages() -> Table:
    """Measure all of it on one scratch site."""
    with bench_site() as site:
        load_ten_courses(site)
        with served(site) as campus:
            return Table(HEAD, measured(campus))


def measured(campus: Served) -> list[Row]:
    at_rest = campus.memory
    finishes = learning.FINISHES_A_SLICE * SLICES * (ROUNDS + 1)
    nothing, operations = learning.operations(campus, finishes=finishes + VISITORS + 1)
    operations.append(checking(campus))
    for operation in [nothing, *operations]:
        learning.count_queries(campus, operation)
    before = learning.completions()
    run(campus, [nothing, *operations])
    return [
        *rows(nothing, operations),
        completions_row(learning.completions() - before, finishes),
        quiz_row(campus),
        memory_row("memory at rest, MiB", at_rest, MEMORY),
        memory_row("memory after all this, MiB", campus.memory),
    ]


def checking(campus: Served) -> Operation:
    """The check of a certificate by somebody who was never here before."""
    (key,) = campus.site.once(awarded)
    path = f"/v/{Certificate.objects.get(pk=key).code}"
    return Operation(
        "verify, a new visitor", repeat(Request(path, is_first=True)), 400, at_most=1.7
    )


def completions_row(found: int, finishes: int) -> Row:
    cells = ("lessons finished for the first time", "", str(found), "", str(finishes))
    return Row(cells, holds=found == finishes)


def memory_row(what: str, found: float, at_most: int | None = None) -> Row:
    wanted = f"≤ {at_most}" if at_most else ""
    holds = found <= at_most if at_most else None
    return Row((what, "", f"{found:.0f}", "", wanted), holds=holds)
