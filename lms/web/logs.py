"""Log lines as JSON, one object a line, for whatever collects them."""

import json
import logging
from traceback import format_tb


class JsonFormatter(logging.Formatter):
    """Formats a record with its `facts` (a mapping given as `extra`)."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one JSON object; an exception adds its type and where it was raised.

        Not its message: that may name a person ("no such mailbox: …").
        """
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _error, trace = record.exc_info
            line["exception"] = f"{kind.__module__}.{kind.__qualname__}"
            line["trace"] = format_tb(trace)
        return json.dumps(line, ensure_ascii=False, default=str)


def message_of(record: logging.LogRecord) -> str:
    """Return the message without the path, where Django names one: it may be a code."""
    request = getattr(record, "request", None)
    return record.getMessage().replace(getattr(request, "path", None) or "\0", "…")
