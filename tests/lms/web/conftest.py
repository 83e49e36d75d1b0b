"""A shared cache whose Redis is away, or comes and goes."""

import socket
import subprocess

import pytest
from django.core.cache import caches
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from lms.proc import free_port
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


class RedisServer:
    """A real one that keeps nothing, at a port of its own; it comes and goes."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.process = None

    def come(self):
        place = ["--bind", "127.0.0.1", "--port", str(self.port)]
        keeps_nothing = ["--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(
            ["redis-server", *place, *keeps_nothing], stdout=subprocess.DEVNULL
        )
        patient = Retry(ConstantBackoff(0.05), 400)
        with Redis(port=self.port, retry=patient) as asking:
            asking.ping()

    def go(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis_server(tmp_path):
    server = RedisServer(tmp_path)
    server.come()
    yield server
    server.go()
