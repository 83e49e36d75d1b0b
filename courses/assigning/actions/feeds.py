"""Giving somebody's calendar an address, and another one that ends the first."""

from datetime import datetime

from django.db import transaction

from courses.assigning.feeds import token_for
from courses.assigning.rules import token_hash
from courses.models import CalendarFeed
from lms.people.models import User
from lms.people.signals import ends_with_the_secret


@ends_with_the_secret
def end_feed(person: User, *, at: datetime) -> None:
    """End the address of the person's calendar: another one stands on their page.

    Nothing is done for whoever has none, and the row stays: its counter makes sure that
    no address comes back.
    """
    if CalendarFeed.objects.own(person).exists():
        renew_feed(person, at=at)


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
