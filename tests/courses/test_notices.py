"""What is there besides courses: all kinds in one query, each for whom it is."""

from datetime import date

import pytest
from django.utils import timezone

from courses.models import LedgerEntry
from courses.notices import Notices, notices_for
from lms.models import Cohort
from lms.team.actions import Asked, invite
from tests.factories import MandateFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


def test_nothing_is_there_for_who_is_asked_nothing(bruno, tomas):
    assert notices_for(bruno, at=timezone.now()) == Notices(False, False, False, False)


def test_each_kind_is_told_to_whom_it_is(bruno, ana, tomas, django_assert_num_queries):
    now = timezone.now()
    invite(Cohort.objects.get(), by=tomas, asked=[Asked(bruno.email)], at=now)
    MandateFactory(holder=None, address=ana.email, granted_by=tomas, accepted_at=None)
    LedgerEntry.objects.create(
        person=tomas,
        minutes=90,
        kind="workshop",
        workshop=WorkshopFactory(cohort=Cohort.objects.get()),
        on=date(2026, 11, 2),
        at=now,
        by=ana,
    )

    with django_assert_num_queries(3):
        found = [notices_for(person, at=now) for person in (ana, bruno, tomas)]

    assert found == [
        Notices(in_cohort=True, offered=True, invited=False, credited=False),
        Notices(in_cohort=False, offered=False, invited=True, credited=False),
        Notices(in_cohort=False, offered=False, invited=False, credited=True),
    ]
