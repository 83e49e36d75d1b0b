"""Which benches are there? Each floor registers its own, by name."""

from collections.abc import Callable

from django.utils.module_loading import import_string

from lms.bench.tables import Table

REGISTER: dict[str, str] = {}


def register(name: str, path: str) -> None:
    """Add the bench `path()`, which returns a `Table`; nothing is imported for it."""
    REGISTER[name] = path


def load(name: str) -> Callable[[], Table]:
    return import_string(REGISTER[name])
