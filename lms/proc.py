"""What does the system say of a process: its children, its time, its memory?"""

import os
import socket
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PPID, UTIME, CSTIME = 1, 11, 14  # in `stat`, behind the name


def children_of(parent: int) -> list[int]:
    """Return the processes that this one started and that still live."""
    return [pid for pid, stat in _stats() if int(stat[PPID]) == parent]


def tree_of(root: int) -> list[int]:
    """Return a process and all that descends from it."""
    return [root, *(pid for child in children_of(root) for pid in tree_of(child))]


def web_of(serve: int) -> list[int]:
    """Return the child of `serve` that has children of its own, and them."""
    web = next(pid for pid in children_of(serve) if children_of(pid))
    return [web, *children_of(web)]


def cpu_seconds(pids: list[int]) -> float:
    """Return the user and system time of these, and of children that ended."""
    return sum(sum(map(int, _stat(pid)[UTIME : CSTIME + 1])) / TICKS for pid in pids)


def memory_mib(pids: list[int]) -> float:
    """Return the memory of these processes; what they share counts once.

    Files (programs and libraries) count whole, whoever else has them in memory too.
    """
    rolls = [_roll(pid) for pid in pids]
    files = max(roll["Rss"] - roll["Anonymous"] for roll in rolls)
    return (sum(roll["Pss_Anon"] for roll in rolls) + files) / 1024


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _stats() -> list[tuple[int, list[str]]]:
    found = []
    for path in PROC.glob("[0-9]*"):
        try:
            found.append((int(path.name), _stat(int(path.name))))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
    return found


def _stat(pid: int) -> list[str]:
    return (PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()


def _roll(pid: int) -> dict[str, int]:
    """Return the sums over all that a process has mapped, in KiB."""
    lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
    return {name: int(size.split()[0]) for name, size in (x.split(":") for x in lines)}
