"""Processes that do one thing at the same moment, each on its own connection.

They are forked from a parent that has loaded the project and never opened a
connection, so that ten of them are there at once and one more killed costs nothing.
"""

import json
import multiprocessing
import os
from collections.abc import Callable
from typing import Any, TextIO

from django.db import connection, connections
from django.utils.module_loading import import_string

from lms.queue.processes import leave_home
from lms.refusals import Refused

PATIENCE = 60  # seconds until all of a crew have come to the start
FORK = multiprocessing.get_context("fork")


def obey(orders: TextIO, reports: TextIO) -> None:
    """Do what each line orders, {"work": dotted name, "jobs": [arguments, …]}."""
    for order in orders:
        reports.write(json.dumps(at_once(**json.loads(order))) + "\n")
        reports.flush()


def at_once(work: str, jobs: list[list]) -> list[dict[str, Any]]:
    """Do the work once with each of the arguments, all starting together."""
    function = import_string(work)
    start = FORK.Barrier(len(jobs))
    return [told(*sent) for sent in [send(function, job, start) for job in jobs]]


def send(function: Callable, job: list, start: Any) -> tuple[Any, Any]:
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=act, args=(function, job, start, theirs, os.getpid()))
    process.start()
    theirs.close()
    return process, ours


def act(function: Callable, job: list, start: Any, report: Any, parent: int) -> None:
    """Come to the start, do it, and say what became of it."""
    leave_home(parent)
    connection.ensure_connection()
    start.wait(PATIENCE)
    try:
        said = {"answer": function(*job)}
    except Refused as refused:
        said = {"refused": refused.reasons}
    report.send(said)
    connections.close_all()


def told(process: Any, report: Any) -> dict[str, Any]:
    """Return what the process said, nothing if it died, and how it ended."""
    try:
        said = report.recv()
    except EOFError:
        said = {}
    process.join()
    return said | {"ended": process.exitcode}
