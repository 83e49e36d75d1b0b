"""What does a screen weigh on the line? Bytes as they come, headers included."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page

from lms.bench.chromium import Chromium, Look, Screen
from lms.scratch import Failed

IMAGE = "Image"
TO_THE_END = "window.scrollTo(0, document.documentElement.scrollHeight)"


@dataclass
class Load:
    """The requests of a screen: their kinds, and the bytes of each."""

    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    def asked(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event.get("type", "")

    def came(self, event: dict) -> None:
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    @property
    def requests(self) -> int:
        """How many went over the line: what the browser had kept weighs nothing."""
        return sum(size > 0 for size in self.sizes.values())

    @property
    def kib(self) -> float:
        return sum(self.sizes.values()) / 1024

    @property
    def kib_without_images(self) -> float:
        sizes = (
            size for key, size in self.sizes.items() if self.kinds.get(key) != IMAGE
        )
        return sum(sizes) / 1024


@contextmanager
def weighed(page: Page) -> Iterator[Load]:
    """Weigh what goes over the line meanwhile, lazy images included."""
    load, session = Load(), page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", load.asked)
    session.on("Network.loadingFinished", load.came)
    session.send("Network.enable")
    yield load
    page.evaluate(TO_THE_END)
    page.wait_for_load_state("networkidle")
    session.detach()


def cold(chromium: Chromium, screen: Screen) -> Load:
    """Weigh the screen for somebody who was never here."""
    with chromium.page(screen, Look()) as page, weighed(page) as load:
        answer = page.goto(screen.paths["es"])
        if answer.status != 200:
            raise Failed(screen.name, answer.status)
    return load


def warm(chromium: Chromium, first: Screen, then: Screen) -> Load:
    """Weigh a screen for somebody who comes from another."""
    with chromium.page(first, Look()) as page:
        page.goto(first.paths["es"], wait_until="networkidle")
        with weighed(page) as load:
            page.goto(then.paths["es"])
    return load
