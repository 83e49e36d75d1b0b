"""A parent that starts jobs in processes of their own, and again when they end."""

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

GRACE = 25  # seconds that a worker has to finish the task in hand
SHORT_LIFE = 5  # who lived less is started again after a pause
PAUSE = 2
TICK = 0.2
PARENT_DIED = 1  # PR_SET_PDEATHSIG


@dataclass
class Parent:
    """Starts each job in a process of its own, and again whenever it ends."""

    jobs: dict[str, Callable]
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
