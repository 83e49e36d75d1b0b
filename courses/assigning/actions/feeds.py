"""Giving somebody's calendar an address, and another one that ends the first."""

from datetime import datetime

from django.db import transaction

from courses.assigning.feeds import token_for
from courses.assigning.rules import token_hash
from courses.models import CalendarFeed
from lms.people.models import User


@transaction.atomic
def renew_feed(person: User, *, at: datetime) -> None:
    """Make the address of the person's calendar; the one before is not there any more.

    Of two who renew at once, one does.
    """
    rows = CalendarFeed.objects.filter(person=person)
    before = rows.first()
    if before is None:
        first = CalendarFeed(
            person=person, token_hash=token_hash(token_for(person, 1)), made_at=at
        )
        CalendarFeed.objects.bulk_create([first], ignore_conflicts=True)
        return
    counter = before.counter + 1
    rows.filter(counter=before.counter).update(
        counter=counter,
        token_hash=token_hash(token_for(person, counter)),
        made_at=at,
    )
