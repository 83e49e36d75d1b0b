"""What does an operation cost, beside another that was measured at the same time?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from lms.bench.site import Served
from lms.bench.tables import Row
from lms.bench.visitors import Request, Visitors

ROUNDS = 7
SLICES = 3  # of a round: what drifts, drifts for all alike
HEAD = ("operation", "queries", "CPU ms (min, median, max)", "ratio", "wanted")


@dataclass
class Operation:
    """Something that is asked again and again; `requests` never asks the same twice
    where that would be another thing."""

    name: str
    requests: Iterator[Request]
    a_slice: int  # so many requests
    at_most: float | None = None  # times what doing nothing costs
    queries: int = 0
    costs: list[float] = field(default_factory=list)  # CPU ms each, by round


def run(served: Served, operations: list[Operation], rounds: int = ROUNDS) -> None:
    """Measure the operations in turn, so many rounds after one that only warms up."""
    visitors = Visitors(served.address)
    for number in range(rounds + 1):
        costs = one_round(served, visitors, operations)
        for operation, cost in zip(operations, costs, strict=True):
            operation.costs += [cost] if number else []


def one_round(
    served: Served, visitors: Visitors, operations: list[Operation]
) -> list[float]:
    spent = [0.0] * len(operations)
    for _slice in range(SLICES):
        for place, operation in enumerate(operations):
            requests = list(islice(operation.requests, operation.a_slice))
            before = served.cpu
            visitors.ask(requests)
            spent[place] += served.cpu - before
    return [
        1000 * seconds / (SLICES * operation.a_slice)
        for seconds, operation in zip(spent, operations, strict=True)
    ]


def rows(nothing: Operation, others: list[Operation]) -> list[Row]:
    """Return a line for each; the median of the ratios of all rounds decides."""
    return [row(nothing, nothing), *(row(other, nothing) for other in others)]


def row(operation: Operation, nothing: Operation) -> Row:
    pairs = zip(operation.costs, nothing.costs, strict=True)
    ratios = [cost / base for cost, base in pairs]
    limit = operation.at_most
    return Row(
        (
            operation.name,
            str(operation.queries),
            spread(operation.costs),
            spread(ratios),
            f"≤ {limit}" if limit else "",
        ),
        holds=median(ratios) <= limit if limit else None,
    )


def spread(values: list[float]) -> str:
    return f"{min(values):.2f}  {median(values):.2f}  {max(values):.2f}"
