"""What does a browser call itself, in words that its owner would use?"""

from typing import NamedTuple

# Most name others too, for old sites' sake: the first that is found is the one.
# Each is found by its own word as well, so that what was read can be read again.
PROGRAMS = {
    "Edge": ("Edg",),
    "Opera": ("OPR/", "Opera"),
    "Samsung Internet": ("SamsungBrowser", "Samsung Internet"),
    "Firefox": ("Firefox", "FxiOS"),
    "Chrome": ("Chrome/", "CriOS", "Chromium", "Chrome on"),
    "Safari": ("Safari",),
}
SYSTEMS = {
    "Android": ("Android",),
    "iPhone": ("iPhone",),
    "iPad": ("iPad",),
    "ChromeOS": ("CrOS", "ChromeOS"),
    "Windows": ("Windows",),
    "Mac": ("Mac",),
    "Linux": ("Linux", "X11"),
}


class Browser(NamedTuple):
    """A program and the system it runs on; empty where neither says."""

    program: str
    system: str

    def __str__(self):
        return f"{self.program} on {self.system}"


def browser_of(user_agent: str) -> Browser:
    """Return what a `User-Agent` header says; reading what was read says the same."""
    return Browser(_first(PROGRAMS, user_agent), _first(SYSTEMS, user_agent))


def _first(known: dict[str, tuple[str, ...]], text: str) -> str:
    found = (name for name, signs in known.items() if any(s in text for s in signs))
    return next(found, "")
