"""How each member fares: who needs help first, and what that costs."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.following.actions import remind
from courses.following.counting import Counts, Reach, by_course, counts_of, reach_of
from courses.following.members import followed_in, narrowed
from courses.following.rules import Need
from lms.belonging.actions import shield
from lms.models import Letter
from tests.courses.assigning.conftest import make_assignment
from tests.courses.following.conftest import (
    DAY,
    HOUR,
    TODAY,
    began,
    due,
    finish,
    member,
    seen,
    tried,
)
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def follow(cohort, tomas, *, at=NOON):
    return followed_in(cohort, viewer=tomas, at=at)


def the_one(cohort, tomas):
    [found] = follow(cohort, tomas)
    return found


def silent_for(found):
    return (TODAY - found.case.last_on).days


@pytest.fixture
def class_of_five(cohort, ana, assignment, edition, activities):
    """Ana is late; the others are silent, near the day, failed, done, on their way."""
    due(assignment, days=-2)
    people = {
        name: member(cohort, legal_name=f"{name} Zeta")
        for name in ("Silvio", "Sonia", "Fausto", "Dina", "Vera")
    }
    seen(people["Silvio"], days_ago=20)
    days = {"Silvio": 30, "Sonia": 3, "Fausto": 30, "Dina": -1, "Vera": 30}
    for name, person in people.items():
        assignment.exceptions.create(
            person=person,
            due_on=TODAY + days[name] * DAY,
            reason="Otra fecha",
            made_by=person,
            made_at=NOON,
        )
        if name != "Silvio":
            seen(person, days_ago=1)
    tried(began(people["Fausto"], edition), activities["final"], points=2)
    finish(began(people["Dina"], edition))
    return {"Ana": ana, **people}


def names(found):
    return [one.person.legal_name.split()[0] for one in found]


def test_who_needs_help_first_stands_first(cohort, tomas, class_of_five):
    found = follow(cohort, tomas)

    assert names(found) == ["Ana", "Silvio", "Sonia", "Fausto", "Vera", "Dina"]
    assert [one.needs for one in found] == [
        [Need.LATE, Need.SILENT],
        [Need.SILENT],
        [Need.DUE_SOON],
        [Need.FAILED],
        [],
        [],
    ]
    assert counts_of(found) == Counts(help=3, soon=1, done=1, all=6)


@pytest.mark.parametrize(
    ("show", "kept"),
    [
        ("help", ["Ana", "Silvio", "Fausto"]),
        ("soon", ["Sonia"]),
        ("done", ["Dina"]),
        ("all", ["Ana", "Silvio", "Sonia", "Fausto", "Vera", "Dina"]),
    ],
)
def test_filters_keep_who_they_name(cohort, tomas, class_of_five, show, kept):
    found = narrowed(follow(cohort, tomas), show=show, words="", sort="need")

    assert names(found) == kept


@pytest.mark.parametrize(
    ("words", "kept"),
    [("RUIZ lucia", ["Ana"]), ("zeta s", ["Silvio", "Sonia", "Fausto"]), ("x", [])],
)
def test_names_are_found_without_case_and_accents(
    cohort, tomas, class_of_five, words, kept
):
    found = narrowed(follow(cohort, tomas), show="all", words=words, sort="need")

    assert names(found) == kept


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "Ana"), ("progress", "Ana"), ("activity", "Ana"), ("due", "Ana")],
)
def test_lists_are_sorted_by_what_is_asked(cohort, tomas, class_of_five, sort, first):
    found = narrowed(follow(cohort, tomas), show="all", words="", sort=sort)

    assert names(found)[0] == first
    assert sorted(names(found)) == sorted(class_of_five)


def test_who_was_reminded_last_stands_last(cohort, tomas, class_of_five):
    remind(cohort, [class_of_five["Ana"].uuid], by=tomas, at=NOON)

    found = narrowed(follow(cohort, tomas), show="all", words="", sort="reminder")

    assert names(found)[-1] == "Ana"
    assert found[-1].reminded_at == NOON


def test_who_was_reminded_lately_is_not_reached_today(cohort, tomas, class_of_five):
    remind(cohort, [class_of_five["Ana"].uuid], by=tomas, at=NOON)

    assert reach_of(follow(cohort, tomas)) == Reach(people=2, lately=1)


def test_progress_and_the_latest_test_are_told(
    cohort, tomas, ana, assignment, edition, activities
):
    taken = began(ana, edition, done=[activities["lesson-1"]])
    tried(taken, activities["final"], points=2, days_ago=3)
    tried(taken, activities["final"], points=3, number=2, days_ago=2)

    found = the_one(cohort, tomas)

    assert (found.done, found.total) == (1, 3)
    assert (found.test.points, found.test.number) == (3, 2)
    assert found.case.failed == 2


@pytest.mark.parametrize("what", ["sign-in", "lesson", "begun", "handed in"])
def test_whatever_they_do_is_activity(
    cohort, tomas, ana, assignment, edition, activities, what
):
    seen(ana, days_ago=30 if what != "sign-in" else 2)
    taken = began(ana, edition, days_ago=30)
    if what == "lesson":
        taken.completions.create(
            activity=activities["lesson-1"], at=NOON - 2 * DAY, language="es"
        )
    if what in ("begun", "handed in"):
        attempt = tried(taken, activities["final"], points=2, days_ago=20)
        field = {"begun": "started_at", "handed in": "submitted_at"}[what]
        setattr(attempt, field, NOON - 2 * DAY)
        attempt.save()

    found = the_one(cohort, tomas)

    assert (found.last_at, silent_for(found)) == (NOON - 2 * DAY, 2)
    assert not found.is_silent


def test_silence_begins_when_somebody_comes(cohort, tomas, ana, assignment):
    seen(ana, days_ago=60)
    ana.member_rows.update(from_on=TODAY - 13 * DAY)

    assert the_one(cohort, tomas).needs == []

    ana.member_rows.update(from_on=TODAY - 14 * DAY)

    assert the_one(cohort, tomas).needs == [Need.SILENT]


def test_silence_begins_again_with_what_is_assigned_later(
    cohort, tomas, ana, assignment, edition, second_edition
):
    """Who had finished all until then was not silent: nothing was asked of them."""
    finish(began(ana, edition, days_ago=81), days_ago=81)
    seen(ana, days_ago=81)
    newest = make_assignment(
        cohort, second_edition.course, by=tomas, assigned_at=NOON - 13 * DAY
    )

    found = the_one(cohort, tomas)
    assert (silent_for(found), found.is_silent) == (13, False)

    newest.assigned_at = NOON - 14 * DAY
    newest.save()
    assert the_one(cohort, tomas).needs == [Need.SILENT]


def test_who_was_late_before_gets_no_fresh_start_with_a_second_course(
    cohort, tomas, ana, assignment, second_edition
):
    """Else to assign something would hide who has not been there for weeks."""
    due(assignment, days=-2)
    seen(ana, days_ago=81)
    make_assignment(cohort, second_edition.course, by=tomas, assigned_at=NOON)

    found = the_one(cohort, tomas)

    assert (found.needs, silent_for(found)) == ([Need.LATE, Need.SILENT], 81)


def test_finished_is_counted_of_each_course(
    cohort, tomas, ana, bea, assignment, edition, second_edition
):
    finish(began(bea, edition))
    make_assignment(cohort, second_edition.course, by=tomas, assigned_at=NOON)

    found = follow(cohort, tomas)

    counted = by_course([one.standings for one in found], language="en")
    assert [(one.title, one.done, one.people) for one in counted] == [
        ("Curso C1 (en)", 1, 2),
        ("Curso C2 (en)", 0, 2),
    ]
    assert {one.person: one.courses_done for one in found} == {ana: 0, bea: 1}


def test_what_was_done_before_they_came_is_not_told(
    cohort, tomas, ana, assignment, edition, activities
):
    taken = began(ana, edition, done=[activities["lesson-1"]], days_ago=20)
    tried(taken, activities["final"], points=2, days_ago=20)
    ana.member_rows.update(from_on=TODAY - 10 * DAY)

    found = the_one(cohort, tomas)

    assert (found.last_at, found.test) == (None, None)


def test_without_a_course_nobody_needs_help(cohort, tomas, ana):
    found = the_one(cohort, tomas)

    assert (found.needs, found.case.finished, found.total) == ([], False, 0)


def test_mail_that_came_back_is_marked(cohort, tomas, ana, bea, assignment):
    remind(cohort, [ana.uuid], by=tomas, at=NOON)
    Letter.objects.update(bounced_at=NOON)

    found = {one.person: one.came_back for one in follow(cohort, tomas)}

    assert found == {ana: True, bea: False}


def test_shielded_people_are_not_followed(cohort, tomas, ana, bea, assignment):
    shield(bea, by=bea, reason="", at=NOON)

    assert [one.person for one in follow(cohort, tomas)] == [ana]


def test_a_day_is_late_when_it_is_over_where_the_cohort_is(
    cohort, tomas, ana, assignment
):
    due(assignment, days=0)
    seen(ana, days_ago=0)
    midnight = NOON + 12 * HOUR  # in Guatemala

    before = follow(cohort, tomas, at=midnight - HOUR)
    after = follow(cohort, tomas, at=midnight)

    assert [before[0].needs, after[0].needs] == [[Need.DUE_SOON], [Need.LATE]]


def test_it_asks_as_often_for_fifty_as_for_five(
    cohort, tomas, assignment, edition, activities
):
    def asked(so_many):
        for _number in range(so_many):
            person = member(cohort)
            taken = began(person, edition, done=[activities["lesson-1"]])
            tried(taken, activities["final"], points=2)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            found = follow(cohort, tomas)
        return len(found), len(queries)

    (few, little), (many, much) = asked(4), asked(45)

    assert (few, many) == (5, 50)
    assert little == much
