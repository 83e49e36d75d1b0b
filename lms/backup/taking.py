"""What is done for a backup: the database first, then every file, then what it was."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from platform import python_version

import django
import wagtail
from django.db import connection

from lms.audit.models import Event, Seal
from lms.backup import database, files
from lms.backup.archive import DATABASE, Archive, Manifest, sealed
from lms.backup.refusing import NotDone
from lms.people.models import User


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made; `lost` are files that rows name and nobody has."""

    file: str
    bytes: int
    taken_at: str
    files: int
    rows: int
    gone_meanwhile: int
    lost: list[str]


def take(out: Path, *, secret: str, at: datetime) -> Taken:
    """Write an archive of all that there is, while everybody works on."""
    refuse_a_place(out)
    with sealed(out, secret=secret) as archive:
        manifest, wanted = add_database(archive, at=at)
        add_files(archive)
        missing = wanted - {member.name for member in archive.members}
        archive.finish(
            replace(manifest, missing=sorted(missing), members=archive.members)
        )
    # What was deleted meanwhile no row names any more.
    lost = missing & files.named() if missing else set()
    return Taken(
        file=str(out),
        bytes=out.stat().st_size,
        taken_at=manifest.taken_at,
        files=len(archive.members) - 1,
        rows=sum(manifest.counts.values()),
        gone_meanwhile=len(missing - lost),
        lost=sorted(lost),
    )


def refuse_a_place(out: Path) -> None:
    """Refuse to write over a file, or where the archive would be a part of itself."""
    if out.exists():
        raise NotDone(f"{out} is there already: name another file.")
    if any(out.absolute().is_relative_to(root) for root in files.roots().values()):
        raise NotDone(f"{out} is among the files to back up: name another folder.")


def add_database(archive: Archive, *, at: datetime) -> tuple[Manifest, set[str]]:
    """Add the database; return what is told of its moment, and the files it names."""
    with database.dumped() as dump:
        manifest = Manifest(
            taken_at=at.isoformat(),
            engine=connection.vendor,
            versions=versions(),
            migrations=database.applied_migrations(),
            counts=database.counts(),
            audit=end_of_the_chain(),
            erased=[str(uuid) for uuid in erased()],
        )
        wanted = files.named()
        archive.add(DATABASE, dump)
    return manifest, wanted


def add_files(archive: Archive) -> None:
    """Add every file that is there: one deleted since it was listed is gone."""
    for name, path in files.stored():
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue
        with file:
            archive.add(name, file)


def versions() -> dict[str, str]:
    return {
        "python": python_version(),
        "django": django.__version__,
        "wagtail": wagtail.__version__,
        connection.vendor: ".".join(map(str, connection.get_database_version())),
    }


def end_of_the_chain() -> dict[str, int | str]:
    """Return the last seal of the audit log, and how many events there are."""
    last = Seal.objects.order_by("-number").first()
    return {
        "number": last.number if last else 0,
        "digest": last.digest if last else "",
        "events": Event.objects.count(),
    }


def erased():
    people = User.objects.exclude(erased_at=None).order_by("pk")
    return people.values_list("uuid", flat=True)
