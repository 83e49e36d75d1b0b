"""A day that stands still, and chance that is the same every time."""

import os
import random

import factory
import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.signals import template_rendered

from lms.belonging.actions import change_own_name
from tests import factories, keeping
from tests.certificates.conftest import put  # noqa: F401 - a fixture
from tests.certificates.figures.conftest import region, released  # noqa: F401
from tests.courses.gain.conftest import crowd, tested  # noqa: F401
from tests.factories import PASSWORD, listening
from tests.posts.conftest import *  # noqa: F403 - fixtures, the day that stands still too
from tests.screens.outline import FIRST_ROW
from tests.screens.records import Records

TEMPLATES = str(settings.BASE_DIR / "templates")


@pytest.fixture(autouse=True)
def chance(monkeypatch):
    """Chance draws the same every time; what is drawn later comes later in order."""
    drawn = random.Random(1)
    count = iter(range(1, 2**32))

    def draw(size: int) -> bytes:
        if size < 16:
            return drawn.randbytes(size)
        return next(count).to_bytes(4) + drawn.randbytes(size - 4)

    monkeypatch.setattr(keeping, "KEEPS", False)
    monkeypatch.setattr(os, "urandom", draw)
    monkeypatch.setattr(random, "_urandom", draw)


@pytest.fixture(autouse=True)
def empty_shelves(settings):
    """No file of another test is there, whose name would be given another ending."""
    settings.STORAGES = dict(settings.STORAGES)  # Django opens new ones


@pytest.fixture(autouse=True)
def numbers(db, chance):
    """Rows and people are numbered from the same number on, whatever ran before."""
    for made in vars(factories).values():
        if isinstance(made, type) and issubclass(made, factory.Factory):
            made.reset_sequence(0, force=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence")
        cursor.execute(
            "INSERT INTO sqlite_sequence "
            "SELECT name, %s FROM sqlite_master WHERE type = 'table'",
            [FIRST_ROW],
        )


@pytest.fixture
def two_devices(ana):
    """Two other browsers in which Ana is signed in."""
    for _number in range(2):
        who = {"login": ana.email, "password": PASSWORD}
        Client().post("/es/account/login/", who)


@pytest.fixture
def name_that_waits(ana, ines):
    """Ana, whose post Inés has confirmed, asks to be called otherwise."""
    ana.affiliations.update(confirmed_by=ines, confirmed_at=factories.NOON)
    asked = {"legal_name": "Ana Ruiz", "sort_name": "", "reason": "Matrimonio"}
    change_own_name(ana, at=factories.NOON, **asked)


@pytest.fixture
def records(request):
    """Return the records; at the end, say all at once where screens differ."""
    kept = Records(rewrite=request.config.getoption("--rewrite"))
    yield kept
    kept.tell()


@pytest.fixture
def look():
    """Return a function that opens an address, with nothing remembered."""

    def open_it(browser, address, **more):
        cache.clear()
        caches["pages"].clear()
        return browser.get(address, **more)

    return open_it


@pytest.fixture
def drawn():
    """Which templates of ours were drawn since this was cleared."""
    met: set[str] = set()

    def note(template, **_more):
        if template.origin and template.origin.name.startswith(TEMPLATES):
            met.add(template.origin.template_name)

    with listening(template_rendered, None, note):
        yield met
