"""Log lines as JSON, one object a line, for whatever collects them."""

import json
import logging


class JsonFormatter(logging.Formatter):
    """Formats a record with its `facts` (a mapping given as `extra`)."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one JSON object; an exception adds its type and trace."""
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
