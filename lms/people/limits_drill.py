"""How many tries reach a password, and does a full room get in? Asked of a real site.

Eight clients, each with an address of its own, try one account and say in a header that
they are somebody else each time; then a room full of learners signs in from one
address, through the window that their trainer opened.
"""

import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle, islice
from urllib.parse import urlencode, urlsplit

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from lms.browser import Browser
from lms.drills import Finding
from lms.people.models import User
from lms.people.rooms import open_room
from lms.proc import free_port
from lms.scratch import CrewedSite

CLIENTS = [f"127.0.0.{number}" for number in range(2, 10)]
ROOM = "127.0.0.20"
PASSWORD = "another-word-altogether"  # noqa: S105 - of accounts that last minutes
TOO_OFTEN = "Too many tries"
MOST_LOOKS = 12
MOST_SECONDS = 600
TOKEN = "drill" * 6 + "ab"  # of the length that the site asks for


def drill(site: CrewedSite, rounds: int) -> list[Finding]:
    """Make so many tries at one account; then half as many learners sign in."""
    with serving(site) as address:
        return [*tries(address, rounds), *room(site, address, rounds // 2)]


@contextmanager
def serving(site: CrewedSite) -> Iterator[str]:
    """Serve the site, and yield its address."""
    site.run("collectstatic", "--no-input")
    port = str(free_port())
    with site.started("serve", "--port", port, stderr=subprocess.DEVNULL):
        address = f"http://127.0.0.1:{port}"
        Browser(address).wait()
        yield address


def people(number: int, name: str) -> list[str]:
    """Make so many accounts with one password, and return their addresses."""
    word = make_password(PASSWORD)
    names = [f"{name}{index}@example.org" for index in range(number)]
    made = User.objects.bulk_create(
        User(email=email, legal_name="Ana Ruiz", password=word, country="GT")
        for email in names
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in made
    )
    return names


def post(
    address: str, path: str, form: dict[str, str], *, come_from: str, **headers: str
) -> tuple[int, str]:
    """Post a form from an address of this machine; return status and page."""
    line = HTTPConnection(urlsplit(address).netloc, timeout=120)
    line.source_address = (come_from, 0)
    sent = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={TOKEN}",
    }
    try:
        body = urlencode({"csrfmiddlewaretoken": TOKEN} | form)
        line.request("POST", path, body, sent | headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def all_at_once(work: Callable, jobs: list) -> list:
    with ThreadPoolExecutor(len(CLIENTS)) as pool:
        return list(pool.map(work, jobs))


def tries(address: str, number: int) -> list[Finding]:
    (email,) = people(1, "tried")
    form = {"login": email, "password": "not-the-password"}

    def knock(job: tuple[int, str]) -> tuple[int, str]:
        index, client = job
        forged = f"198.51.{index // 250}.{index % 250}"
        return post(
            address,
            "/en/account/login/",
            form,
            come_from=client,
            **{"X-Forwarded-For": forged, "X-Real-IP": forged},
        )

    answers = all_at_once(knock, list(enumerate(islice(cycle(CLIENTS), number))))
    looks = sum(status == 422 and TOO_OFTEN not in page for status, page in answers)
    return [
        Finding("tries answered", sum(s in {422, 429} for s, _ in answers), number),
        Finding("tries that reached the password", looks),
        Finding("more of them than a few", looks > MOST_LOOKS, False),
    ]


def room(site: CrewedSite, address: str, number: int) -> list[Finding]:
    learners = people(number, "learner")
    site.once(open_a_room, people(1, "trainer")[0], number)
    began = time.monotonic()

    def enter(email: str) -> int:
        form = {"login": email, "password": PASSWORD}
        return post(address, "/en/account/login/", form, come_from=ROOM)[0]

    answers = all_at_once(enter, learners)
    took = time.monotonic() - began
    return [
        Finding("what signing in answered", sorted(Counter(answers).items())),
        Finding("signed in from one room", answers.count(302), number),
        Finding("seconds until the last was in", round(took, 1)),
        Finding("later than in ten minutes", took > MOST_SECONDS, False),
    ]


def open_a_room(trainer: str, places: int) -> None:
    """Open it in a process of the site: its key is in the hash of the address."""
    open_room(
        User.objects.get(email=trainer),
        address=ROOM,
        places=places,
        minutes=10,
        at=timezone.now(),
    )
