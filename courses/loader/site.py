"""The frame the courses stand in: languages, home page, site."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from courses.loader.library import LANGUAGES, SOURCE, Library, Written
from courses.loader.pages import PageWriter
from courses.models import CataloguePage
from lms.web.installed import address_of_site

UNTOUCHED = ("localhost", 80)


def ensure_locales() -> None:
    """Make a locale of each language."""
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def write_home(library: Library, writer: PageWriter) -> Page:
    """Return the home page of the source language, made when there is none.

    An existing home page is the editors'; the file of the catalogue only begins it.
    """
    home = CataloguePage.objects.filter(locale=writer.locales[SOURCE]).first()
    if home is None:
        home = _make_home(library.catalogue, writer)
    elif library.catalogue and library.catalogue.key == home.translation_key:
        writer.write(library.catalogue)
    return home


@transaction.atomic
def _make_home(catalogue: Written, writer: PageWriter) -> Page:
    home = writer.make(catalogue, Page.objects.get(depth=1))
    _serve(home)
    for page in Page.objects.filter(depth=2, numchild=0):
        if page.specific_class is Page:  # Wagtail's welcome
            page.delete()
    writer.write(catalogue)
    return writer.page_of(catalogue)


def _serve(home: Page) -> None:
    """Make `home` what the default site shows, under this platform's address."""
    site = Site.objects.filter(is_default_site=True).first() or Site(
        is_default_site=True
    )
    if (site.hostname, site.port) == UNTOUCHED:
        site.hostname, site.port = address_of_site()
    site.site_name = settings.SITE_NAME
    site.root_page = home
    site.save()
