"""What is kept about a person? Each floor tells of its own tables.

It registers, in `AppConfig.ready` and by name, a function of the person and a language
that returns `Kept` lines, with as many queries for much as for little.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

Person = Any  # a User: the models are not loaded yet when this is


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of record, in words for the person it is about.

    `values` are the records themselves, or how many; `url` is where they are seen or
    changed.
    """

    what: str
    values: Sequence[str]
    why: str
    how_long: str
    who: str
    url: str = ""


Lines = Callable[[Person, str], list[Kept]]

REGISTER: list[str] = []


def register(path: str) -> None:
    """Add the function at `path`: `lines(person, language)`."""
    if path not in REGISTER:
        REGISTER.append(path)


def kept_about(person: Person, *, language: str) -> list[Kept]:
    """Return everything that is kept about the person, the ground floor's first."""
    with override(language):
        # Apps are ready from the top floor down.
        return [
            line
            for path in reversed(REGISTER)
            for line in import_string(path)(person, language)
        ]


def day(when: date | datetime) -> str:
    """Return a day in words; of an instant, the day it was here."""
    if isinstance(when, datetime):
        when = timezone.localdate(when)
    return date_format(when, "DATE_FORMAT")


def until_erased() -> str:
    """Return for how long what is only the person's is kept."""
    return _("Until you ask for your account to be erased.")


def for_good() -> str:
    """Return for how long what others rely on is kept."""
    return _("For good. If your account is erased, what is left no longer names you.")


def only_you() -> str:
    return _("You.")


def you_and_yours() -> str:
    """Return who sees what somebody learns."""
    return _(
        "You and, if you have one, the trainer of your cohort and the person whom your "
        "institution authorised."
    )


def you_yours_and_support() -> str:
    """Return who sees who somebody is and where they work."""
    return _(
        "You and, if you have one, the trainer of your cohort and the person whom your "
        "institution authorised. Support staff, while they help you."
    )
