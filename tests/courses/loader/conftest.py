"""A small folder, the courses it makes, and the hands that change them."""

import pytest
from wagtail.models import Locale, Page

from courses.loader.load import load
from tests.courses.loader.small import write_folder
from tests.factories import NOON


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path)


@pytest.fixture
def load_again(folder, db):
    """Load the folder, as often as it is called."""

    def load_folder(**options):
        return load(folder, at=NOON, **options)

    return load_folder


@pytest.fixture
def loaded(load_again):
    """The report of a first load."""
    return load_again()


@pytest.fixture
def page_of():
    """Find a page by its key and language."""

    def find(key, language="es"):
        locale = Locale.objects.get(language_code=language)
        return Page.objects.get(translation_key=key, locale=locale).specific

    return find
