"""Reading parts of an archive (ZIP) of which nothing is believed, its sizes least."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lms.team.roster.findings import Unreadable

MOST_PARTS = 5000
MOST_INFLATED = 20 * 1024 * 1024  # of a part: four times what a file may have
CHUNK = 64 * 1024
BROKEN = (
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
    struct.error,
    zlib.error,
)


@contextmanager
def opened(file: IO[bytes]) -> Iterator[ZipFile]:
    """Open an archive; whatever is wrong with its bytes is one sentence."""
    try:
        with ZipFile(file) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise Unreadable("inflates")
            yield archive
    except BROKEN as error:
        raise Unreadable("broken") from error


def part(archive: ZipFile, name: str) -> IO[bytes]:
    """Return a part, to be read; nothing is ever written to a path of the archive."""
    info = archive.getinfo(name)
    _refuse(info)
    return archive.open(info)


def _refuse(info: ZipInfo) -> None:
    if info.flag_bits & 1:
        raise Unreadable("encrypted")
    if info.file_size > MOST_INFLATED:
        raise Unreadable("inflates")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Unreadable("broken")


def chunks_of(archive: ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part bit by bit, as far as a part may go whatever it says of itself."""
    size = 0
    with part(archive, name) as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > MOST_INFLATED:
                raise Unreadable("inflates")
            yield chunk
