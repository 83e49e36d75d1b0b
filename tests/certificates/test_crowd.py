"""How many people does one reader take away in a day, by whatever way?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from certificates.crowd import people_with, people_with_lines
from certificates.models import ReportFile, ReportLine
from lms.audit.actions import record_event
from lms.audit.models import Event
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2026, 11, 2, tzinfo=ZoneInfo("America/Guatemala"))
NOON = MIDNIGHT + timedelta(hours=12)


def take(reader, whom, *, at=NOON, kind=Event.Kind.EXPORT):
    facts = {"purpose": "file of the completion report", "subjects": whom}
    return record_event(kind, actor=reader, at=at, **facts)


def test_people_of_a_day_are_counted_once(ines, hugo, ana, bruno, carla, tomas):
    take(ines, [ana, bruno])
    take(ines, [bruno, carla])
    take(hugo, [tomas])
    take(ines, [tomas], kind=Event.Kind.LOOK)

    assert people_with(ines, [], at=NOON) == 3
    assert people_with(ines, [ana.pk, tomas.pk], at=NOON) == 4
    assert people_with(hugo, [tomas.pk], at=NOON) == 1


@pytest.mark.parametrize(
    ("before", "people"), [(timedelta(), 2), (timedelta(seconds=1), 1)]
)
def test_a_day_begins_at_midnight(ines, ana, bruno, before, people):
    take(ines, [ana], at=MIDNIGHT - before)

    assert people_with(ines, [bruno.pk], at=NOON) == people


def test_lines_add_those_who_were_not_taken_yet(ines, edition, ana, bruno):
    for person in (ana, bruno):
        enrolment = EnrolmentFactory(learner=person, edition=edition)
        ReportLine.objects.create(
            person=person,
            enrolment=enrolment,
            course=edition.course,
            edition=edition,
            total=4,
            enrolled_at=NOON,
            changed_at=NOON,
        )
    take(ines, [ana, PersonFactory()])

    assert people_with_lines(ines, ReportLine.objects.all(), at=NOON) == 3


def test_those_to_whom_a_second_person_said_yes_do_not_count(ines, ana, bruno, carla):
    agreed, alone = take(ines, [ana, bruno]), take(ines, [carla])
    for event, needs_second in [(agreed, True), (alone, False)]:
        ReportFile.objects.create(
            owner=ines,
            language="es",
            format="csv",
            asked_at=NOON,
            people=2,
            rows=2,
            needs_second=needs_second,
            approved_at=NOON if needs_second else None,
            event=event,
            ready_at=NOON,
            until_at=NOON,
        )

    assert people_with(ines, [], at=NOON) == 1
