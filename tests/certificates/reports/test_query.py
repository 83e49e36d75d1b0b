"""Who reads which lines, what each filter keeps, and in which order they come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from certificates.reports.filters import Asked
from certificates.reports.query import counted_of, lines_of
from lms.models import Mandate
from lms.people.actions import erase
from lms.people.choices import Role
from tests.certificates.reports.storing import a_line, another_edition
from tests.factories import (
    CohortFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def court(judiciary):
    """A court below the judiciary."""
    return InstitutionFactory(code="gt-juzgado-1", parent=judiciary)


@pytest.fixture
def abroad(db):
    return InstitutionFactory(code="hn-corte", country="HN")


@pytest.fixture
def line(ana, edition, judiciary):
    """Ana's line: a judge who takes the course."""
    return a_line(ana, edition, judiciary)


@pytest.fixture
def read(at):
    """Return a function: the lines that somebody reads who asks that."""

    def lines(viewer, asked=None, **given):
        return list(lines_of(viewer, asked or Asked(**given), at=at))

    return lines


def test_ines_reads_the_line_of_ana(read, ines, line):
    assert read(ines) == [line]


@pytest.mark.parametrize("who", ["hugo", "sofia", "tomas", "ana", "bruno", "admin"])
def test_nobody_else_reads_it(read, line, who, request):
    assert read(request.getfixturevalue(who)) == []


def test_nobody_reads_without_an_account_that_is_open(read, line, ines):
    ines.is_active = False
    ines.save()

    assert read(AnonymousUser()) == []
    assert read(ines) == []


def test_ines_reads_of_courts_below_hers(read, ines, bruno, edition, court):
    below = a_line(bruno, edition, court)

    assert read(ines) == [below]


def test_who_reads_a_court_reads_nothing_of_those_above_and_beside(
    read, line, court, judiciary, edition, bruno
):
    clerk = PersonFactory()
    MandateFactory(holder=clerk, institution=court)
    beside = InstitutionFactory(parent=judiciary)
    a_line(bruno, edition, beside)

    assert read(clerk) == []


def test_who_reads_a_country_reads_all_of_it_and_no_other(
    read, line, carla, edition, abroad, hugo
):
    other = a_line(carla, edition, abroad)
    minister = PersonFactory()
    MandateFactory(holder=minister)

    assert read(minister) == [line]
    assert read(hugo) == [other]


@pytest.mark.parametrize(
    "change",
    [
        {"ended_at": datetime(2026, 11, 2, 17, tzinfo=UTC), "ended_reason": "x"},
        {"until_on": date(2026, 11, 1)},
        {"from_on": date(2026, 11, 3)},
        {"accepted_at": None, "holder": None},
        {"role": Role.TRAINER, "institution": None},
    ],
)
def test_a_mandate_that_does_not_stand_shows_nothing(read, ines, line, change):
    assert read(ines) == [line]

    Mandate.objects.filter(holder=ines).update(**change)

    assert read(ines) == []


def test_who_left_for_elsewhere_before_the_end_is_no_line_of_ines(
    read, ines, ana, edition, judiciary, abroad, at
):
    a_line(ana, edition, judiciary, institution_at_end=abroad, completed_at=at)

    assert read(ines) == []


def test_shielded_people_are_only_counted(read, ines, ana, line, at):
    ana.shielded = True
    ana.save()

    assert read(ines) == []
    assert list(counted_of(ines, Asked(), at=at)) == [line]


def test_erased_people_are_only_counted(read, ines, ana, edition, judiciary, at):
    erase(ana, by=None, at=at)
    line = a_line(ana, edition, judiciary)

    assert read(ines) == []
    assert list(counted_of(ines, Asked(), at=at)) == [line]


def test_who_is_not_confirmed_is_only_counted(read, ines, ana, edition, judiciary, at):
    line = a_line(ana, edition, judiciary, confirmed=False)

    assert read(ines) == []
    assert list(counted_of(ines, Asked(), at=at)) == [line]


