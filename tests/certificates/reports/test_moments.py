"""The database says of a line what the rules of lines say of it."""

from datetime import datetime, time

import pytest
from django.utils import timezone

from certificates.models import ReportLine
from certificates.reports.moments import with_score, with_standing, with_state
from tests.certificates.lines.test_rules import (
    AT,
    DAY,
    ONE,
    STANDINGS,
    STATES,
    SUSPENSIONS,
)
from tests.certificates.reports.storing import a_line
from tests.factories import CohortFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(ana, edition, judiciary):
    """Return a function that stores Ana's line with these facts."""

    def store(**facts):
        return a_line(ana, edition, judiciary, cohort=CohortFactory(), **facts)

    return store


@pytest.mark.parametrize(("enrolled", "completed", "withdrawn", "due", "is_"), STATES)
def test_states_in_sql_are_those_of_the_rule(
    put, enrolled, completed, withdrawn, due, is_
):
    put(
        enrolled_at=enrolled,
        completed_at=completed,
        withdrawn_at=withdrawn,
        due_at=due,
    )

    assert with_state(ReportLine.objects.all(), at=AT).get().state == is_


def ends_of(day):
    """Return the first and the last moment of a day of the site."""
    zone = timezone.get_default_timezone()
    if day is None:
        return [None]
    return [datetime.combine(day, edge, tzinfo=zone) for edge in (time.min, time.max)]


@pytest.mark.parametrize(("issued", "until", "revoked", "replaced", "is_"), STANDINGS)
def test_standings_in_sql_are_those_of_the_rule(
    put, issued, until, revoked, replaced, is_
):
    line = put()

    for edge in (0, -1):
        line.issued_at = ends_of(issued)[edge]
        line.revoked_at = ends_of(revoked)[edge]
        line.superseded_at = ends_of(replaced)[edge]
        line.valid_until = until
        line.save()

        found = with_standing(ReportLine.objects.all(), on=DAY).get()
        assert found.standing == (is_ or "none")


@pytest.mark.parametrize(("suspended", "lifted", "revoked", "is_"), SUSPENSIONS)
def test_suspensions_in_sql_are_those_of_the_rule(put, suspended, lifted, revoked, is_):
    line = put(issued_at=ends_of(DAY - ONE)[0])

    for edge in (0, -1):
        line.suspended_at = ends_of(suspended)[edge]
        line.lifted_at = ends_of(lifted)[edge]
        line.revoked_at = ends_of(revoked)[edge]
        line.save()

        assert with_standing(ReportLine.objects.all(), on=DAY).get().standing == is_


@pytest.mark.parametrize(
    ("points", "out_of", "score"),
    [(None, None, None), (0, 0, None), (0, 10, 0), (2, 3, 66), (10, 10, 100)],
)
def test_score_is_whole_percent_rounded_down(put, points, out_of, score):
    put(points=points, out_of=out_of)

    assert with_score(ReportLine.objects.all()).get().score == score
