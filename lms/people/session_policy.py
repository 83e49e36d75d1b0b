"""How long does a session stay open? Shorter for whoever sees other people.

Asked where a page first asks who is reading, so that pages which ask nobody read no
session. When it was last seen stands in the session itself, which is read anyway, and
is written down seldom: a page view should not cost a write.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from lms.people import rules
from lms.people.models import User
from lms.people.second_factor import works_with_people
from lms.people.typed import open_drawer

BEGAN, SEEN = "began", "seen"  # in a session: seconds since 1970


@receiver(user_logged_in)
def begin(sender, request, user, **_more) -> None:
    now = timezone.now().timestamp()
    request.session.update({BEGAN: now, SEEN: now})
    request.has_entered = user


def ends_at(session: Mapping[str, Any], person: User) -> datetime:
    """Return when a session is over; one that does not say when it began is."""
    return rules.session_ends(
        _moment(session, BEGAN),
        _moment(session, SEEN),
        staff=works_with_people(person),
    )


def _moment(session: Mapping[str, Any], name: str) -> datetime:
    return datetime.fromtimestamp(session.get(name, 0), UTC)


class SessionPolicy:
    """Signs out whoever comes back too late, and notes now and then who is here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user = SimpleLazyObject(lambda: reader_of(request))
        response = self.get_response(request)
        if getattr(request, "is_worth_noting", False) and BEGAN in request.session:
            note_seen(request.session, at=timezone.now())
        if person := getattr(request, "has_entered", None):
            open_drawer(request, response, person)
        return response


def reader_of(request: HttpRequest) -> User | AnonymousUser:
    """Return who is reading: nobody, once their session is over."""
    person, now = get_user(request), timezone.now()
    if not person.is_authenticated:
        return person
    staff = works_with_people(person)
    if now < ends_at(request.session, person):
        seen_at = _moment(request.session, SEEN)
        request.is_worth_noting = rules.is_worth_noting(seen_at, now, staff=staff)
        return person
    why = sentence_for(_moment(request.session, SEEN), staff=staff, at=now)
    request.user = person  # signing out asks who it was
    logout(request)
    request.why_signed_out = why
    if request.method in ("GET", "HEAD"):
        messages.info(request, why, fail_silently=True)
    return request.user


def seconds_left(request: HttpRequest) -> dict[str, int] | None:
    """Return how long a learner's session lasts: left alone, and at the most.

    Whoever's work shows them other people is asked by a dialog, on every page.
    """
    person, now = request.user, timezone.now()
    if not person.is_authenticated or works_with_people(person):
        return None
    is_noted = getattr(request, "is_worth_noting", False)
    seen_at = now if is_noted else _moment(request.session, SEEN)
    ends = {
        "idle": seen_at + rules.idle_limit(staff=False),
        "most": _moment(request.session, BEGAN) + rules.most_limit(staff=False),
    }
    return {which: int((end - now).total_seconds()) for which, end in ends.items()}


def sentence_for(seen_at: datetime, *, staff: bool, at: datetime) -> str:
    """Say which of the two limits it was."""
    if at < seen_at + rules.idle_limit(staff=staff):
        return _(
            "You were signed out because your sign-in was long ago. Sign in again."
        )
    if staff:
        return _(
            "You were signed out because nothing happened for 30 minutes. "
            "Sign in again."
        )
    return _("You were signed out because nothing happened for 4 hours. Sign in again.")


def note_seen(session: SessionStore, *, at: datetime) -> None:
    """Write down that somebody is here; the session lives no longer for it.

    Saving it would prolong it, and would undo what another request has just written.
    """
    if session.modified:
        session[SEEN] = at.timestamp()
        return
    row = Session.objects.filter(pk=session.session_key).first()
    kept = row.get_decoded() if row else {}
    if BEGAN in kept:
        Session.objects.filter(pk=row.pk, session_data=row.session_data).update(
            session_data=session.encode(kept | {SEEN: at.timestamp()})
        )
