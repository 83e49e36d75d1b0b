"""Which servers to use: read from the environment, embedded ones by default."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# Opening a file anew, and setting it up, takes longer than most pages.
STAYS_OPEN = 600  # seconds
SQLITE_OPTIONS = {
    # Without IMMEDIATE a transaction that reads first and writes later fails at once
    # under load; FULL keeps an acknowledged answer through a power cut.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
POOL = {"min_size": 1, "max_size": 8, "timeout": 10}


def database(embedded: Path) -> dict[str, Any]:
    """Return the database named by DATABASE_URL, or an SQLite file at `embedded`.

    What the address asks for behind its `?` (sslmode, sslrootcert, options) is kept.
    """
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{embedded}"
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    asked = config.get("OPTIONS", {})
    if config["ENGINE"].endswith("sqlite3"):
        embedded.parent.mkdir(parents=True, exist_ok=True)
        config["OPTIONS"] = SQLITE_OPTIONS | asked
        config["CONN_MAX_AGE"] = STAYS_OPEN
    else:
        config["OPTIONS"] = {"pool": POOL} | asked
    return config


def caches() -> dict[str, Any]:
    """Return the shared cache (limits) and the local one (unchanging page parts)."""
    redis_url = os.environ.get("REDIS_URL")
    table = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
    in_redis = {
        "BACKEND": "lms.web.shared_cache.RedisOrTable",
        "LOCATION": redis_url,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
    local = {
        "BACKEND": "lms.web.memory.AsItIs",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    }
    if redis_url:
        return {"default": in_redis, "table": table, "pages": local}
    return {"default": table, "pages": local}


def flag(name: str, *, default: bool) -> bool:
    """Return whether the environment says yes to `name`."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def whole(name: str, *, default: int) -> int:
    """Return the whole number in `name`; the default where nothing is said."""
    value = os.environ.get(name, "").strip()
    if value and not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is a whole number, 0 or more: not {value}.")
    return int(value) if value else default


def seconds(name: str, *, default: float) -> timedelta:
    """Return the seconds in `name`, parts of one too; the default where none are."""
    return timedelta(seconds=float(os.environ.get(name) or default))


def names(name: str) -> list[str]:
    """Return the comma-separated values of `name`."""
    return [
        part.strip() for part in os.environ.get(name, "").split(",") if part.strip()
    ]
