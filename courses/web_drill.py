"""Is what the browser was told is saved, saved, when the web server is killed?

A learner signs in and answers question after question until the server is killed; then
the database is asked for every answer that was acknowledged. They go on, and the
server is killed again while they hand in.
"""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from threading import Timer
from typing import Any

from courses import drills
from courses.drills import PASSWORD
from courses.models import Attempt, AttemptItem
from courses.questions.inputs import answer_of, names_of
from courses.questions.rules import points_for
from lms.browser import Browser, acknowledged
from lms.drills import Finding
from lms.people.models import User
from lms.proc import free_port, web_of
from lms.scratch import CrewedSite, Failed

PER_PAGE = 10
WHILE_ANSWERING = (0.3, 2.0)  # seconds until the server is killed
WHILE_HANDING_IN = (0.0, 0.1)


def at_the_test() -> list[str]:
    """Return the e-mail and the open attempt of a learner before the final test."""
    enrolment, final = drills.enrolled()
    for lesson in drills.lessons_of(enrolment):
        drills.finish(enrolment, lesson)
    attempt = drills.start(enrolment, final)
    return [User.objects.get(enrolments=enrolment).email, attempt]


@dataclass
class Sitting:
    """A learner at their test: what they sent, and what they were told is saved."""

    browser: Browser
    attempt: str
    random: Random
    told: dict[int, Any] = field(default_factory=dict)
    sent: tuple[int, Any] = (0, None)
    answers: int = 0
    lost: int = 0

    @property
    def items(self) -> list[AttemptItem]:
        return list(AttemptItem.objects.with_version().filter(attempt=self.attempt))

    def answer(self, item: AttemptItem) -> bool:
        """Send some answer; return whether it was acknowledged."""
        position, kind = item.position, item.version.document["type"]
        names = names_of(kind, item.shown, position=position)
        places = self.random.sample(range(1, places_of(item) + 1), len(names))
        form = {name: str(place) for name, place in zip(names, places, strict=True)}
        values = {name: [value] for name, value in form.items()}
        self.sent = (
            position,
            answer_of(values, kind, item.shown, position=position),
        )
        page = (position - 1) // PER_PAGE + 1
        path = f"/es/attempts/{self.attempt}/?page={page}"
        saved = acknowledged(self.browser.post(path, form | {"go": "stay"}))
        if saved:
            self.told[position] = self.sent[1]
            self.answers += 1
        return saved

    def answer_until_the_server_dies(self) -> None:
        items = cycle(self.items)
        while self.answer(next(items)):
            pass
        self.lost += sum(not self.is_there(item) for item in self.items)
        self.browser.wait()

    def is_there(self, item: AttemptItem) -> bool:
        """Whether the last acknowledged answer is kept, or the one sent after it."""
        position = item.position
        return (
            item.answer == self.told.get(position)
            or (position, item.answer) == self.sent
        )

    def answer_all(self) -> None:
        for item in self.items:
            insist(self.browser, lambda item=item: self.answer(item))

    def hand_in(self) -> list:
        """Hand in until told that it worked; return the grade that is then recorded."""
        path = f"/es/attempts/{self.attempt}/submit/"
        insist(self.browser, lambda: acknowledged(self.browser.post(path, {})))
        return drills.grade_of(Attempt.objects.get(pk=self.attempt))

    def points(self) -> int:
        """Return what the acknowledged answers are worth."""
        return sum(
            points_for(item.version.document, self.told[item.position])
            for item in self.items
        )


def places_of(item: AttemptItem) -> int:
    return len(item.shown["right"] if isinstance(item.shown, dict) else item.shown)


def insist(browser: Browser, send: Callable[[], bool]) -> None:
    """Send again, whenever the site is back, until it is acknowledged."""
    for _try in range(20):
        if send():
            return
        browser.wait()
    raise Failed("the site is there but acknowledges nothing")


def kill_web(site: CrewedSite, rounds: int) -> list[Finding]:
    """Kill the web server twice a round: while a learner answers, and hands in."""
    site.run("collectstatic", "--no-input")
    port = str(free_port())
    with site.started("serve", "--port", port, stderr=subprocess.DEVNULL) as serve:
        address = f"http://127.0.0.1:{port}"
        found = [sit(site, address, serve.pid, seed) for seed in range(rounds)]
    return [
        Finding("kills", sum(kills for kills, _sitting, _grades in found), 2 * rounds),
        Finding("answers acknowledged", sum(s.answers for _k, s, _g in found)),
        Finding("acknowledged answers lost", sum(s.lost for _k, s, _g in found), 0),
        Finding(
            "graded once",
            sum(first == second for _k, _s, (first, second) in found),
            rounds,
        ),
        Finding(
            "graded by what was acknowledged",
            sum(sitting.points() == grades[0][1] for _k, sitting, grades in found),
            rounds,
        ),
    ]


def sit(
    site: CrewedSite, address: str, serve: int, seed: int
) -> tuple[int, Sitting, tuple[list, list]]:
    """One learner's test; return the kills, the sitting and its grade, asked twice."""
    random = Random(seed)  # noqa: S311 - the same answers in every drill
    email, attempt = site.once(at_the_test)
    browser = Browser(address)
    sign_in(browser, email)
    sitting = Sitting(browser, attempt, random)
    kills: list[int] = []
    with killing(serve, random.uniform(*WHILE_ANSWERING), kills):
        sitting.answer_until_the_server_dies()
    sitting.answer_all()
    with killing(serve, random.uniform(*WHILE_HANDING_IN), kills):
        first = sitting.hand_in()
    browser.wait()
    return len(kills), sitting, (first, sitting.hand_in())


def sign_in(browser: Browser, email: str) -> None:
    """Sign in as a person does: open the page, send the form."""
    path = "/es/account/login/"
    browser.wait()
    browser.get(path)
    if browser.post(path, {"login": email, "password": PASSWORD}) != 302:
        raise Failed("a learner cannot sign in")


@contextmanager
def killing(serve: int, seconds: float, kills: list[int]) -> Iterator[None]:
    """Kill the web server after so many seconds, whatever happens meanwhile."""
    timer = Timer(seconds, lambda: kills.append(kill_web_of(serve)))
    timer.start()
    try:
        yield
    finally:
        timer.join()


def kill_web_of(serve: int) -> int:
    """Kill the child of `serve` that has children, and them; return how many died."""
    group = web_of(serve)
    for pid in group:
        os.kill(pid, signal.SIGKILL)
    return len(group)
