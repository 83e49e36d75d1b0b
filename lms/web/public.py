"""Under which addresses, in which languages, machines know a page that all may read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

# Open Graph names languages with a territory; Spanish is that of the region.
LOCALES = {"es": "es_LA", "en": "en_US", "fr": "fr_CA"}


@dataclass(frozen=True, slots=True)
class Address:
    """A page in one language, under the name of this site."""

    code: str
    url: str

    @property
    def locale(self) -> str:
        return LOCALES[self.code]


def addresses_of(
    path: str, language: str, alternates: Iterable[dict[str, str]]
) -> list[Address]:
    """Return the page itself, then the same in other languages, without queries."""
    here = Address(language, f"{settings.SITE_URL}{path}")
    return [here] + [
        Address(other["code"], f"{settings.SITE_URL}{other['url'].split('?')[0]}")
        for other in alternates
    ]


def reference_of(addresses: list[Address]) -> Address | None:
    """Return where a reader of no language of ours is sent."""
    return next((one for one in addresses if one.code == settings.LANGUAGE_CODE), None)
