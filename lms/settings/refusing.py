"""What does production refuse to start with? Each in one sentence.

LABORATORY names what may be so where no real person is: nothing else weakens it.
"""

import os
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

from lms.settings.services import names

WORDS = {"plain-http", "plain-mail", "weak-keys"}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
FEWEST_CHARACTERS = 8  # different ones; a key that was drawn has twice as many


def laboratory() -> set[str]:
    """Return what this installation may leave open, each by its word."""
    said = set(names("LABORATORY"))
    if unknown := said - WORDS:
        raise ImproperlyConfigured(
            f"LABORATORY knows {', '.join(sorted(WORDS))}: not "
            f"{', '.join(sorted(unknown))}."
        )
    return said


def required(name: str, *, at_least: int = 1) -> str:
    """Return the environment's `name`, or refuse to start with a sentence."""
    value = os.environ.get(name, "")
    if len(value) < at_least:
        length = f" ({at_least} characters or more)" if at_least > 1 else ""
        raise ImproperlyConfigured(f"Set {name}{length}.")
    return value


def refuse_an_unsaid_number_of_proxies() -> None:
    """Behind a proxy that is not counted, all of a country is one address."""
    if not os.environ.get("TRUSTED_PROXY_COUNT", "").strip():
        raise ImproperlyConfigured(
            "Set TRUSTED_PROXY_COUNT to the number of proxies in front of Campus, "
            "0 where there is none: limits count by the address that they name."
        )


def refuse_weak_keys(keys: Mapping[str, list[str]]) -> None:
    """Refuse a key that repeats few characters, and one that has two uses."""
    uses: dict[str, str] = {}
    for name, value in ((name, key) for name, some in keys.items() for key in some):
        if len(set(value)) < FEWEST_CHARACTERS:
            raise ImproperlyConfigured(
                f"{name} repeats a few characters: draw another with "
                "deploy/make-secrets."
            )
        if value in uses:
            raise ImproperlyConfigured(
                f"{uses[value]} and {name} hold the same key: each needs its own."
            )
        uses[value] = name


def refuse_plain_http(url: str) -> None:
    """Refuse an address by which passwords would travel in the clear."""
    if not url.startswith("https://"):
        raise ImproperlyConfigured("SITE_URL begins with https://.")


def refuse_plain_mail(host: str) -> None:
    """Refuse to send links that open accounts in the clear to another machine."""
    if host not in THIS_MACHINE:
        raise ImproperlyConfigured(
            f"Mail to {host} would travel in the clear: "
            "set EMAIL_USE_TLS or EMAIL_USE_SSL."
        )
