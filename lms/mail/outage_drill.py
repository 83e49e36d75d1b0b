"""Does anybody wait for a mail server that is silent or refuses, and is a letter lost?

People ask for letters as fast as they are answered, in three spells: with a good mail
server, with a silent one, with one that refuses. Once it is good again, each letter has
to arrive, and once. Before that, those who send letters are killed (`lms.mail.drill`).
"""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from uuid import uuid4

from lms.drills import Finding
from lms.mail import drill as killing
from lms.mail.models import Letter
from lms.mail.server import GOOD, REFUSING, SILENT, MailServer, mail_server
from lms.people.limits_drill import post, serving
from lms.scratch import CrewedSite, Failed

RESET = "/es/account/password/reset/"
CLIENTS = 8
MOODS = (GOOD, SILENT, REFUSING)
MOST_ASKED = 200  # in each spell
MOST = 4  # times as slow as the slowest with a good server
PATIENCE = 600  # seconds: a letter tried twice rests for five minutes
WARM = 2 * CLIENTS


def drill(site: CrewedSite, rounds: int) -> list[Finding]:
    """Kill who sends, and then have the mail server fail in both ways."""
    return [*killing.drill(site, rounds), *outage(site, min(rounds, MOST_ASKED))]


@dataclass(frozen=True, slots=True)
class Spell:
    """Who asked for letters while the server was in one mood, and how it went."""

    mood: str
    asked: list[str]
    answers: list[int]
    slowest: float  # seconds


def outage(site: CrewedSite, number: int) -> list[Finding]:
    """Have so many letters asked for in each mood, and count what arrives."""
    with (
        mail_server() as server,
        serving(sending_by(site, server)) as address,
        ThreadPoolExecutor(CLIENTS) as strangers,
    ):
        spell(strangers, address, server, GOOD, number=WARM)
        spells = [
            spell(strangers, address, server, mood, number=number) for mood in MOODS
        ]
        server.mood = GOOD
        wait_for(server, {to for one in spells for to in one.asked})
    return findings(spells, server.arrived)


def sending_by(site: CrewedSite, server: MailServer) -> CrewedSite:
    """Return the site with settings by which its processes send through that server."""
    here = {
        "DJANGO_SETTINGS_MODULE": "lms.settings.drill",
        "EMAIL_PORT": str(server.port),
    }
    return replace(site, environment=site.environment | here)


def findings(spells: list[Spell], arrived: list[str]) -> list[Finding]:
    asked = [to for one in spells for to in one.asked]
    theirs = [to for to in arrived if to in set(asked)]
    answers = Counter(status for one in spells for status in one.answers)
    good, *bad = (one.slowest for one in spells)
    return [
        Finding("requests answered by a redirect", answers[302], len(asked)),
        *(
            Finding(f"slowest with a {one.mood} server, ms", round(1000 * one.slowest))
            for one in spells
        ),
        Finding(f"more than {MOST} times as slow", max(bad) > MOST * good, False),
        Finding("letters that arrived", len(theirs), len(asked)),
        Finding("addresses that got one", len(set(theirs)), len(asked)),
    ]


def spell(
    pool: Executor, address: str, server: MailServer, mood: str, *, number: int
) -> Spell:
    """Put the server in that mood, and have so many strangers ask, some at once."""
    server.mood, name = mood, uuid4().hex
    asked = [f"{one}@{name}.example.org" for one in range(number)]
    told = list(pool.map(asking(address), enumerate(asked)))
    answers = [status for status, _took in told]
    return Spell(mood, asked, answers, max(took for _status, took in told))


def asking(address: str) -> Callable[[tuple[int, str]], tuple[int, float]]:
    """Return a function that asks as one stranger, from a network address of theirs."""

    def ask(stranger: tuple[int, str]) -> tuple[int, float]:
        number, email = stranger
        began = time.perf_counter()
        come_from = f"127.98.{number // 250}.{number % 250 + 1}"
        status, _page = post(address, RESET, {"email": email}, come_from=come_from)
        return status, time.perf_counter() - began

    return ask


def wait_for(server: MailServer, everybody: set[str]) -> None:
    """Wait until each letter has arrived; the server is good again."""
    patience_ends = time.monotonic() + PATIENCE
    while not everybody <= set(server.arrived):
        if time.monotonic() > patience_ends:
            raise Failed("letters still wait", Letter.objects.waiting().count())
        time.sleep(0.5)
