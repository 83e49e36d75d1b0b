from datetime import date, timedelta

import pytest

from certificates.figures.cube import names, tally
from certificates.figures.rules import (
    COMPLETED,
    OBLIGED,
    OPEN,
    TOTAL,
    everything,
)
from tests.certificates.figures.drawn import line_of
from tests.factories import EnrolmentFactory, InstitutionFactory, PersonFactory

pytestmark = pytest.mark.django_db


def told(at, place):
    found = everything(tally(at=at).cube())
    return [found.get((place, measure), 0) for measure in range(4)]


def test_a_certified_judge_is_counted_in_every_table(enrolment, judiciary, at):
    line_of(
        enrolment,
        at,
        institution=judiciary,
        confirmed=True,
        completed_at=at - timedelta(5),
        issued_at=at - timedelta(5),
        valid_until=date(2026, 12, 1),
    )

    everything = [1, 1, 1, 1]
    assert told(at, TOTAL) == everything
    assert told(at, ("", "GT", "")) == everything
    assert told(at, ("courses", "GT", str(enrolment.course_id))) == everything
    assert told(at, ("professions", "GT", "judge")) == everything
    assert told(at, ("institutions", "GT", judiciary.code)) == everything
    assert told(at, ("months", "GT", "2026-10")) == [0, 1, 0, 0]


def test_the_past_is_counted_as_it_was(enrolment, at):
    line_of(
        enrolment,
        at,
        completed_at=at - timedelta(5),
        issued_at=at - timedelta(5),
        revoked_at=at - timedelta(1),
    )

    assert told(at, TOTAL) == [1, 1, 0, 0]
    assert told(at - timedelta(2), TOTAL) == [1, 1, 1, 0]
    assert told(at - timedelta(6), TOTAL) == [1, 0, 0, 0]
    assert told(at - timedelta(31), TOTAL) == [0, 0, 0, 0]


@pytest.mark.parametrize(("lifted", "valid"), [(None, 0), (0, 1), (-1, 0)])
def test_what_is_suspended_is_not_valid_until_that_is_lifted(
    enrolment, at, lifted, valid
):
    line_of(
        enrolment,
        at,
        completed_at=at - timedelta(5),
        issued_at=at - timedelta(5),
        suspended_at=at - timedelta(1),
        lifted_at=None if lifted is None else at - timedelta(lifted),
    )

    assert told(at, TOTAL) == [1, 1, valid, 0]


def test_who_left_owes_nothing_any_more(enrolment, at):
    line_of(enrolment, at, withdrawn_at=at - timedelta(1))

    assert told(at, TOTAL) == [0, 0, 0, 0]
    assert told(at - timedelta(2), TOTAL) == [1, 0, 0, 0]


def test_shielded_people_are_counted(enrolment, at):
    enrolment.learner.shielded = True
    enrolment.learner.save()
    line_of(enrolment, at)

    assert told(at, ("", "GT", "")) == [1, 0, 0, 0]


def test_a_post_that_nobody_confirmed_is_no_institutions(enrolment, judiciary, at):
    line_of(enrolment, at, institution=judiciary)

    assert told(at, ("institutions", "GT", judiciary.code)) == [0, 0, 0, 0]
    assert told(at, ("institutions", "GT", "unknown")) == [1, 0, 0, 0]


def test_a_court_is_counted_in_its_judiciary(enrolment, judiciary, at):
    court = InstitutionFactory(parent=judiciary)
    line_of(enrolment, at, institution=court, confirmed=True)

    assert told(at, ("institutions", "GT", judiciary.code)) == [1, 0, 0, 0]


def test_who_told_no_country_and_no_profession_is_counted(enrolment, at):
    line_of(enrolment, at, country="", track="")

    assert told(at, ("", "ZZ", "")) == [1, 0, 0, 0]
    assert told(at, ("professions", "ZZ", "unknown")) == [1, 0, 0, 0]
    assert told(at, TOTAL) == [1, 0, 0, 0]


def test_people_are_counted_once_and_only_as_far_as_they_are_few(enrolment, at):
    line_of(enrolment, at)

    people = tally(at=at).people()

    assert (people[TOTAL, OBLIGED], people.get((TOTAL, COMPLETED))) == (1, None)


@pytest.mark.parametrize("days", [800, 1])
def test_a_month_of_long_ago_or_of_today_is_not_told(enrolment, at, days):
    line_of(enrolment, at, completed_at=at - timedelta(days))

    assert told(at, ("months", "", OPEN))[COMPLETED] == 1


@pytest.mark.parametrize("people", [1, 3])
def test_counting_takes_the_same_queries(
    people, edition, at, django_assert_num_queries
):
    for _ in range(people):
        one = EnrolmentFactory(learner=PersonFactory(), edition=edition)
        line_of(one, at)

    with django_assert_num_queries(3):
        tally(at=at)


def test_names_are_those_of_today(edition, judiciary):
    found = names()

    assert found["courses"][str(edition.course_id)] == edition.titles
    assert found["institutions"][judiciary.code] == {
        "es": "Organismo Judicial",
        "en": "Judiciary",
    }
