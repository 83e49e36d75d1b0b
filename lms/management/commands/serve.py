"""Runs web, worker and beat under one parent that loads the project once and forks."""

import ctypes
import gc
import importlib
import logging
import multiprocessing
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces

logger = logging.getLogger("lms.serve")

GRACE = 25  # seconds that a worker has to finish the task in hand
WEB_GRACE = 20
SHORT_LIFE = 5  # who lived less is started again after a pause
PAUSE = 2
TICK = 0.2
PARENT_DIED = 1  # PR_SET_PDEATHSIG
OUR_LOG = {
    "incremental": True,
    "handlers": {},
    "loggers": {"_granian": {"propagate": True}},
}


class Command(BaseCommand):
    help = "Serve pages, do tasks and watch the clock until SIGTERM."
    requires_system_checks = ()  # they would open a connection before the forks

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


@dataclass
class Parent:
    """Starts each job in a process of its own, and again whenever it ends."""

    jobs: dict
    children: dict = field(default_factory=dict)  # pid: name of its job
    born: dict = field(default_factory=dict)  # pid: when
    due: dict = field(default_factory=dict)  # name of a job to start: when
    stopping: bool = False

    def run(self):
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        self.due = dict.fromkeys(self.jobs, 0)
        while not self.stopping:
            self.start_due()
            self.bury_ended()
            time.sleep(TICK)
        self.end_children()

    def stop(self, *_):
        self.stopping = True

    def start_due(self):
        now = time.monotonic()
        for name in [name for name, when in self.due.items() if when <= now]:
            del self.due[name]
            pid = fork(self.jobs[name])
            self.children[pid], self.born[pid] = name, now

    def bury_ended(self):
        for pid in list(self.children):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self.bury(pid, status)

    def bury(self, pid, status):
        """Note when to start it again; what it left behind goes with it."""
        kill_group(pid)
        name, lived = self.children.pop(pid), time.monotonic() - self.born.pop(pid)
        self.due[name] = time.monotonic() + (PAUSE if lived < SHORT_LIFE else 0)
        if not self.stopping:
            code = os.waitstatus_to_exitcode(status)
            logger.warning("%s ended with %s: starting it again", name, code)

    def end_children(self):
        for pid in self.children:
            os.kill(pid, signal.SIGTERM)
        patience_ends = time.monotonic() + GRACE
        while self.children and time.monotonic() < patience_ends:
            self.bury_ended()
            time.sleep(TICK / 2)
        for pid in self.children:
            kill_group(pid)


def kill_group(pid):
    with suppress(ProcessLookupError):  # nobody is left
        os.killpg(pid, signal.SIGKILL)


def fork(job):
    """Run the job in a process and a group of its own; return the process id."""
    parent = os.getpid()
    if pid := os.fork():
        return pid
    status = 1
    try:
        leave_home(parent)
        job()
        status = 0
    except SystemExit as end:
        status = end.code or 0
    except Exception:
        logger.exception("A child of serve failed")
    finally:
        os._exit(status)


def leave_home(parent):
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":  # a parent killed with -9 leaves nobody on the port
        ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)
        if os.getppid() != parent:
            raise SystemExit(1)
