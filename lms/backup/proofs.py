"""Is a restored copy what was backed up? Each floor asks it of what it knows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from lms.audit.chain import Mark, Walk
from lms.audit.models import Event
from lms.backup import database, files
from lms.backup.archive import Manifest


@dataclass(frozen=True, slots=True)
class Proof:
    """What was compared, how much of it, and a sentence for each thing that differs."""

    what: str
    looked_at: int
    flaws: list[str]


# Functions without arguments that return a Proof.
REGISTER: list[str] = []


def register(path: str) -> None:
    """Add, by name, what an upper floor asks of a restored copy."""
    REGISTER.append(path)


def rows_of_tables(manifest: Manifest) -> Proof:
    """Compare how many rows each table has; asked before anything is written."""
    found = database.counts()
    names = sorted({*found, *manifest.counts})
    flaws = [
        f"{name}: {found.get(name)} rows, and {manifest.counts.get(name)} backed up."
        for name in names
        if found.get(name) != manifest.counts.get(name)
    ]
    return Proof("tables", len(names), flaws)


def all_of(manifest: Manifest) -> list[Proof]:
    """Compare the rest: log, files, and what upper floors registered."""
    further: list[Callable[[], Proof]] = [import_string(path) for path in REGISTER]
    return [
        audit_chain(manifest),
        files_of_rows(manifest),
        *[prove() for prove in further],
    ]


def audit_chain(manifest: Manifest) -> Proof:
    """Walk the seals up to the last one that was backed up."""
    number, digest = manifest.audit["number"], str(manifest.audit["digest"])
    walk = Walk(expected=Mark(int(number), digest) if number else None)
    flaws = [str(flaw) for flaw in walk.flaws()]
    events = Event.objects.count()
    if events != manifest.audit["events"]:
        wanted = manifest.audit["events"]
        flaws.append(f"{events} events in the log, and {wanted} backed up.")
    return Proof("seals of the audit log", walk.seals, flaws)


def files_of_rows(manifest: Manifest) -> Proof:
    """Look for every file that a row names, but those that were gone before."""
    named = files.named()
    there = {name for name, _path in files.stored()}
    missing = sorted(named - there - set(manifest.missing))
    return Proof("files that rows name", len(named), [f"No {m}." for m in missing])
