"""Which pages machines may list: open ones, each with its other languages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from courses.addresses import url_of
from lms.people.choices import Country

SCREENS = [
    "help",
    "accessibility",
    "privacy",
    "country_list",
    "glossary",
    "works_cited",
    "regional_calendar",
]


class LanguagesSitemap(Sitemap):
    """Addresses under the name of this site, each with its other languages."""

    i18n = True
    alternates = True

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_urls(self, page=1, site=None, protocol=None):
        """Name the reference language for those whose own there is not.

        Django's `x_default` takes the language out of the address; ours has none then.
        """
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            url["alternates"] += [
                other | {"lang_code": "x-default"}
                for other in url["alternates"]
                if other["lang_code"] == settings.LANGUAGE_CODE
            ]
        return urls


@dataclass(slots=True)
class Shared:
    """One page in the languages that it is open in."""

    addresses: dict[str, str] = field(default_factory=dict)
    published: datetime | None = None


class PagesSitemap(LanguagesSitemap):
    """What editors published and everybody may read."""

    def items(self):
        pages: dict[UUID, Shared] = {}
        for row in _open_pages():
            language = row["locale__language_code"]
            page = pages.setdefault(row["translation_key"], Shared())
            page.addresses[language] = url_of(row["url_path"], language)
            page.published = row["last_published_at"]
        return list(pages.values())

    def get_languages_for_item(self, item):
        return list(item.addresses)

    def location(self, item):
        return item.addresses[get_language()]

    def lastmod(self, item):
        return item.published


class ScreensSitemap(LanguagesSitemap):
    """The pages about the platform, and the notes of each country."""

    def items(self):
        return [(name,) for name in SCREENS] + [
            ("country_notes", country) for country in Country.values
        ]

    def location(self, item):
        name, *args = item
        return reverse(name, args=args)


def _open_pages() -> Iterator[dict]:
    """Yield the live pages that nothing above them closes, homes first."""
    homes = set(
        Page.objects.live()
        .filter(cataloguepage__isnull=False)
        .values_list("path", flat=True)
    )
    reached = set()
    rows = Page.objects.live().public().order_by("path")
    for row in rows.values(
        "path",
        "url_path",
        "translation_key",
        "locale__language_code",
        "last_published_at",
    ):
        if row["path"] in homes or row["path"][: -Page.steplen] in reached:
            reached.add(row["path"])
            yield row


SITEMAPS = {"pages": PagesSitemap, "screens": ScreensSitemap}
