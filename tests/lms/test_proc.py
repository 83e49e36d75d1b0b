"""What the system says of processes."""

import os
import subprocess
import sys

import pytest

from lms.proc import children_of, cpu_seconds, free_port, memory_mib, tree_of

BUSY = (
    "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: 0"
)
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"


@pytest.fixture
def parent():
    """A process that waits for a child, which waits for a line."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE) as one:
        while not children_of(one.pid):
            pass
        yield one
        one.communicate(b"\n")


def test_a_tree_is_a_process_and_all_below_it(parent):
    (child,) = children_of(parent.pid)

    assert parent.pid in children_of(os.getpid())
    assert tree_of(parent.pid) == [parent.pid, child]


def test_the_time_of_children_that_ended_counts():
    before = cpu_seconds([os.getpid()])

    subprocess.run([sys.executable, "-c", BUSY], check=True)

    # Both are counted in hundredths: a float that holds them may miss by less.
    assert round(cpu_seconds([os.getpid()]) - before, 2) >= 0.3


def test_memory_is_that_of_all(parent):
    assert memory_mib(tree_of(parent.pid)) > memory_mib([parent.pid]) > 1


def test_a_free_port_can_be_had():
    assert 1024 < free_port() < 65536
