"""A cache that keeps what never changes as it is: nothing is packed or unpacked.

For values equal for all readers that nobody alters once they are kept: texts, frozen
records, rows of tables that are only ever added to.
"""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache


class AsItIs(LocMemCache):
    """Django's cache in local memory, without the copy of each value."""

    def validate_key(self, key):
        """Accept any: no key of ours ever reaches a memcached."""

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if not self._has_expired(key):
                return False
            self._set(key, value, timeout)
            return True

    def get(self, key, default=None, version=None):
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                return default
            self._cache.move_to_end(key, last=False)
            return self._cache[key]

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            self._set(key, value, timeout)

    def incr(self, key, delta=1, version=None):
        raise NotImplementedError("A number that counts belongs to the shared cache.")
