"""How often may one address check certificates? On the page and by the API together."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from certificates import rules
from lms.people.limits import address_of
from lms.people.rooms import digest_of
from lms.web.models import Tries

PER = timedelta(minutes=1)


def takes_a_check(request: HttpRequest, *, at: datetime) -> bool:
    """Count a check from where the request comes; return whether it may be made."""
    return Tries.objects.take(
        f"checks-from:{digest_of(address_of(request))}",
        limit=rules.CHECKS_PER_MINUTE,
        per=PER,
        at=at,
    )
