"""The content security policy holds on every page that a person can get to by links.

No script of a page fails there either.
"""

import re
from collections import Counter, deque

import pytest
from playwright.sync_api import Page

from tests.journeys.walk import Walk

pytestmark = pytest.mark.sweep
# Files, what ends the session, and the editor's lists of each thing in each order.
PASSED_OVER = re.compile(
    r"\.(pdf|json|xml|txt|md|csv|xlsx|zip|ics)(\?|$)|^/(media|documents|static)/"
    r"|/(logout|template|take/\w+)/"
    r"|^/admin/.*\?|^/admin/(?!$|pages/\d+/(edit/)?$|courses/|questions/|notes/)"
)
VARIANTS = re.compile(r"\?.*\b(next|version|theme|country|sort|show|month|person)=")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)\d+(?=/)")
OF_A_KIND = 4  # pages that differ only in whom, or what, they are about
MOST = 700  # pages of one person
AT_WORK = re.compile(
    r"^/es/(team|reports|region|mandates|approvals|support|country|account)/"
)


def links_of(page: Page) -> list[str]:
    """Return our own addresses that the page leads to."""
    return page.eval_on_selector_all(
        "a[href]",
        "all => all.map(a => new URL(a.href))"
        ".filter(u => u.origin === location.origin)"
        ".map(u => u.pathname + u.search)",
    )


def crawled(walk: Walk, *, only: re.Pattern = re.compile("")) -> list[str]:
    """Go to every page that links lead to from here; return their addresses."""
    page, waiting = walk.page, deque(["/es/", "/en/", *links_of(walk.page)])
    seen: dict[str, None] = {}
    kinds: Counter[str] = Counter()
    while waiting and len(seen) < MOST:
        path = waiting.popleft()
        if path in seen or PASSED_OVER.search(path) or VARIANTS.search(path):
            continue
        if not only.search(path):
            continue
        kind = ID.sub("*", path)
        kinds[kind] += 1
        if kind != path and kinds[kind] > OF_A_KIND:
            continue
        seen[path] = None
        page.goto(path)
        waiting += links_of(page)
    return list(seen)


@pytest.mark.parametrize(
    ("who", "least"), [("", 60), ("ana", 60), ("elena", 80), ("admin", 60)]
)
def test_no_page_breaks_the_policy(walk, who, least):
    desk = walk(width=1280)
    if who:
        desk.follow("Sign in")
        desk.sign_in(f"{who}@demo.example")

    seen = crawled(desk)

    assert desk.violations == []
    assert desk.script_errors == []
    assert least <= len(seen) < MOST


@pytest.mark.parametrize("who", ["tomas", "ines", "pilar", "sofia"])
def test_no_page_of_somebodys_work_breaks_the_policy(walk, who):
    desk = walk(width=1280)
    desk.follow("Sign in")
    desk.sign_in(f"{who}@demo.example")

    seen = crawled(desk, only=AT_WORK)

    assert desk.violations == []
    assert desk.script_errors == []
    assert 15 <= len(seen) < MOST
