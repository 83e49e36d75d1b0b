from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.figures.actions import release
from certificates.figures.tasks import release_week
from certificates.models import LinesDrawn, Release, ReportLine
from tests.certificates.figures.drawn import line_of

pytestmark = pytest.mark.django_db


def test_a_week_is_released_once(at):
    first = release(as_of=at, at=at)

    again = release(as_of=at + timedelta(hours=5), at=at + timedelta(hours=5))

    assert (first.week, again.pk, again.as_of) == ("2026-W45", first.pk, at)
    assert Release.objects.count() == 1


def test_the_next_week_is_another_release(at):
    release(as_of=at, at=at)

    release(as_of=at - timedelta(7), at=at)

    weeks = Release.objects.newest_first().values_list("week", flat=True)
    assert list(weeks) == ["2026-W45", "2026-W44"]


def test_a_release_holds_where_bands_begin_and_nothing_of_a_few(enrolment, at):
    line_of(enrolment, at)

    made = release(as_of=at, at=at)

    assert made.figures[""]["GT"][""] == [0, 0, 0, 0]
    assert made.figures[""]["HN"][""] == [0, 0, 0, 0]
    assert made.public_figures[""]["GT"][""] == [0, 0, 0, 0]


def test_a_month_that_is_over_is_told_again_as_it_was(region, at):
    first = release(as_of=at, at=at)
    before = first.figures["months"]["HN"]["2026-10"]
    ReportLine.objects.filter(country="HN").update(completed_at=None)

    later = release(as_of=at + timedelta(40), at=at + timedelta(40))

    assert before == [20]
    assert later.figures["months"]["HN"]["2026-10"] == [20]
    assert later.figures["months"]["HN"]["2026-11"] == [0]
    assert "2026-11" not in first.figures["months"]["HN"]


def test_the_clock_waits_for_lines_that_are_up_to_date():
    now = timezone.now()
    LinesDrawn.objects.create(as_of=now - timedelta(days=1))

    assert release_week.func() is None
    assert Release.objects.count() == 0


def test_the_clock_releases_as_of_the_lines():
    drawn = timezone.now() - timedelta(minutes=3)
    LinesDrawn.objects.create(as_of=drawn)

    week = release_week.func()

    assert release_week.func() == week
    assert [(one.week, one.as_of) for one in Release.objects.all()] == [(week, drawn)]
