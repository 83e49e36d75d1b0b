"""The shared cache in Redis, and in the database's table while Redis is away.

Limits are counted in it, so it may never be without an answer: an error would keep
everybody out, and "nothing counted" would let everybody guess. What is counted in one
of the two is not known in the other: a limit may be used up once in each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import (
    ConnectionError,
    OutOfMemoryError,
    ReadOnlyError,
    TimeoutError,
)

TABLE = "table"  # the alias of the cache that takes over
AWAY = (ConnectionError, TimeoutError, ReadOnlyError, OutOfMemoryError)
PAUSE = 5  # seconds until Redis is asked again: not every request waits for it


@dataclass
class Absence:
    """Until when this process does not ask Redis; one for all of its threads."""

    ends_at: float = 0

    @property
    def lasts(self) -> bool:
        return monotonic() < self.ends_at

    def begin(self) -> None:
        self.ends_at = monotonic() + PAUSE


ABSENCE = Absence()


def or_table(method: Callable[..., Any]) -> Callable[..., Any]:
    """Ask Redis by that method and, while it is away, the table by its own."""

    @wraps(method)
    def asked(self, *args: Any, **kwargs: Any) -> Any:
        if not ABSENCE.lasts:
            try:
                return method(self, *args, **kwargs)
            except AWAY:
                ABSENCE.begin()
        return getattr(caches[TABLE], method.__name__)(*args, **kwargs)

    return asked


class RedisOrTable(RedisCache):
    """Django's cache in Redis; `is_away` says whether the table stands in for it."""

    add = or_table(RedisCache.add)
    get = or_table(RedisCache.get)
    set = or_table(RedisCache.set)
    touch = or_table(RedisCache.touch)
    delete = or_table(RedisCache.delete)
    get_many = or_table(RedisCache.get_many)
    has_key = or_table(RedisCache.has_key)
    incr = or_table(RedisCache.incr)
    set_many = or_table(RedisCache.set_many)
    delete_many = or_table(RedisCache.delete_many)
    clear = or_table(RedisCache.clear)

    @property
    def is_away(self) -> bool:
        return ABSENCE.lasts
