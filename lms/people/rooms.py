"""How does a room full of learners sign in from one network address?

A trainer in the room opens a window: for some minutes that many people may sign in from
where the trainer is, instead of the few that one address has at other times.
"""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from lms.people import rules
from lms.people.models import RoomWindow, User
from lms.refusals import Refused

MOST_PLACES = 600
FEWEST_MINUTES, MOST_MINUTES = 10, 60
IPV6_PREFIX = 64


@transaction.atomic
def open_room(
    trainer: User, *, address: str, places: int, minutes: int, at: datetime
) -> RoomWindow:
    """Open a window for that address; the one this trainer had open is closed."""
    if not 1 <= places <= MOST_PLACES:
        raise Refused("room-places")
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        raise Refused("room-minutes")
    # First of all a write, so that two requests of one trainer wait for each other.
    User.objects.filter(pk=trainer.pk).update(is_active=trainer.is_active)
    RoomWindow.objects.own(trainer).open(at).update(closed_at=at)
    return RoomWindow.objects.create(
        trainer=trainer,
        address_hash=digest_of(address),
        places=places,
        opened_at=at,
        until_at=at + timedelta(minutes=minutes),
    )


def close_room(window: RoomWindow, *, at: datetime) -> None:
    """Close the window now; closing it again changes nothing."""
    RoomWindow.objects.filter(pk=window.pk, closed_at=None).update(closed_at=at)


def digest_of(address: str) -> str:
    """Return the keyed hash of the address, or of the network of one line in IPv6."""
    parsed = ipaddress.ip_address(address)
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    if parsed.version == 6:
        network = ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False)
        parsed = network.network_address
    return rules.address_hash(str(parsed), key=settings.NAME_HASH_KEY)
