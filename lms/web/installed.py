"""What is missing before people can be let in?

Asked by /readyz, by `manage.py check --deploy`, and when a process starts.
"""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.models import Q
from wagtail.models import Page, Site

from lms.demo.cast import DOMAIN
from lms.people.models import Institution, User

ADMINISTRATORS = 2  # what covers a country needs a second person
HEALED_BY = "run manage.py install"


def missing(at: datetime) -> str | None:
    """Return the first thing that is missing at that moment, or None."""
    return next(all_missing(at), None)


def all_missing(at: datetime) -> Iterator[str]:
    """Yield in a sentence each thing that an installation has, and this one has not."""
    if not _has_cache_table():
        yield f"The table of the cache is missing: {HEALED_BY}."
    yield from _missing_of_site()
    if not Institution.objects.exists():
        yield f"No institution is listed: {HEALED_BY}."
    found = User.objects.open().filter(is_superuser=True, joined_at__lte=at).count()
    if found < ADMINISTRATORS:
        yield (
            f"Administrators: {found} of {ADMINISTRATORS}, of whom one decides what "
            f"the other asks for: {HEALED_BY} --administrator EMAIL."
        )
    if cast_stands():
        yield THE_CAST_STANDS


def address_of_site() -> tuple[str, int]:
    """Return the host and the port that SITE_URL names."""
    address = urlsplit(settings.SITE_URL)
    return address.hostname, address.port or (443 if address.scheme == "https" else 80)


THE_CAST_STANDS = (
    f"Accounts of the demo (@{DOMAIN}) stand in this database, with passwords that "
    "were printed: use a database where the demo never ran, or close them."
)


def cast_stands() -> bool:
    """Whether somebody of the demo could sign in where the demo does not run."""
    ours = Q(email__endswith=f"@{DOMAIN}") | Q(email__endswith=f".{DOMAIN}")
    return not settings.DEMO and User.objects.open().filter(ours).exists()


def refuse_the_cast() -> None:
    """End a process that starts where the cast stands.

    A database that does not answer yet is none of our business: /readyz says so.
    """
    try:
        stands = cast_stands()
    except DatabaseError:
        return
    if stands:
        raise CommandError(THE_CAST_STANDS)


def _has_cache_table() -> bool:
    kept = caches["default"]
    if not isinstance(kept, DatabaseCache):
        return True
    return kept._table in connection.introspection.table_names()


def _missing_of_site() -> Iterator[str]:
    sites = Site.objects.select_related("root_page__content_type")
    site = sites.filter(is_default_site=True).first()
    if site is None or site.root_page.content_type.model_class() is Page:
        yield f"The site shows Wagtail's welcome instead of courses: {HEALED_BY}."
        return
    host, _port = address_of_site()
    if site.hostname != host:
        yield f"The site answers as {site.hostname}, not as {host}: {HEALED_BY}."
    if not site.root_page.get_children().live().exists():
        yield f"No course is published: {HEALED_BY}, or publish one."
