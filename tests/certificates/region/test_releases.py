import pytest

from certificates.models import Release
from certificates.region.releases import release_past
from tests.certificates.figures.drawn import line_of

pytestmark = pytest.mark.django_db


def test_past_weeks_are_released_once(enrolment, at):
    line_of(enrolment, at)

    assert (release_past(at=at), release_past(at=at)) == (2, 2)

    weeks = Release.objects.newest_first().values_list("week", flat=True)
    assert list(weeks) == ["2026-W45", "2026-W32"]


def test_without_lines_there_is_nothing_to_release(at):
    assert release_past(at=at) == 0
    assert Release.objects.count() == 0
