"""A small folder, the courses it makes, and the hands that change them."""

from shutil import copytree

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import transaction
from wagtail.models import Locale, Page

from courses.loader.load import load
from tests.courses.loader.small import write_folder
from tests.factories import NOON, PersonFactory


@pytest.fixture(scope="module")
def first_load(tmp_path_factory, django_db_setup, django_db_blocker):
    """The small folder and the report of loading it, once for a module's tests.

    Each test runs in a savepoint inside this transaction.
    """
    folder = write_folder(tmp_path_factory.mktemp("content"))
    caches["pages"].clear()  # where the test before may have left an edition's key
    with django_db_blocker.unblock(), transaction.atomic():
        yield folder, load(folder, at=NOON)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(first_load, db):
    """The report of a first load."""
    return first_load[1]


@pytest.fixture(scope="module")
def own_load(django_db_setup, django_db_blocker):
    """The report of loading what Campus ships with, once for a module's tests."""
    caches["pages"].clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(settings.BASE_DIR / "fixtures", at=NOON)
        transaction.set_rollback(True)


@pytest.fixture
def own(own_load, db):
    """The report of that load."""
    return own_load


@pytest.fixture
def folder(first_load, tmp_path):
    """The loaded folder, for this test to change."""
    return copytree(first_load[0], tmp_path, dirs_exist_ok=True)


@pytest.fixture
def load_again(folder, loaded):
    """Load the folder once more, as often as it is called."""

    def load_folder(**options):
        return load(folder, at=NOON, **options)

    return load_folder


@pytest.fixture
def page_of():
    """Find a page by its key and language."""

    def find(key, language="es"):
        locale = Locale.objects.get(language_code=language)
        return Page.objects.get(translation_key=key, locale=locale).specific

    return find


@pytest.fixture
def elena(db):
    """Elena edits and publishes courses."""
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(Group.objects.get(name="Moderators"))
    return elena


@pytest.fixture
def writes():
    """Pick the statements that write from those that were captured."""

    def pick(queries):
        sql = [query["sql"] for query in queries.captured_queries]
        return [q for q in sql if q.split()[0] in {"INSERT", "UPDATE", "DELETE"}]

    return pick
