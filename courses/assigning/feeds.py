"""Whose calendar is read at a secret address, and what does it hold?

Calendars are shared with offices, so that an entry says no more than that something is
due that day: no course, no cohort, no name.
"""

from datetime import datetime
from uuid import uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.assigning.rules import State, token_hash, token_of
from courses.assigning.standing import own_standing
from courses.ical import Entry, calendar
from courses.models import CalendarFeed
from lms.mail.actions import from_here
from lms.people.models import User

PURPOSE = "calendar"


def token_for(person: User, counter: int) -> str:
    """Return the secret word of the address; the next counter makes another one."""
    return token_of(PURPOSE, person.uuid, key=settings.SECRET_KEY, counter=counter)


def address_of_feed(person: User) -> str:
    """Return the full address of the person's calendar, "" when there is none."""
    feed = CalendarFeed.objects.own(person).first()
    if feed is None:
        return ""
    token = token_for(person, feed.counter)
    if not constant_time_compare(token_hash(token), feed.token_hash):
        return ""  # the site's key has changed since
    return from_here(reverse("calendar_feed", args=[token]))


def person_of_feed(token: str) -> User | None:
    """Return whose calendar it is, while their account is open."""
    feed = (
        CalendarFeed.objects.filter(
            token_hash=token_hash(token),
            person__closed_at=None,
            person__is_active=True,
        )
        .select_related("person")
        .first()
    )
    return feed.person if feed else None


def calendar_of(person: User, *, at: datetime) -> str:
    """Return the days on which something is due that is not done yet, as a calendar."""
    with override(person.language):
        name = settings.SITE_NAME
        summary = _("%(site)s: due date") % {"site": name}
        url = from_here(reverse("my_calendar"))
    entries = [
        Entry(
            uid=str(uuid5(one.assignment.pk, str(person.uuid))),
            day=one.due_on,
            summary=summary,
            url=url,
        )
        for one in own_standing(person, at=at)
        if one.due_on and one.state is not State.DONE
    ]
    return calendar(entries, name=name, at=at)
