"""Where does a process die? At one named step of what it writes, before or after it.

A drill sets the trap in a child of its own, around the product's code as it stands.
"""

import os
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.db import connection

WRITES = re.compile(r'(INSERT|UPDATE|DELETE)(?: OR IGNORE)?(?: INTO| FROM)? "(\w+)"')
HALF_A_FILE = "half of the file"


class Trap:
    """Writes down every point that is passed, and kills its process at one of them."""

    def __init__(self, point: str | None):
        self.point = point
        self.passed: list[str] = []
        self.steps: Counter = Counter()

    @contextmanager
    def set(self, storage: FileSystemStorage) -> Iterator[list[str]]:
        """Watch this thread's connection and that storage; yield the points passed."""
        with (
            connection.execute_wrapper(self.statement),
            self.around(connection, "commit", "COMMIT"),
            self.around(storage, "_save", "the file"),
        ):
            yield self.passed

    def statement(self, execute: Callable, sql: str, *rest: Any) -> Any:
        write = WRITES.match(sql)
        if not write:
            return execute(sql, *rest)
        return self.step(" ".join(write.groups()), execute, sql, *rest)

    @contextmanager
    def around(self, owner: Any, method: str, name: str) -> Iterator[None]:
        own = getattr(owner, method)

        def watched(*arguments: Any) -> Any:
            if name == "the file":
                self.half_a_file(owner, *arguments)
            return self.step(name, own, *arguments)

        setattr(owner, method, watched)
        try:
            yield
        finally:
            delattr(owner, method)

    def step(self, name: str, do: Callable, *arguments: Any) -> Any:
        self.steps[name] += 1
        if self.steps[name] > 1:
            name = f"{name} ({self.steps[name]})"
        self.pass_by(f"before {name}")
        answer = do(*arguments)
        self.pass_by(f"after {name}")
        return answer

    def half_a_file(self, storage: FileSystemStorage, name: str, content: File) -> None:
        if self.point == HALF_A_FILE:
            whole = content.read()
            storage.__class__._save(
                storage, name, ContentFile(whole[: len(whole) // 2])
            )
        self.pass_by(HALF_A_FILE)

    def pass_by(self, point: str) -> None:
        self.passed.append(point)
        if point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)
