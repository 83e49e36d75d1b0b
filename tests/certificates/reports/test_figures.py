"""How many, of how many: figures, who is counted apart, groups, two periods."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from certificates.lines.rules import State
from certificates.models import LinesDrawn
from certificates.reports.figures import (
    Figures,
    Totals,
    as_of,
    groups_of,
    other_period,
    percent,
    totals_of,
)
from certificates.reports.filters import Asked
from lms.people.actions import erase
from tests.certificates.reports.storing import a_line, another_edition
from tests.factories import InstitutionFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("part", "whole", "is_"),
    [
        (0, 0, 0),
        (1, 3, 33),
        (2, 3, 67),
        (1, 8, 13),
        (1, 200, 1),
        (1, 201, 0),
        (5, 5, 100),
    ],
)
def test_percent_is_rounded_half_up(part, whole, is_):
    assert percent(part, whole) == is_


def test_shares_are_of_what_was_not_left():
    figures = Figures(lines=10, withdrawn=2, completed=6, valid=4)

    assert (figures.owed, figures.completed_share, figures.valid_share) == (8, 75, 50)


def test_lines_hold_as_of_no_moment_before_they_are_drawn(at):
    assert as_of() is None

    LinesDrawn.objects.create(as_of=at)

    assert as_of() == at


def erased(at, **facts):
    """Return a person whose account was erased."""
    person = PersonFactory(**facts)
    erase(person, by=None, at=at)
    return person


@pytest.fixture
def other_edition(edition):
    return another_edition(edition, run="2026-1", course="C2")


@pytest.fixture
def told(ana, bruno, edition, other_edition, judiciary, at):
    """Ana completed one course and is late with another; Bruno left one."""
    a_line(
        ana,
        edition,
        judiciary,
        completed_at=at,
        issued_at=at,
        valid_until=at.date() + 90 * DAY,
    )
    a_line(ana, other_edition, judiciary, due_at=at)
    a_line(bruno, edition, judiciary, withdrawn_at=at)


def test_totals_count_lines_by_state_and_each_person_once(ines, told, at):
    assert totals_of(ines, Asked(), at=at) == Totals(
        Figures(
            lines=3,
            people=2,
            completed=1,
            late=1,
            withdrawn=1,
            valid=1,
            soon=1,
        ),
        unconfirmed=0,
        erased=0,
    )


def test_totals_are_four_queries(ines, told, at, django_assert_num_queries):
    with django_assert_num_queries(4):
        totals_of(ines, Asked(track="judge"), at=at)


@pytest.mark.parametrize(("days", "soon"), [(90, 1), (91, 0), (0, 1)])
def test_what_runs_out_within_ninety_days_is_counted(
    ines, ana, edition, judiciary, at, days, soon
):
    until = at.date() + days * DAY
    a_line(ana, edition, judiciary, issued_at=at, valid_until=until)

    assert totals_of(ines, Asked(), at=at).figures.soon == soon


def test_certificates_are_counted_as_of_the_day_that_is_asked_for(ines, told, at):
    later = Asked(valid_on=at.date() + 91 * DAY)
    before = Asked(valid_on=at.date() - DAY)

    assert totals_of(ines, later, at=at).figures.valid == 0
    assert totals_of(ines, before, at=at).figures.valid == 0
    assert totals_of(ines, Asked(), at=at).figures.valid == 1


def test_a_stranger_counts_nobody(hugo, sofia, told, at):
    nobody = Totals(Figures(), unconfirmed=0, erased=0)

    assert totals_of(hugo, Asked(), at=at) == nobody
    assert totals_of(sofia, Asked(), at=at) == nobody
    assert groups_of(hugo, Asked(group="track"), at=at) == []


def test_who_is_not_confirmed_is_counted_apart(ines, edition, judiciary, at):
    for _one in range(2):
        a_line(PersonFactory(), edition, judiciary, confirmed=False)

    found = totals_of(ines, Asked(), at=at)

    assert (found.figures.lines, found.unconfirmed) == (0, 2)


@pytest.mark.parametrize(
    "asked",
    [
        *(Asked(state=one.value) for one in State),
        Asked(standing="valid"),
        Asked(course="C2"),
        Asked(edition=-1),
        Asked(cohort=uuid4()),
        Asked(track="prosecutor"),
        Asked(dated="completed", until_on=date(2020, 1, 1)),
    ],
)
def test_no_question_tells_how_somebody_fares_who_is_counted_apart(
    ines, ana, edition, judiciary, at, asked
):
    a_line(ana, edition, judiciary, confirmed=False, completed_at=at)
    a_line(erased(at), edition, judiciary, completed_at=at)

    found = totals_of(ines, asked, at=at)

    assert (found.figures.lines, found.unconfirmed, found.erased) == (0, 1, 1)


def test_who_is_counted_apart_is_counted_by_place(ines, edition, judiciary, at):
    a_line(PersonFactory(), edition, judiciary, confirmed=False)
    other = InstitutionFactory(country="GT").pk

    counted = [
        totals_of(ines, asked, at=at).unconfirmed
        for asked in (
            Asked(institution=judiciary.pk),
            Asked(institution=other),
            Asked(country="HN"),
        )
    ]

    assert counted == [1, 0, 0]


def test_shielded_people_are_counted_nowhere_confirmed_or_not(
    ines, edition, judiciary, at
):
    for number in range(10):
        person = PersonFactory(shielded=True)
        a_line(person, edition, judiciary, confirmed=number < 5)

    assert totals_of(ines, Asked(), at=at) == Totals(Figures(), unconfirmed=0, erased=0)


def test_erased_people_are_counted_apart_but_for_shielded_ones(
    ines, edition, judiciary, at
):
    a_line(erased(at), edition, judiciary)
    a_line(erased(at, shielded=True), edition, judiciary)

    found = totals_of(ines, Asked(), at=at)

    assert (found.figures.lines, found.erased) == (0, 1)


def test_groups_hold_the_figures_of_their_lines(ines, told, at):
    groups = groups_of(ines, Asked(group="course", then="track"), at=at)

    assert {group.keys: (group.figures.lines, group.other) for group in groups} == {
        ("C1", "judge"): (1, None),
        ("C1", "prosecutor"): (1, None),
        ("C2", "judge"): (1, None),
    }


def test_groups_come_with_most_lines_first(ines, told, at):
    groups = groups_of(ines, Asked(group="course"), at=at)

    assert [group.keys for group in groups] == [("C1",), ("C2",)]
    assert [group.figures.lines for group in groups] == [2, 1]


@pytest.mark.parametrize(
    "word",
    ["country", "institution", "track", "cohort", "language", "state", "standing"],
)
def test_groups_of_every_kind_hold_every_line_once(ines, told, at, word):
    groups = groups_of(ines, Asked(group=word), at=at)

    assert sum(group.figures.lines for group in groups) == 3


def test_no_group_holds_whom_the_report_does_not_name(
    ines, told, edition, judiciary, at
):
    hidden = InstitutionFactory(parent=judiciary)
    a_line(PersonFactory(shielded=True), edition, hidden)
    a_line(PersonFactory(), edition, hidden, confirmed=False)

    groups = groups_of(ines, Asked(group="institution"), at=at)

    assert [group.keys for group in groups] == [(judiciary.pk,)]


def test_nothing_is_grouped_where_nobody_asks(ines, told, at):
    assert groups_of(ines, Asked(), at=at) == []


@pytest.fixture
def two_years(ana, bruno, edition, other_edition, judiciary):
    """Ana began this year and last year, Bruno last year alone."""
    this, last = datetime(2026, 3, 1, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC)
    a_line(ana, edition, judiciary, enrolled_at=this)
    a_line(ana, other_edition, judiciary, enrolled_at=last, completed_at=last)
    a_line(bruno, edition, judiciary, enrolled_at=last)
    return Asked(
        from_on=date(2026, 1, 1),
        until_on=date(2026, 12, 31),
        other_from=date(2025, 1, 1),
        other_until=date(2025, 12, 31),
        group="track",
    )


def test_groups_of_two_periods_stand_beside_each_other(ines, two_years, at):
    groups = groups_of(ines, two_years, at=at)

    assert [
        (group.keys, group.figures.lines, group.other.lines, group.other.completed)
        for group in groups
    ] == [(("judge",), 1, 1, 1), (("prosecutor",), 0, 1, 0)]


def test_the_other_period_is_asked_the_same(ines, two_years, at):
    other = other_period(two_years)

    assert other == Asked(
        from_on=date(2025, 1, 1), until_on=date(2025, 12, 31), group="track"
    )
    assert totals_of(ines, other, at=at).figures.people == 2


def test_groups_cost_two_queries_and_another_period_as_many(
    ines, two_years, at, django_assert_num_queries
):
    with django_assert_num_queries(2 + 2):
        groups_of(ines, two_years, at=at)
    with django_assert_num_queries(2):
        groups_of(ines, Asked(group="track", then="state"), at=at)
