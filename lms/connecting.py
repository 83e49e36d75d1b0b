"""Working on another database of the same kind for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Let this thread's default connection be one to another database."""
    usual = connections["default"]
    other = connections.create_connection("default")
    options = {k: v for k, v in usual.settings_dict["OPTIONS"].items() if k != "pool"}
    other.settings_dict = usual.settings_dict | {"NAME": name, "OPTIONS": options}
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = usual
