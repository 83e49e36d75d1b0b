"""Does a crowd that sends empty forms keep whoever reads a lesson waiting?

Each of the crowd comes from an address of its own and sends as many forms as the limits
let through; meanwhile a lesson is read again and again.
"""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import count
from threading import Event
from urllib.parse import urlsplit

from wagtail.models import Page

from lms.drills import Finding
from lms.people.limits_drill import post
from lms.scratch import Failed

CROWD = 64
FORMS = ["signup", "password/reset"]
PACE = 3.0  # seconds: twenty a minute, which is the limit of an address
WARM = 8  # reads before: every thread of the site has seen the page
MOST = 2  # times as long as without the crowd


def beside_a_crowd(
    address: str, reads: int, *, session: str = "", clients: int = CROWD
) -> list[Finding]:
    """Read a lesson so often alone, and so often beside a crowd of so many clients."""
    path = lesson_path()
    slowest_of(address, path, WARM, session)
    alone = slowest_of(address, path, reads, session)
    with crowd(address, clients) as sent:
        beside = slowest_of(address, path, reads, session)
    answered = {status for client in sent for status in client.result()}
    return [
        Finding("a lesson alone, ms of 95 in 100", round(1000 * alone)),
        Finding("beside a crowd, ms of 95 in 100", round(1000 * beside)),
        Finding("what the crowd was answered", sorted(answered), [422]),
        Finding("more than twice as slow", beside > MOST * alone, False),
    ]


def lesson_path() -> str:
    """Return the address of a lesson in Spanish."""
    lessons = Page.objects.live().filter(
        content_type__model="lessonpage", locale__language_code="es"
    )
    return urlsplit(lessons.first().full_url).path


def slowest_of(address: str, path: str, reads: int, session: str) -> float:
    """Return the seconds within which 95 in 100 readings were answered."""
    times = sorted(seconds_to_read(address, path, session) for _read in range(reads))
    return times[int(0.95 * (reads - 1))]


def seconds_to_read(address: str, path: str, session: str) -> float:
    line = HTTPConnection(urlsplit(address).netloc, timeout=120)
    try:
        began = time.perf_counter()
        line.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        answer = line.getresponse()
        answer.read()
        took = time.perf_counter() - began
    finally:
        line.close()
    if answer.status != 200:
        raise Failed(path, answer.status)
    return took


@contextmanager
def crowd(address: str, clients: int) -> Iterator[list[Future]]:
    """Have the crowd at work meanwhile; yield what tells what each was answered."""
    over = Event()
    with ThreadPoolExecutor(clients) as pool:
        try:
            yield [
                pool.submit(
                    send_empty_forms, address, client, PACE * client / clients, over
                )
                for client in range(clients)
            ]
        finally:
            over.set()


def send_empty_forms(address: str, client: int, wait: float, over: Event) -> list[int]:
    """Wait for one's turn, then send a form at each pace; return what was answered."""
    answers = []
    for turn in count(client):
        if over.wait(wait):
            return answers
        began = time.monotonic()
        path = f"/es/account/{FORMS[turn % len(FORMS)]}/"
        answers.append(post(address, path, {}, come_from=f"127.99.0.{client + 1}")[0])
        wait = max(0, PACE - (time.monotonic() - began))
    return answers
