"""What completed enrolments earned, as the floor above tells it.

Certificates are known one floor up. That floor registers here, in `AppConfig.ready`,
how it finds them; the screens of learning only show a label and a link.
"""

from collections.abc import Callable
from typing import TypedDict
from uuid import UUID


class AwardLink(TypedDict):
    """Where an award is shown, and what is said of it: "Valid until …"."""

    url: str
    label: str


Links = Callable[[list[UUID], str], dict[UUID, AwardLink]]

_registered: list[Links] = []


def register(links: Links) -> None:
    """Let `links(enrolment_ids, language)` tell what those enrolments earned."""
    if links not in _registered:
        _registered.append(links)


def award_links(enrolment_ids: list[UUID], language: str) -> dict[UUID, AwardLink]:
    """Return the award of each enrolment that earned one, by the enrolment's key."""
    found: dict[UUID, AwardLink] = {}
    if not enrolment_ids:
        return found
    for links in _registered:
        found |= links(enrolment_ids, language)
    return found
