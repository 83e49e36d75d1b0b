"""What if a stored file is not where the database says?

After a restore without files, or on a second machine that does not share the folder.
The reader learns it in a sentence, and the administrators by a letter.
"""

from collections.abc import Iterable

from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models.fields.files import FieldFile
from django.shortcuts import render
from django.utils import timezone

from lms.mail.troubles import tell


class FileMissing(Exception):
    """Raised where a file is to be handed out that cannot be read.

    `kind` is one of `lms.mail.troubles`.
    """

    def __init__(self, kind: str):
        super().__init__(kind)
        self.kind = kind


def look_for(storage: Storage, name: str, *, missing: str) -> None:
    """Do nothing if a stored file is there; else raises `FileMissing` with the kind."""
    if not storage.exists(name):
        raise FileMissing(missing)


def opened(storage: Storage, name: str, *, missing: str) -> File:
    """Open a stored file; raises `FileMissing` with the kind that is given."""
    try:
        return storage.open(name)
    except OSError as error:
        raise FileMissing(missing) from error


def size_of(file: FieldFile, *, missing: str) -> int | None:
    """Return how many bytes a file has; None if it is missing, which is told."""
    try:
        return file.size
    except OSError:
        tell(missing, at=timezone.now())
        return None


def look_for_all(storage: Storage, names: Iterable[str], *, missing: str) -> None:
    """Tell the administrators if one of these files is missing."""
    if not all(storage.exists(name) for name in names):
        tell(missing, at=timezone.now())


class MissingFiles:
    """Answers with a page of ours where a view wanted to hand out a missing file."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, FileMissing):
            return None
        tell(exception.kind, at=timezone.now())
        return render(request, "errors/file_missing.html", status=503)
