"""Is each choice saved that a page's script was told is, when the web server is killed?

A learner chooses at question after question, one request each, and keeps a journal as
`answers.js` does. The server is killed; the database is asked for what was
acknowledged; then what waits is sent again, and some of the rest too.
"""

import subprocess
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from time import monotonic
from typing import Any
from uuid import uuid4

from courses.models import AttemptItem
from courses.questions.inputs import names_of
from courses.questions.kinds import KINDS
from courses.questions.operations import answer_to, choice_of
from courses.web_drill import at_the_test, insist, killing, places_of, sign_in
from lms.browser import Browser
from lms.drills import Finding
from lms.proc import free_port
from lms.scratch import CrewedSite
from lms.web.models import Tries

UNTIL_KILLED = (0.1, 1.0)  # seconds
AGAIN = 20  # choices that were answered and are sent once more


@dataclass
class Journal:
    """What a learner chose, in its order, and what the server said to it."""

    browser: Browser
    attempt: str
    random: Random
    device: str = field(default_factory=lambda: str(uuid4()))
    chosen: list[dict[str, Any]] = field(default_factory=list)
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    lost: int = 0
    answered_otherwise: int = 0

    @property
    def items(self) -> list[AttemptItem]:
        return list(AttemptItem.objects.with_version().filter(attempt=self.attempt))

    def choose(self, item: AttemptItem) -> None:
        """Write down some choice at the question; nothing is sent yet."""
        kind, position = item.version.document["type"], item.position
        rows = len(names_of(kind, item.shown, position=position))
        picked = self.random.sample(range(1, places_of(item) + 1), rows)
        places = [str(place) for place in picked]
        many = KINDS[kind].has_rows
        rows_of = {str(row): place for row, place in enumerate(places, start=1)}
        self.chosen.append(
            {
                "key": str(uuid4()),
                "device": self.device,
                "number": len(self.chosen) + 1,
                "position": position,
                "answer": rows_of if many else places,
                "at": monotonic(),
            }
        )

    @property
    def waiting(self) -> list[dict[str, Any]]:
        return [one for one in self.chosen if one["key"] not in self.told]

    def send(self, batch: list[dict[str, Any]]) -> bool:
        """Send choices; return whether the server answered for each of them."""
        path = f"/es/attempts/{self.attempt}/operations/"
        said = [
            {name: value for name, value in one.items() if name != "at"}
            | {"age": monotonic() - one["at"]}
            for one in batch
        ]
        answer = self.browser.send(path, said)
        if answer is None:
            return False
        for line in answer["answers"]:
            before = self.told.setdefault(line["key"], line)
            self.answered_otherwise += before != line
        return True

    def choose_until_the_server_dies(self) -> None:
        for item in cycle(self.items):
            if len(self.chosen) % AGAIN == 0:
                Tries.objects.all().delete()  # a drill is quicker than a hand
            self.choose(item)
            if not self.send(self.waiting):
                break
        self.lost += sum(not self.is_there(item, sent=True) for item in self.items)

    def send_the_rest(self) -> None:
        """Send what waits, and what was answered before; then all is to be there."""
        Tries.objects.all().delete()
        insist(self.browser, lambda: self.send(self.waiting))
        again = self.random.sample(self.chosen, min(AGAIN, len(self.chosen)))
        insist(self.browser, lambda: self.send(again))
        self.lost += sum(not self.is_there(item, sent=False) for item in self.items)

    def is_there(self, item: AttemptItem, *, sent: bool) -> bool:
        """Whether the last acknowledged choice stands, or one `sent` after it."""
        kind = item.version.document["type"]
        here = [one for one in self.chosen if one["position"] == item.position]
        known = [n for n, one in enumerate(here) if one["key"] in self.told]
        first = known[-1] if known else 0
        newest = here[first:] if sent else here[-1:]
        answers = [
            answer_to(choice_of(one | {"age": 0}), kind, item.shown) for one in newest
        ]
        return item.answer in answers or (not known and item.answer is None)


def saving(site: CrewedSite, rounds: int) -> list[Finding]:
    """Kill the web server once a round, while choices come in one by one."""
    site.run("collectstatic", "--no-input")
    port = str(free_port())
    with site.started("serve", "--port", port, stderr=subprocess.DEVNULL) as serve:
        address = f"http://127.0.0.1:{port}"
        email, attempt = site.once(at_the_test)
        browser = Browser(address)
        sign_in(browser, email)
        journal = Journal(browser, attempt, Random(rounds))  # noqa: S311 - a drill
        kills: list[int] = []
        for _round in range(rounds):
            with killing(serve.pid, journal.random.uniform(*UNTIL_KILLED), kills):
                journal.choose_until_the_server_dies()
            browser.wait()
            journal.send_the_rest()
    return [
        Finding("kills", len(kills), rounds),
        Finding("choices acknowledged", len(journal.told)),
        Finding("choices lost", journal.lost, 0),
        Finding("choices answered otherwise again", journal.answered_otherwise, 0),
        Finding(
            "choices saved",
            sum(line["answer"] == "saved" for line in journal.told.values()),
            len(journal.chosen),
        ),
    ]
