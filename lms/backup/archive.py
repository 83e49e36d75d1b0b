"""What is in an archive? The database, then files, then a manifest that names them all.

A tar file inside of the seal: whoever has the key can read one without Campus.
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import IO, BinaryIO

from lms.backup.files import is_safe
from lms.backup.refusing import NotDone
from lms.backup.sealing import PIECE, Opening, Sealing, Spoiled

DATABASE, MANIFEST = "database", "manifest.json"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was backed up, when and of what: what a restored copy is compared with."""

    taken_at: str
    engine: str
    versions: dict[str, str]
    migrations: list[str]
    counts: dict[str, int]
    audit: dict[str, int | str]
    erased: list[str]  # people, by their uuid
    # Named by a row of the moment of the database, and gone when files were read.
    missing: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)


class Hashed:
    """A file whose bytes are counted into a digest as they are read."""

    def __init__(self, file: IO[bytes]):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        content = self.file.read(size)
        self.digest.update(content)
        return content


class Archive:
    """An archive that is being written."""

    def __init__(self, tar: tarfile.TarFile):
        self.tar = tar
        self.members: list[Member] = []

    def add(self, name: str, file: BinaryIO) -> None:
        """Add an open file, as large as it is now."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(file.fileno()).st_size, 0o640
        hashed = Hashed(file)
        self.tar.addfile(info, hashed)
        self.tar.members.clear()  # it would remember every one
        self.members.append(Member(name, info.size, hashed.digest.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest, which comes last."""
        content = json.dumps(asdict(manifest)).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(content)
        with BytesIO(content) as file:
            self.tar.addfile(info, file)


@contextmanager
def sealed(path: Path, *, secret: str) -> Iterator[Archive]:
    """Write an archive, for its owner alone; it has its name once it is whole."""
    part = path.with_name(f".{path.name}.{token_hex(4)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            sealing = Sealing(file, secret=secret)
            with tarfile.open(fileobj=sealing, mode="w|", bufsize=PIECE) as tar:
                yield Archive(tar)
            sealing.finish()
            file.flush()
            os.fsync(descriptor)
        part.rename(path)
    except OSError as error:
        raise NotDone(f"Cannot write {path}: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


def contents(file: BinaryIO, *, secret: str) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield name and content of each member; raises `Spoiled`, at the end at last."""
    file.seek(0)
    opening = Opening(file, secret=secret)
    try:
        with tarfile.open(fileobj=opening, mode="r|", bufsize=PIECE) as tar:
            while info := tar.next():
                tar.members.clear()
                content = tar.extractfile(info)
                if content is None:
                    raise Spoiled
                yield info.name, content
    except tarfile.TarError as error:
        raise Spoiled from error
    while opening.read(PIECE):
        pass


def verified(file: BinaryIO, *, secret: str) -> Manifest:
    """Read an archive from end to end and return its manifest; changes nothing."""
    manifest, found = None, []
    for name, content in contents(file, secret=secret):
        if name == MANIFEST:
            manifest = read_manifest(content)
        else:
            found.append(measured(name, content))
    if manifest is None or manifest.members != found:
        raise Spoiled
    names = [member.name for member in found]
    if names[:1] != [DATABASE] or not all(map(is_safe, names[1:])):
        raise Spoiled
    return manifest


def read_manifest(content: IO[bytes]) -> Manifest:
    told = json.load(content)
    members = [Member(**member) for member in told.pop("members")]
    return Manifest(**told, members=members)


def measured(name: str, content: IO[bytes]) -> Member:
    hashed, size = Hashed(content), 0
    while piece := hashed.read(PIECE):
        size += len(piece)
    return Member(name, size, hashed.digest.hexdigest())
