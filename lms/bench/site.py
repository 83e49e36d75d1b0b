"""A scratch site that serves pages as the demo does, and its people's sessions."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lms.browser import Browser, acknowledged
from lms.proc import cpu_seconds, free_port, memory_mib, tree_of, web_of
from lms.scratch import STEPS, CrewedSite, Failed, scratch_site

PATIENCE = 60  # seconds until web, worker and beat are there
REST = 5  # seconds after which they are idle


@dataclass(frozen=True)
class Served:
    """A site at an address, under one parent process."""

    site: CrewedSite
    address: str
    serve: int

    @property
    def memory(self) -> float:
        """MiB of parent, web, worker and beat together."""
        return memory_mib(tree_of(self.serve))

    @property
    def cpu(self) -> float:
        """Seconds that the processes of the web server have worked so far."""
        return cpu_seconds(web_of(self.serve))

    def signed_in(self, email: str, password: str) -> dict[str, str]:
        """Sign in as a person does, by page and form; return the cookies."""
        browser = Browser(self.address)
        path = "/es/account/login/"
        browser.get(path)
        if browser.post(path, {"login": email, "password": password}) != 302:
            raise Failed("a learner cannot sign in")
        return {cookie.name: cookie.value for cookie in browser.cookies}


@contextmanager
def bench_site(**environment: str) -> Iterator[CrewedSite]:
    """Make a scratch site with the bench's settings and every static file."""
    settings = {"DJANGO_SETTINGS_MODULE": "lms.settings.bench"}
    steps = (*STEPS, "collectstatic --no-input")
    with scratch_site(steps=steps, **(settings | environment)) as site:
        yield site


@contextmanager
def served(site: CrewedSite) -> Iterator[Served]:
    """Serve the site until the end, and wait until it is ready and at rest."""
    port = str(free_port())
    with site.started("serve", "--port", port, stderr=subprocess.DEVNULL) as serve:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address)
        time.sleep(REST)
        yield Served(site, address, serve.pid)


def wait_until_ready(address: str) -> None:
    browser = Browser(address)
    patience_ends = time.monotonic() + PATIENCE
    while not acknowledged(browser.get("/readyz")):
        if time.monotonic() > patience_ends:
            raise Failed("the site does not get ready")
        time.sleep(0.2)
