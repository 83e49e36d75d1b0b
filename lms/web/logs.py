"""Log lines as JSON, one object a line, for whatever collects them."""

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from traceback import format_tb
from typing import Any

# Their words repeat what somebody typed: Django's own, and those of the drivers.
REPEAT_VALUES = {"DataError", "IntegrityError"}
# SQLite names what was broken in words, PostgreSQL in a field of its own.
BROKEN = re.compile(r"^[A-Z ]+ constraint failed: ([\w., ]+)$")

log = logging.getLogger("campus")


class JsonFormatter(logging.Formatter):
    """Formats a record with its `facts` (a mapping given as `extra`)."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one JSON object; an exception adds its type and where it was raised.

        Not its message: that may name a person ("no such mailbox: …").
        """
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            kind, error, trace = record.exc_info
            line["exception"] = f"{kind.__module__}.{kind.__qualname__}"
            if constraint := constraint_of(error):
                line["constraint"] = constraint
            line["trace"] = format_tb(trace)
        return json.dumps(line, ensure_ascii=False, default=str)


def message_of(record: logging.LogRecord) -> str:
    """Return the message without what people typed.

    Neither the path, where Django names one (it may be a code), nor the values that a
    database repeats in an error.
    """
    said = str(without_values(record.msg))
    if isinstance(record.args, tuple) and record.args:
        said %= tuple(map(without_values, record.args))
    elif record.args:
        said %= record.args
    request = getattr(record, "request", None)
    return said.replace(getattr(request, "path", None) or "\0", "…")


def without_values(said: Any) -> Any:
    """Return a database's error by its class and constraint, all else as it is."""
    if not REPEAT_VALUES & {kind.__name__ for kind in type(said).__mro__}:
        return said
    constraint = constraint_of(said)
    return type(said).__name__ + (f" ({constraint})" if constraint else "")


def constraint_of(error: BaseException | None) -> str:
    """Return the name of the constraint that an error is about, or nothing."""
    while error is not None:
        if name := getattr(getattr(error, "diag", None), "constraint_name", None):
            return name
        if broken := BROKEN.match(str(error)):
            return broken[1]
        error = error.__cause__
    return ""


def write_uncaught() -> None:
    """Have what nobody catches, in any thread, and warnings written as lines too."""
    sys.excepthook = _write_down
    threading.excepthook = lambda ended: _write_down(
        ended.exc_type, ended.exc_value, ended.exc_traceback
    )
    logging.captureWarnings(True)


def _write_down(kind, error, trace) -> None:
    log.critical("ended by an error", exc_info=(kind, error, trace))
