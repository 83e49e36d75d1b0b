"""What learning says of an archived cohort: figures, in both languages, no name."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from courses.cohort_record import lines
from courses.models import Assignment, Attendance
from lms.models import Cohort
from lms.people.actions import erase
from lms.team.actions import archive
from lms.team.record import Line
from tests.factories import PersonFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(tomas, course):
    cohort = Cohort.objects.get()
    Assignment.objects.create(
        cohort=cohort, course=course, assigned_by=tomas, assigned_at=timezone.now()
    )
    WorkshopFactory(cohort=cohort, made_by=tomas, title="Entrevistas")
    return cohort


def test_record_counts_who_completed_and_who_came(cohort, enrolment):
    now = timezone.now()
    type(enrolment).objects.update(completed_at=now)

    with override("en"):
        course, workshop = lines(cohort, now)

    assert course == Line("Courses completed", "Curso C1 (en)", "1 of 1")
    assert (workshop.under, workshop.value) == ("People at workshops", 0)
    assert workshop.what.startswith("Entrevistas, ")


def test_record_counts_no_shielded_person_who_came_and_was_erased(cohort, tomas):
    hidden, now = PersonFactory(shielded=True), timezone.now()
    Attendance.objects.create(
        workshop=cohort.workshops.get(),
        person=hidden,
        present=True,
        how=Attendance.How.CODE,
        marked_by=hidden,
        marked_at=now,
    )
    erase(hidden, by=None, at=now)

    *_courses, workshop = lines(cohort, now)

    assert workshop.value == 0


def test_archiving_stores_it_in_both_languages(cohort, tomas):
    archive(cohort, by=tomas, at=timezone.now())

    cohort.refresh_from_db()
    for language in ("es", "en"):
        values = [value for _under, _what, value in cohort.record[language]]
        assert any(value in ("0 de 1", "0 of 1") for value in values)
