"""A scratch site with the small course, made once: a copy of the test database."""

import tempfile
from pathlib import Path

import pytest

from lms.queue.drill import connected_to
from lms.scratch import site_on
from tests.databases import copied_database

SMALL_COURSE = """
from wagtail.models import Locale, Page
from tests.courses.cases.small import make_case
from tests.factories import make_course_page, make_edition

locale, _made = Locale.objects.get_or_create(language_code="es")
if not Page.objects.exists():
    Page.add_root(title="Root", slug="root", locale=locale)
page = make_course_page()
make_case(page)
make_edition(page)
"""
QUICK = {  # the real times, some twenty times as fast
    "DJANGO_SETTINGS_MODULE": "tests.drills.settings",
    "QUEUE_HEARTBEAT": "0.5",
    "QUEUE_SILENT_AFTER": "2",
    "QUEUE_BEAT_EVERY": "0.3",
    "QUEUE_FIRST_DELAY": "0.3",
}


def pytest_collection_modifyitems(items):
    """Processes that race and are killed: where rows are locked, at every landing."""
    for item in items:
        if item.nodeid.startswith("tests/drills/"):
            item.add_marker(pytest.mark.sweep(on="sqlite"))


@pytest.fixture(scope="session")
def drill_site(django_db_setup, django_db_blocker, tmp_path_factory):
    with (
        django_db_blocker.unblock(),
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        copied_database(Path(folder)) as name,
        site_on(name, folder=Path(folder), **QUICK) as site,
    ):
        site.run("shell", "-v0", "-c", SMALL_COURSE)
        yield site


@pytest.fixture
def site(db, drill_site):
    """The scratch site, with this test's connection on its database."""
    with connected_to(drill_site.name):
        yield drill_site
