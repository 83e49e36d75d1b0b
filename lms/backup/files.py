"""Which files are there, which do rows name, and where does one of an archive go?

Files are told apart as an archive names them: `media/…` and `private/…`.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db.models import FileField, Model
from django.utils.module_loading import import_string

from lms.backup.sealing import PIECE

# Functions that return names of files that stand in no field for files, and where.
REGISTER: list[tuple[str, str]] = []


def register(path: str, *, storage: str = "private") -> None:
    """Add, by name, a function that returns names in a storage."""
    REGISTER.append((path, storage))


def state_folder() -> Path:
    """Return the folder of the installation, which a new one may not have yet."""
    folder = Path(settings.STATE_DIR).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def roots() -> dict[str, Path]:
    """Return the folders whose files belong to an installation."""
    return {
        "media": Path(settings.MEDIA_ROOT).absolute(),
        "private": state_folder() / "private",
    }


def stored() -> Iterator[tuple[str, Path]]:
    """Yield every file that is there, as an archive names it and as the disk does."""
    for folder, root in roots().items():
        for path in root.rglob("*"):
            if path.is_file():
                yield f"{folder}/{path.relative_to(root).as_posix()}", path


def named() -> set[str]:
    """Return every file that a row names, as an archive names it."""
    return {*_in_fields(), *_registered()}


def _in_fields() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                yield from _in_field(model, field)


def _in_field(model: type[Model], field: FileField) -> Iterator[str]:
    rows = model._base_manager.exclude(**{field.name: ""})
    for row in rows.iterator(chunk_size=500):
        if file := getattr(row, field.attname):
            yield member_name(file.storage, file.name)


def _registered() -> Iterator[str]:
    for path, storage in REGISTER:
        kept: Callable[[], Iterable[str]] = import_string(path)
        for name in kept():
            yield member_name(storages[storage], name)


def member_name(storage: Storage, name: str) -> str:
    """Return how an archive names a file; `elsewhere/…` is none that it has."""
    path = Path(storage.path(name))
    for folder, root in roots().items():
        if path.is_relative_to(root):
            return f"{folder}/{path.relative_to(root).as_posix()}"
    return f"elsewhere/{name}"


def is_safe(member: str) -> bool:
    """Whether a file of that name can only go below the folders of an installation."""
    parts = PurePosixPath(member).parts
    return len(parts) > 1 and parts[0] in roots() and ".." not in parts


def put(member: str, content: IO[bytes]) -> None:
    """Write a file of an archive to its place, which must be free."""
    folder, _slash, rest = member.partition("/")
    path = roots()[folder] / rest
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        shutil.copyfileobj(content, file, PIECE)
