"""A shared cache whose Redis is away."""

import socket

import pytest
from django.core.cache import caches

from lms.settings import services
from lms.web import shared_cache


@pytest.fixture
def cache_at(settings, monkeypatch):
    """Use Redis at that port, as `REDIS_URL` would say."""

    def use(port):
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{port}/0")
        settings.CACHES = services.caches()
        monkeypatch.setattr(shared_cache.ABSENCE, "ends_at", 0)
        return caches["default"]

    return use


@pytest.fixture
def no_redis(cache_at):
    """Nobody listens there."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield cache_at(closed.getsockname()[1])
