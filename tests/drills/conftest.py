"""A scratch site with the small course, made once: a copy of the test database."""

import tempfile
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from lms.queue.drill import connected_to
from lms.scratch import site_on

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


@contextmanager
def copied_database(folder):
    """Copy the test database, which has every table and nobody in it."""
    if connection.vendor == "sqlite":
        name = str(folder / "drill.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
        yield name
        return
    name, mould = f"campus_drill_{uuid4().hex}", connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        # A session that a thread left open in the mould would forbid to copy it.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [mould],
        )
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {mould}")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
