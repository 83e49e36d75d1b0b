"""What is written into the log, and as what: lines of JSON, errors of others alone."""

from pathlib import Path
from typing import Any

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "lms.web.logs.JsonFormatter"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["lines"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}


def written_to(file: Path) -> dict[str, Any]:
    """Return the same in a file, made with its folder: a terminal stays readable."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = {
        "class": "logging.handlers.WatchedFileHandler",
        "filename": file,
        "delay": True,
        "encoding": "utf-8",
        "formatter": "json",
    }
    return LOGGING | {"handlers": {"lines": lines}}
