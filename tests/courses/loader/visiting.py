"""Goes from a home page by its visible links and reads each page once."""

from collections import deque
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.test import Client

# The class hides from eyes, the attribute from everybody.
UNSEEN = "[hidden], [hidden] *, .hidden, .hidden *"


@dataclass(frozen=True, slots=True)
class Visited:
    """A page: the templates that drew it, and its HTML."""

    templates: frozenset[str]
    html: str


def visited_from(home: str, browser: Client) -> dict[str, Visited]:
    """Return address → page of all that the home page leads to in its language.

    What leads elsewhere (to sign in) or is a file is no page of the public face.
    """
    found: dict[str, Visited] = {}
    asked, waiting = {home}, deque([home])
    while waiting:
        here = waiting.popleft()
        answer = browser.get(here)
        assert answer.status_code in {200, 302}, here
        if not answer.templates:
            continue
        names = frozenset(template.name for template in answer.templates)
        found[here] = Visited(names, answer.content.decode())
        new = [to for to in leads_to(found[here].html, here) if is_public(to, home)]
        waiting += [to for to in dict.fromkeys(new) if to not in asked]
        asked |= set(new)
    return found


def leads_to(html: str, here: str) -> list[str]:
    """Return where the links that are seen lead, without question or place."""
    links = BeautifulSoup(html, "html.parser").select(f"a[href]:not({UNSEEN})")
    there = (urlsplit(urljoin(here, link["href"])) for link in links)
    return [to.path for to in there if not to.netloc]


def is_public(path: str, home: str) -> bool:
    """Whether a page of that language is for everybody: an account is for one."""
    return path.startswith(home) and not path.startswith(f"{home}account/")
