"""Where are files of reports while they are made, kept and deleted?

A file is written under a name in a folder of its own, then moved to where it is kept:
no part of one is ever under the name that is handed out.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

from certificates.models import ReportFile

FOLDER = "reports"
LEFT_BEHIND = timedelta(days=1)  # by a worker that was killed


def storage() -> Storage:
    return storages["private"]


class Finished(File):
    """A file that is moved to where it is kept, not copied."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def making() -> Path:
    """Return the folder in which files are made; on the disk on which they stay."""
    folder = Path(settings.STATE_DIR) / "private" / "making"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def in_the_making() -> Iterator[BinaryIO]:
    """Open a file to write into; what is not kept is gone afterwards."""
    with tempfile.NamedTemporaryFile(dir=making(), delete=False) as file:
        path = Path(file.name)
        try:
            yield file
        finally:
            path.unlink(missing_ok=True)


def digest_of(file: BinaryIO) -> str:
    file.flush()
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def keep(file: BinaryIO, *, about: ReportFile) -> str:
    """Move a whole file to a new name of its own, and return that."""
    file.seek(0)
    name = f"{FOLDER}/{about.uuid}-{token_hex(8)}"
    return storage().save(name, Finished(file, name=file.name))


def kept_names() -> list[str]:
    """Return the names that rows have for files, for a backup."""
    return list(ReportFile.objects.kept().values_list("name", flat=True))


def delete(name: str) -> None:
    storage().delete(name)


def sweep(*, at: datetime) -> int:
    """Delete what killed workers left behind; return how many files."""
    before = at - LEFT_BEHIND
    left = [path for path in making().iterdir() if _made(path) < before]
    for path in left:
        path.unlink(missing_ok=True)
    strays = [name for name in names() if storage().get_modified_time(name) < before]
    unknown = set(strays) - set(kept_names())
    for name in unknown:
        delete(name)
    return len(left) + len(unknown)


def _made(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)


def names() -> list[str]:
    """Return the names of all files that are kept."""
    try:
        _folders, files = storage().listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [f"{FOLDER}/{name}" for name in files]
