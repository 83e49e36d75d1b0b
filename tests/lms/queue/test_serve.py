"""One parent keeps web, worker and beat alive, and takes them along when it ends."""

import json
import os
import signal
import socket
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lms.queue import health
from tests.lms.queue.waiting import wait_for


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(pid):
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def family_of(pid):
    below = children_of(pid)
    return below + [child for each in below for child in children_of(each)]


def exists(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and ") Z " not in stat.read_text()


def answers(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def all_alive():
    now = timezone.now()
    return health.worker_alive(at=now) and health.beat_alive(at=now)


def test_serve_starts_killed_children_again_and_leaves_nobody(place, port):
    parent = place.start("serve", "--port", str(port))
    wait_for(lambda: answers(port))
    wait_for(all_alive)
    first = family_of(parent.pid)
    assert len(first) == 5  # the web server and its two, worker, beat

    for child in children_of(parent.pid):
        os.kill(child, signal.SIGKILL)
    wait_for(lambda: not any(map(exists, first)))
    wait_for(lambda: answers(port))
    second = wait_for(lambda: (now := family_of(parent.pid)) and len(now) == 5 and now)

    parent.send_signal(signal.SIGTERM)

    assert parent.wait(timeout=60) == 0
    assert not any(map(exists, second))
    assert not answers(port)


def test_children_of_a_killed_parent_end_too(place, port):
    parent = place.start("serve", "--port", str(port))
    wait_for(lambda: answers(port))
    family = wait_for(lambda: (now := family_of(parent.pid)) and len(now) == 5 and now)

    parent.kill()

    wait_for(lambda: not any(map(exists, family)))


def test_serve_refuses_a_port_in_use(port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        with pytest.raises(CommandError, match=f"127.0.0.1:{port}: Address already"):
            call_command("serve", port=port)


def test_web_alone_replaces_a_process_that_was_killed_and_keeps_the_other(place, port):
    parent = place.start("web", "--port", str(port))
    wait_for(lambda: answers(port))
    killed, kept = wait_for(lambda: (now := children_of(parent.pid))[1:] and now)

    os.kill(killed, signal.SIGKILL)
    again = wait_for(
        lambda: (
            (now := set(children_of(parent.pid)) - {killed}) and len(now) == 2 and now
        )
    )

    assert kept in again
    assert parent.poll() is None
    wait_for(lambda: answers(port))
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(timeout=60) == 0


def test_all_that_is_logged_is_lines_of_json_in_the_folder_of_logs(place, port):
    parent = place.start("serve", "--port", str(port))
    wait_for(lambda: answers(port))
    wait_for(all_alive)
    parent.send_signal(signal.SIGTERM)
    parent.wait(timeout=60)

    lines = [json.loads(line) for line in place.log_lines().splitlines()]

    assert {"request", "_granian"} <= {
        name for line in lines for name in (line["message"], line["logger"])
    }
    assert (place.folder / "log").read_text() == ""  # the terminal
