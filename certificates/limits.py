"""How often may one address check certificates, and who comes by a link once more?

Checks on the page and by the API are counted together. Who comes is known by no cookie.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from certificates import rules
from lms.people.limits import address_of
from lms.people.rooms import digest_of
from lms.people.rules import address_hash
from lms.web.models import Tries

PER = timedelta(minutes=1)
ONE_USE = timedelta(hours=1)  # of a link: who loads the page once more counts no more


def takes_a_check(request: HttpRequest, *, at: datetime) -> bool:
    """Count a check from where the request comes; return whether it may be made."""
    return Tries.objects.take(
        f"checks-from:{digest_of(address_of(request))}",
        limit=rules.CHECKS_PER_MINUTE,
        per=PER,
        at=at,
    )


def visitor_of(request: HttpRequest) -> str:
    """Return a keyed hash of the network and the browser that a request comes from.

    It is kept for as long as it counts, and tells nobody either of the two.
    """
    browser = request.headers.get("User-Agent", "")
    network = digest_of(address_of(request))
    return address_hash(f"{network} {browser}", key=settings.NAME_HASH_KEY)


def is_another_use(link: int, *, visitor: str, at: datetime) -> bool:
    """Count a visitor of that link; return whether it is their first in the hour."""
    key = f"link-used:{link}:{visitor}"
    return Tries.objects.take(key, limit=1, per=ONE_USE, at=at)
