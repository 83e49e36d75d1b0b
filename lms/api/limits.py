"""How often may a program ask, and a stranger try?

Counted in the database, which all processes share (`lms.people.limits`).
"""

from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.http import HttpRequest

from lms.api.problems import Problem
from lms.people.limits import address_of
from lms.people.rooms import digest_of
from lms.tokens.models import Token
from lms.web.models import Tries

A_MINUTE = timedelta(minutes=1)
FAILURES_PER_MINUTE = 30  # from one address


def count_request(token: Token, *, at: datetime) -> None:
    """Count what a token asks; refuse what is over its limit."""
    _take(f"api:{token.pk}", limit=settings.API_REQUESTS_PER_MINUTE, at=at)


def count_failure(request: HttpRequest, *, at: datetime) -> None:
    """Count a request without a valid token; refuse it otherwise when there are many.

    Whoever has a valid one is not kept out by a neighbour at the same address.
    """
    _take(_from(request, "failed"), limit=FAILURES_PER_MINUTE, at=at)


def count_public(request: HttpRequest, *, at: datetime) -> None:
    """Count what an address asks that anybody may ask."""
    limit = settings.API_REQUESTS_PER_MINUTE
    _take(_from(request, "public"), limit=limit, at=at)


def _from(request: HttpRequest, what: str) -> str:
    return f"api-{what}:{digest_of(address_of(request))}"


def _take(key: str, *, limit: int, at: datetime) -> None:
    if not Tries.objects.take(key, limit=limit, per=A_MINUTE, at=at):
        raise too_often(at=at, per=A_MINUTE)


def too_often(*, at: datetime, per: timedelta) -> Problem:
    """Return the answer to who asked too often: windows of time begin by the clock."""
    seconds = per.total_seconds()
    wait = ceil(seconds - at.timestamp() % seconds)
    return Problem("too-many-requests", headers={"Retry-After": str(wait)})