@pytest.fixture
def two(ana, bruno, edition, judiciary, court, at):
    """Two lines of which every filter keeps the first one alone."""
    first = a_line(
        ana,
        edition,
        judiciary,
        cohort=CohortFactory(),
        completed_at=at,
        issued_at=at,
        valid_until=at.date() + 400 * DAY,
        due_on=at.date(),
        due_at=at + DAY,
    )
    late = a_line(
        bruno,
        another_edition(edition, run="2025-1", course="C2"),
        court,
        country="HN",
        cohort=CohortFactory(),
        enrolled_at=at - 40 * DAY,
        due_on=at.date() - 9 * DAY,
        due_at=at - 8 * DAY,
    )
    return first, late


@pytest.mark.parametrize(
    "asks",
    [
        lambda one: {"country": one.country},
        lambda one: {"track": one.track},
        lambda one: {"cohort": one.cohort.uuid},
        lambda one: {"course": one.course.code},
        lambda one: {"edition": one.edition_id},
    ],
    ids=["country", "track", "cohort", "course", "edition"],
)
def test_each_filter_keeps_what_it_names(read, ines, two, asks):
    assert read(ines, **asks(two[0])) == [two[0]]
    assert read(ines, **asks(two[1])) == [two[1]]


def test_an_institution_takes_those_below_it_along(read, ines, two, judiciary, court):
    assert read(ines, institution=judiciary.pk) == [*two]
    assert read(ines, institution=court.pk) == [two[1]]


@pytest.mark.parametrize(
    ("asks", "kept"),
    [
        ({"state": "completed"}, [0]),
        ({"state": "late"}, [1]),
        ({"state": "in-progress"}, []),
        ({"standing": "valid"}, [0]),
        ({"standing": "none"}, [1]),
        ({"standing": "expired"}, []),
        ({"standing": "expired", "valid_on": date(2028, 1, 1)}, [0]),
        ({"standing": "none", "valid_on": date(2026, 11, 1)}, [0, 1]),
        ({"from_on": date(2026, 11, 2)}, [0]),
        ({"until_on": date(2026, 11, 1)}, [1]),
        ({"until_on": date(2026, 11, 2)}, [0, 1]),
        ({"dated": "due", "from_on": date(2026, 11, 2)}, [0]),
        ({"dated": "due", "until_on": date(2026, 10, 24)}, [1]),
        ({"dated": "due", "until_on": date(2026, 10, 23)}, []),
        ({"dated": "completed", "until_on": date(2026, 11, 2)}, [0]),
        ({"dated": "completed", "until_on": date(2026, 11, 1)}, []),
        ({"dated": "expires", "from_on": date(2027, 12, 7)}, [0]),
        ({"dated": "expires", "from_on": date(2027, 12, 8)}, []),
    ],
)
def test_states_and_days_keep_what_falls_into_them(read, ines, two, asks, kept):
    assert read(ines, **asks) == [two[number] for number in kept]


def test_days_are_those_of_the_site(read, ines, ana, edition, judiciary):
    zone = timezone.get_default_timezone()
    begun = datetime(2026, 10, 31, 23, 59, tzinfo=zone)  # in UTC it is November
    line = a_line(ana, edition, judiciary, enrolled_at=begun)

    assert read(ines, until_on=date(2026, 10, 31)) == [line]
    assert read(ines, from_on=date(2026, 11, 1)) == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", [0, 1]),
        ("due", [1, 0]),
        ("expires", [0, 1]),
        ("institution", [1, 0]),
        ("last", [0, 1]),
    ],
)
def test_lines_come_in_the_order_that_is_asked_for(read, ines, two, sort, order):
    assert read(ines, sort=sort) == [two[number] for number in order]


def test_what_has_no_day_comes_last(read, ines, two, at):
    first, second = two
    type(first).objects.filter(pk=second.pk).update(last_at=at)
    type(first).objects.filter(pk=first.pk).update(due_on=None)

    assert read(ines, sort="last") == [second, first]
    assert read(ines, sort="due") == [second, first]
