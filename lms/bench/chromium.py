"""A browser for the bench: the distribution's Chromium, on the screens of one site."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

HEIGHT = 740
LOCALES = {"es": "es-GT", "en": "en-CA"}


def executable() -> str:
    return os.environ.get("CHROMIUM", "/usr/bin/chromium")


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen by its name, and where it is in each language."""

    name: str
    paths: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)  # of who is signed in


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks at a screen."""

    width: int = 360
    language: str = "es"
    dark: bool = False
    javascript: bool = True


@dataclass(frozen=True)
class Chromium:
    """A browser at the address of a site."""

    browser: Browser
    address: str

    @contextmanager
    def page(self, screen: Screen, look: Look) -> Iterator[Page]:
        """Open an empty page of somebody who was never here, nor is signed in twice."""
        context = self.browser.new_context(
            base_url=self.address,
            locale=LOCALES[look.language],
            viewport={"width": look.width, "height": HEIGHT},
            color_scheme="dark" if look.dark else "light",
            java_script_enabled=look.javascript,
        )
        context.add_cookies(
            [
                {"name": name, "value": value, "url": self.address}
                for name, value in screen.cookies.items()
            ]
        )
        try:
            yield context.new_page()
        finally:
            context.close()

    @contextmanager
    def opened(self, screen: Screen, look: Look) -> Iterator[Page]:
        """Open the screen."""
        with self.page(screen, look) as page:
            page.goto(screen.paths[look.language])
            yield page


@contextmanager
def chromium(address: str) -> Iterator[Chromium]:
    """Start the browser; as root it runs without its sandbox."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        try:
            yield Chromium(browser, address)
        finally:
            browser.close()
