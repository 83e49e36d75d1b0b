"""With which browsers is a person signed in, and what is kept of each: little.

allauth notes every sign-in in a row of its own. Its rows would hold the network address
and the full name of the browser: the address says where an officer was, and both
together single a person out. Neither is needed to recognise one's own devices.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from allauth.account.signals import user_logged_in
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.browsers import Browser, browser_of
from lms.people.models import User
from lms.people.session_policy import ends_at

NO_ADDRESS = "::"  # allauth’s column must hold one
NOTED = "noted"  # in a session: its sign-in has a row


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that is signed in."""

    pk: int
    browser: Browser
    since: datetime
    seen: datetime
    is_this: bool

    @property
    def name(self) -> str:
        """The browser in words, in the active language."""
        return named(self.browser)


def named(browser: Browser) -> str:
    """Return a browser in words: "Firefox on Android"."""
    if not browser.system:
        return browser.program or _("A browser that does not say its name")
    words = {"program": browser.program or _("A browser"), "system": browser.system}
    return _("%(program)s on %(system)s") % words


@receiver(pre_save, sender=UserSession)
def keep_little(sender, instance: UserSession, **_more) -> None:
    """Keep no address, and of the browser only what the person will read."""
    instance.ip = NO_ADDRESS
    instance.user_agent = str(browser_of(instance.user_agent))


@receiver(user_logged_in)
def mark(sender, request, **_more) -> None:
    request.session[NOTED] = True


def devices_of(person: User, *, session_key: str, at: datetime) -> list[Device]:
    """Return where the person is signed in, this device first, then the latest."""
    alive = _alive(person, at=at)
    rows = UserSession.objects.filter(user=person, session_key__in=alive)
    found = [
        Device(
            pk=row.pk,
            browser=browser_of(row.user_agent),
            since=row.created_at,
            seen=seen_at(row),
            is_this=row.session_key == session_key,
        )
        for row in rows.order_by("-created_at")
    ]
    return sorted(found, key=lambda device: not device.is_this)


def seen_at(row: UserSession) -> datetime:
    """Return when the browser was last here: since its sign-in, whatever was noted."""
    return max(row.created_at, row.last_seen_at)


def _alive(person: User, *, at: datetime) -> list[str]:
    """Return the keys of the sessions that still let the person in.

    allauth asks this of one session at a time; a changed password ends a session too.
    """
    keys = UserSession.objects.filter(user=person).values("session_key")
    hashes = {person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()}
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=at)
    return [
        session.session_key
        for session in sessions
        if _lets_in(session.get_decoded(), person, hashes=hashes, at=at)
    ]


def _lets_in(kept: dict, person: User, *, hashes: set[str], at: datetime) -> bool:
    return kept.get(HASH_SESSION_KEY) in hashes and at < ends_at(kept, person)


def end_others(person: User, *, session_key: str) -> None:
    """Sign the person out everywhere but in the session of that key."""
    for row in UserSession.objects.filter(user=person).exclude(session_key=session_key):
        row.end()


def forget_ended(*, at: datetime) -> None:
    """Delete the sessions that ran out, and the rows of sessions that are gone."""
    Session.objects.filter(expire_date__lte=at).delete()
    UserSession.objects.exclude(
        session_key__in=Session.objects.values("session_key")
    ).delete()


class LastSeen:
    """Notes, once an hour, that a signed-in browser was here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Pages that read no session stay without one.
        if request.session.accessed and request.session.get(NOTED):
            note(request.session.session_key, the_hour(timezone.now()))
        return response


def the_hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


@lru_cache(maxsize=10_000)
def note(session_key: str, hour: datetime) -> None:
    """Write down the hour; the memory of this process spares every other page view.

    In the session it would be forgotten less often, but each writing would prolong it.
    """
    UserSession.objects.filter(session_key=session_key, last_seen_at__lt=hour).update(
        last_seen_at=hour
    )
