"""What is held in rooms of the demo, and who trained whom there."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from courses.inperson import rules
from courses.inperson.calendar import Asked, entries
from courses.inperson.trainers import branch_of, figures
from courses.inperson.workshops import workshops_for, workshops_of
from courses.models import Attendance, LedgerEntry, Observation, Training, Workshop
from lms.demo import cast
from lms.models import Cohort, Event, Institution, User
from lms.people.choices import Country, Track
from lms.people.zones import day_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def tomas(told):
    """Tomás, with all that the demo's region did in rooms."""
    return told


def workshops_in(name):
    return Workshop.objects.filter(cohort__name__startswith=name).order_by("starts_at")


def test_tomas_has_a_workshop_to_work_today_and_one_to_finish(tomas, now):
    past, today, ahead = workshops_in("Puestos")
    half = workshops_in("Juzgados").get()

    assert past.attendance.count() == past.cohort.members.count() == 30
    assert day_of(today.starts_at, zone=today.cohort.zone) == day_of(
        now, zone=today.cohort.zone
    )
    assert not today.attendance.exists()
    assert (today.capacity, today.taken) == (25, 24)
    assert ahead.starts_at > now
    assert 0 < half.attendance.count() < half.cohort.members.count()
    assert half.ends_at < now


def test_todays_workshop_takes_codes_within_office_hours(tomas, now):
    today = workshops_in("Puestos")[1]

    hour = now.astimezone(today.cohort.zone).hour
    takes = rules.takes_codes(starts_at=today.starts_at, ends_at=today.ends_at, at=now)

    assert takes or not 8 <= hour < 18


def test_ana_can_take_a_place_tomorrow_and_bruno_has_one(tomas, now):
    ana, bruno = (
        User.objects.get(email=f"{key}@{cast.DOMAIN}") for key in ("ana", "bruno")
    )
    on = timezone.localdate(now)

    of_ana = workshops_for(ana, on=on, at=now)
    of_bruno = workshops_for(bruno, on=on, at=now)

    assert [(one.is_ahead, one.has_place) for one in of_ana] == [(True, False)]
    assert [(one.is_ahead, one.has_place) for one in of_bruno] == [(True, True)]


def test_hours_are_of_those_who_were_there_and_of_practice(tomas):
    there = Attendance.objects.filter(present=True)
    rows = LedgerEntry.objects.filter(kind=LedgerEntry.Kind.WORKSHOP)

    assert Attendance.objects.filter(present=False).exists()
    assert rows.count() == there.count()
    assert rows.aggregate(sum=Sum("minutes"))["sum"] == 240 * there.count()
    assert LedgerEntry.objects.exclude(pk__in=rows).count() == 2


def test_practice_of_two_officers_was_observed_and_one_still_learns(tomas):
    signed = list(Observation.objects.order_by("pk"))

    assert [one.person.track for one in signed] == [Track.OPI, Track.OPI]
    assert [set(one.marks.values()) for one in signed] == [
        {"observed"},
        {"observed", "not-yet"},
    ]
    assert {one.signed_by for one in signed} == {tomas}


def test_shielded_people_are_on_no_list_of_marks(tomas):
    typed = Attendance.objects.filter(how=Attendance.How.TYPED)

    assert not typed.filter(person__shielded=True).exists()


def test_no_workshop_is_outside_of_its_cohort_or_full(tomas):
    assert Workshop.objects.exists()
    for one in Workshop.objects.select_related("cohort"):
        assert one.cohort.from_on <= one.starts.date() <= one.cohort.until_on
        assert one.taken == one.places.held().count() <= one.capacity
        seen = workshops_of(
            one.cohort, viewer=one.made_by, on=timezone.localdate()
        ).filter(pk=one.pk)
        assert seen.exists() == Cohort.objects.visible_to(one.made_by).contains(
            one.cohort
        )


def test_calendar_has_trainings_of_several_countries(tomas, now):
    on = timezone.localdate(now)

    found = entries(Asked(), language="es", on=on)

    assert {one.country for one in found} == set(Country)
    assert [one for one in found if one.until_on < on] == []
    assert Training.objects.filter(until_on__lt=on).exists()
    assert not any(name in str(found) for name in ("Tomás", "@"))


def test_tomas_has_a_branch_and_the_region_generations(tomas, now):
    on = timezone.localdate(now)

    root, named = branch_of(tomas, language="es", on=on)
    most, lines = figures(on)

    assert len(root.below) == len(named) == 3
    assert all(node.name and node.course and node.on for node in root.below)
    assert sum(node.others for node in root.below) == 1
    assert most == 3
    assert {one.country: one.by_generation for one in lines}["GT"] == [2, 3, 1]
    assert sum(one.by_generation[1] for one in lines) == 3 + 5


def test_nobody_was_written_to_by_the_past(tomas):
    assert not Event.objects.filter(actor=tomas, kind=Event.Kind.LOOK).exists()
    assert not tomas.letters.exists()
    assert Institution.objects.filter(workshops__is_public=True).exists()
