"""Runs web, worker and beat under one parent that loads the project once and forks."""

import gc
import importlib
import multiprocessing
import socket

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces

from lms.queue.processes import Parent

WEB_GRACE = 20
OUR_LOG = {
    "incremental": True,
    "handlers": {},
    "loggers": {"_granian": {"propagate": True}},
}


class Command(BaseCommand):
    help = "Serve pages, do tasks and watch the clock until SIGTERM."
    requires_system_checks = []  # they would open a connection before the forks

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="Web processes.")

    def handle(self, *, host, port, workers, **options):
        refuse_a_port_in_use(host, port)
        load_everything()
        jobs = {
            "web": lambda: serve_pages(host, port, workers),
            "worker": lambda: call_command("worker"),
            "beat": lambda: call_command("beat"),
        }
        Parent(jobs).run()


def refuse_a_port_in_use(host, port):
    """The web server would share it with whoever answers there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"{host}:{port}: {error.strerror}") from error


def load_everything():
    """Import once what all children share; leave no connection open to be shared."""
    _ = get_resolver().url_patterns
    importlib.import_module("lms.wsgi")
    connections.close_all()
    gc.collect()
    gc.freeze()


def serve_pages(host, port, workers):
    multiprocessing.set_start_method("fork", force=True)
    Granian(
        "lms.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=WEB_GRACE,
        log_dictconfig=OUR_LOG,
    ).serve()
