"""Announcing a training in the regional calendar, changing it, taking it out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from courses.models import Training
from lms.people.models import User


@dataclass(frozen=True, slots=True)
class Announcement:
    """What everybody reads of a training; it names no person."""

    title_es: str
    title_en: str
    country: str
    from_on: date
    until_on: date
    place: str
    organiser: str
    language: str
    open_to: str
    contact: str = ""

    def facts(self) -> dict:
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def announce(said: Announcement, *, by: User, at: datetime) -> Training:
    """Put the training into the calendar; one that stands there so is returned."""
    same = Training.objects.standing().filter(
        title_es=said.title_es, country=said.country, from_on=said.from_on
    )
    return same.first() or Training.objects.create(
        entered_by=by, entered_at=at, **said.facts()
    )


def change_training(training: Training, *, said: Announcement) -> None:
    """Change what stands there; one that was withdrawn stays as it is."""
    Training.objects.standing().filter(pk=training.pk).update(**said.facts())


def withdraw_training(training: Training, *, at: datetime) -> None:
    """Take the training out of the calendar; again changes nothing."""
    Training.objects.standing().filter(pk=training.pk).update(withdrawn_at=at)
