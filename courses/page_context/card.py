"""A course as the catalogue shows it to one reader."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the card, and what its one act depends on."""

    page: Page
    key: UUID
    url: str
    minutes: int
    languages: list[str]
    tracks: set[str]
    edition: int | None
    enrolment: UUID | None
    completed_at: datetime | None
