"""Which trainings does the region hold, for everybody to read? No person is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses import ical
from courses.models import Training, Workshop
from lms import cells
from lms.mail.actions import from_here
from lms.people.choices import Country, Language

SECONDS = 60
KEPT_FOR = timedelta(days=366)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One training: days included, and the language it is held and named in."""

    uid: str
    title: str
    title_in: str
    country: Country
    from_on: date
    until_on: date
    place: str
    organiser: str
    language: Any
    open_to: str = ""
    contact: str = ""
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see; nothing chosen: all that is not over."""

    country: str = ""
    month: date | None = None  # its first day

    def admits(self, entry: Entry, *, on: date) -> bool:
        if self.country not in ("", entry.country):
            return False
        if self.month is None:
            return entry.until_on >= on
        return entry.from_on < next_month(self.month) and entry.until_on >= self.month


def next_month(day: date) -> date:
    """Return the first day of the month after that day's."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def months_from(day: date, *, count: int = 12) -> list[date]:
    """Return the first days of so many months, that of the day first."""
    found = [day.replace(day=1)]
    while len(found) < count:
        found.append(next_month(found[-1]))
    return found


def entries(asked: Asked, *, language: str, on: date) -> list[Entry]:
    """Return the trainings asked for, the next first; two queries a minute."""
    known = caches["pages"].get_or_set(
        f"regional calendar:{language}:{on}", lambda: _all(language, on), SECONDS
    )
    return [entry for entry in known if asked.admits(entry, on=on)]


def _all(language: str, on: date) -> list[Entry]:
    since = on - KEPT_FOR
    workshops = (
        Workshop.objects.standing()
        .filter(is_public=True, ends_at__date__gte=since - A_DAY)
        .select_related("cohort", "organiser")
    )
    trainings = Training.objects.standing().filter(until_on__gte=since)
    with override(language):
        found = [_of_workshop(one) for one in workshops]
        found += [_of_training(one, language) for one in trainings]
    return sorted(found, key=lambda entry: (entry.from_on, entry.title, entry.uid))


def _of_workshop(one: Workshop) -> Entry:
    """Return what is public of a workshop: not its room, nor whose cohort it is."""
    return Entry(
        uid=str(one.uuid),
        title=one.title,
        title_in=one.language,
        country=Country(one.cohort.country),
        from_on=one.starts.date(),
        until_on=one.ends.date(),
        place="",
        organiser=str(one.organiser),
        language=Language(one.language).label,
        places=one.capacity,
    )


def _of_training(one: Training, language: str) -> Entry:
    return Entry(
        uid=str(one.uuid),
        title=one.title(language),
        title_in=language,
        country=Country(one.country),
        from_on=one.from_on,
        until_on=one.until_on,
        place=one.place,
        organiser=one.organiser,
        language=Language(one.language).label,
        open_to=one.open_to,
        contact=one.contact,
    )


def as_ical(rows: Iterable[Entry], *, at: datetime) -> str:
    """Return the trainings as a calendar that mail programs read (RFC 5545)."""
    page = from_here(reverse("regional_calendar"))
    found = [
        ical.Entry(
            uid=row.uid,
            day=row.from_on,
            until=row.until_on,
            summary=row.title,
            place=", ".join(filter(None, [row.place, str(row.country.label)])),
            url=row.contact or page,
        )
        for row in rows
    ]
    name = f"{settings.SITE_NAME}: {_('Calendar of trainings')}"
    return ical.calendar(found, name=name, at=at)


def as_csv(rows: Iterable[Entry], *, on: date) -> str:
    """Return the trainings as a table; every line says as of which day (ISO 8601)."""
    headings = (
        _("title"),
        _("country"),
        _("from"),
        _("until"),
        _("venue"),
        _("organiser"),
        _("language"),
        _("open to"),
        _("places"),
        _("page to ask at"),
        _("as of"),
    )
    lines = (
        (
            row.title,
            row.country.label,
            row.from_on,
            row.until_on,
            row.place,
            row.organiser,
            row.language,
            row.open_to,
            row.places or "",
            row.contact,
            on,
        )
        for row in rows
    )
    return cells.as_csv([headings, *lines])
