"""What is done to restore: read all of it, load it where nobody is yet, compare it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.core.management import call_command
from django.db import connection

from lms.backup import database, files, proofs
from lms.backup.archive import DATABASE, MANIFEST, Manifest, contents, verified
from lms.backup.proofs import Proof
from lms.backup.refusing import NotDone
from lms.mail.held import hold
from lms.people.actions import erase
from lms.people.models import User


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what does not hold in it."""

    taken_at: str
    migrated: bool
    proofs: list[Proof]
    erased_again: int

    @property
    def flaws(self) -> list[str]:
        return [flaw for proof in self.proofs for flaw in proof.flaws]

    def told(self) -> dict:
        return asdict(self) | {"held": not self.flaws}


def restore(
    path: Path, *, newer: Path | None = None, secret: str, at: datetime
) -> Restored:
    """Load an archive into an empty installation, and hold the mail of the copy.

    Whoever is erased in the archive `newer`, and was not yet in this one, is erased
    again. Raises `NotDone` or `Spoiled`, having changed nothing.
    """
    refuse_people()
    refuse_files()
    erased_since = read(newer, secret=secret).erased if newer else []
    with opened(path) as file:
        manifest = verified(file, secret=secret)
        refuse_what_does_not_fit(manifest)
        tables, migrated = load_database(file, manifest, secret=secret, at=at)
        load_files(file, secret=secret)
    return Restored(
        taken_at=manifest.taken_at,
        migrated=migrated,
        proofs=[tables, *proofs.all_of(manifest)],
        erased_again=erase_again(erased_since, at=at),
    )


def opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise NotDone(f"Cannot open {path}: {error.strerror}.") from error


def read(path: Path, *, secret: str) -> Manifest:
    with opened(path) as file:
        return verified(file, secret=secret)


def refuse_people() -> None:
    if User._meta.db_table in database.tables() and User.objects.exists():
        raise NotDone(
            "There are people in this database: restore into an empty one, which "
            "DATABASE_URL names."
        )


def refuse_files() -> None:
    there = next(files.stored(), None)
    if there:
        raise NotDone(
            f"There are files in STATE_DIR already ({there[0]}): restore into an "
            "empty one."
        )


def refuse_what_does_not_fit(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise NotDone(
            f"The archive holds a database of {manifest.engine}, and DATABASE_URL "
            f"names one of {connection.vendor}."
        )
    unknown = set(manifest.migrations) - database.known_migrations()
    if unknown:
        raise NotDone(
            "The archive is of a newer Campus than this one: install that first. "
            f"Unknown here: {', '.join(sorted(unknown))}."
        )


def load_database(
    file: BinaryIO, manifest: Manifest, *, secret: str, at: datetime
) -> tuple[Proof, bool]:
    """Load and count it, bring it up to this code, hold its mail.

    Return what the tables proved, and whether it came from an older Campus.
    """
    members = contents(file, secret=secret)
    _name, content = next(members)
    database.load(content)
    members.close()
    tables = proofs.rows_of_tables(manifest)
    is_older = bool(database.known_migrations() - set(manifest.migrations))
    if is_older:
        call_command("migrate", verbosity=0)
    hold(at=at)
    return tables, is_older


def load_files(file: BinaryIO, *, secret: str) -> None:
    for name, content in contents(file, secret=secret):
        if name not in (DATABASE, MANIFEST):
            files.put(name, content)


def erase_again(erased_since: list[str], *, at: datetime) -> int:
    """Erase whoever was erased after the backup; return how many."""
    back = User.objects.filter(uuid__in=erased_since, erased_at=None)
    people = list(back.order_by("pk"))
    for person in people:
        erase(person, by=None, at=at)
    return len(people)
