"""Why is a task not tried again?"""

from typing import final


@final
class GiveUp(Exception):
    """Raised by a task that no further try can help: straight to the dead letters."""


@final
class TookTooLong(KeyboardInterrupt):
    """Raised in a task at the end of its time.

    No `except Exception` of its own keeps it, and psycopg cancels the query it waits
    for, as it does at Ctrl+C.
    """


@final
class WorkerDied(Exception):
    """Never raised: written on a task whose fifth worker fell silent."""


GAVE_UP = f"{GiveUp.__module__}.{GiveUp.__qualname__}"
WORKER_DIED = f"{WorkerDied.__module__}.{WorkerDied.__qualname__}"
