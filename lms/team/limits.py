"""How many wrong links and how many codes may be tried, from where and by whom?

Counted in the database, as tries to sign in are (`lms.people.limits`).
"""

from datetime import datetime, timedelta

from lms.people.limits import address_of
from lms.people.models import User
from lms.people.rooms import digest_of
from lms.web.models import Tries

WRONG_LINKS, LINK_TIME = 30, timedelta(minutes=1)
CODES, CODE_TIME = 20, timedelta(minutes=10)


def count_wrong_link(request, *, at: datetime) -> bool:
    """Count a link that leads nowhere; return whether its address may try more.

    Only wrong ones: from one room, hundreds may open good ones at once, and a token of
    256 bits is not found by trying.
    """
    key = f"invitations-from:{digest_of(address_of(request))}"
    return Tries.objects.take(key, limit=WRONG_LINKS, per=LINK_TIME, at=at)


def may_try_code(person: User, *, at: datetime) -> bool:
    """Count a code that somebody typed, right or wrong; return whether it is read.

    By account: the whole of a room comes from one address.
    """
    key = f"join-codes-of:{person.pk}"
    return Tries.objects.take(key, limit=CODES, per=CODE_TIME, at=at)
