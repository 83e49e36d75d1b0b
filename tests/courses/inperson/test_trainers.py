"""Who trained whom: one's own branch by name, the region by figures."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from courses.inperson import rules
from courses.inperson.trainers import Trained, figures, trained, trainers_today
from courses.models import Enrolment
from lms.models import Event, Mandate, User
from lms.people.choices import Role
from tests.factories import (
    NOON,
    AffiliationFactory,
    CohortFactory,
    EnrolmentFactory,
    MandateFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
PAGE = "/en/team/trainers/"


def words(answer):
    return " ".join(answer.content.decode().split())


def learn(person, edition, *, of=None, country="GT"):
    """Complete the course, in a cohort of that trainer, and become a trainer."""
    if of:
        CohortFactory(trainers=[of], members=[person], country=country)
    EnrolmentFactory(learner=person, edition=edition, completed_at=NOON)
    MandateFactory(holder=person, role=Role.TRAINER, country=country)
    return person


@pytest.fixture
def eva(edition, tomas):
    """Eva learned in a cohort of Tomás's and trains others now."""
    person = PersonFactory(legal_name="Eva Zq", sort_name="Zq, Eva")
    return learn(person, edition, of=tomas)


@pytest.fixture
def luis(edition, eva):
    """Luis learned in a cohort of Eva's."""
    return learn(PersonFactory(legal_name="Luis Zq"), edition, of=eva)


DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("days", "both"),
    [
        ((DAY, None, DAY, None), True),
        ((DAY, DAY, DAY, DAY), True),
        ((date(2026, 3, 2), None, DAY, None), False),
        ((DAY, None, date(2026, 3, 2), None), False),
        ((date(2026, 1, 1), date(2026, 2, 28), DAY, None), False),
        ((DAY, None, date(2026, 1, 1), date(2026, 2, 28)), False),
    ],
)
def test_member_and_trainer_are_there_on_the_same_day(days, both):
    assert rules.both_in_force(DAY, *days) is both


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ({}, {1: 1, 2: 1, 3: 1}),
        ({2: {1}, 3: {2}}, {1: 1, 2: 2, 3: 3}),
        ({2: {1}, 3: {1, 2}}, {1: 1, 2: 2, 3: 2}),
        ({2: {9}}, {1: 1, 2: 1, 3: 1}),  # whoever trained them is no trainer today
        ({1: {2}, 2: {1}}, {1: 1, 2: 1, 3: 1}),
        ({1: {2}, 2: {1}, 3: {2}}, {1: 1, 2: 1, 3: 2}),
    ],
)
def test_generation_is_one_more_than_that_of_the_oldest_trainer(by, found):
    trainers = {1, 2, 3}

    assert rules.generations(trainers, by) == found


def test_who_completed_a_course_in_a_cohort_was_trained_by_its_trainer(
    eva, luis, tomas, ana, edition
):
    EnrolmentFactory(learner=ana, edition=edition, completed_at=NOON)

    found = trained(trainers_today(TODAY))

    assert set(found) == {
        Trained(eva.pk, tomas.pk, edition.pk, TODAY),
        Trained(luis.pk, eva.pk, edition.pk, TODAY),
    }
    assert len(found) == 2


@pytest.mark.parametrize("change", ["left", "stopped", "later", "open", "ended"])
def test_who_was_not_there_then_trained_nobody(eva, tomas, change):
    cohort = eva.cohorts.get()
    before, after = date(2026, 10, 1), datetime(2028, 1, 1, tzinfo=UTC)
    match change:
        case "left":
            cohort.member_rows.update(until_on=before)
        case "stopped":
            cohort.trainer_rows.update(until_on=before)
        case "later":
            cohort.member_rows.update(from_on=TODAY.replace(day=3))
        case "open":
            Enrolment.objects.update(completed_at=None)
        case "ended":
            Mandate.objects.filter(holder=eva).update(ended_at=after, ended_reason="x")

    assert trained(trainers_today(TODAY)) == []


def test_nobody_trained_themselves(edition, tomas):
    cohort = CohortFactory(trainers=[tomas], members=[tomas])
    EnrolmentFactory(learner=tomas, edition=edition, completed_at=NOON)

    assert cohort.members.get() == tomas
    assert trained(trainers_today(TODAY)) == []


def test_trainer_reads_the_names_of_those_in_sight(enter, tomas, eva, luis):
    page = words(enter(tomas).get(PAGE))

    assert "Zq, Eva" in page
    assert "Curso C1 (en), 2 November 2026" in page
    assert "Luis" not in page
    assert "1 trainer whom you do not see" in page
    looks = Event.objects.filter(kind=Event.Kind.LOOK)
    assert [one.subjects.get() for one in looks] == [eva]


def test_shielded_trainer_is_neither_counted_nor_named(enter, tomas, eva, luis):
    User.objects.filter(pk=eva.pk).update(shielded=True)
    CohortFactory(trainers=[tomas], members=[luis])

    page = words(enter(tomas).get(PAGE))

    assert "Eva" not in page
    assert "whom you do not see" not in page
    assert "Luis Zq" in page


def test_officer_for_shielded_people_finds_them_in_no_branch(enter, tomas, eva):
    User.objects.filter(pk=eva.pk).update(shielded=True, country="GT")
    AffiliationFactory(person=eva)
    MandateFactory(holder=tomas, role=Role.PROTECTION, seat=1)
    assert User.objects.visible_to(tomas).contains(eva)

    page = words(enter(tomas).get(PAGE))

    assert "Eva" not in page
    assert "Nobody who learned in your cohorts holds a trainer’s mandate yet." in page


def test_figures_count_no_shielded_trainer(tomas, eva, luis):
    _most, before = figures(TODAY)
    User.objects.filter(pk=eva.pk).update(shielded=True)

    most, lines = figures(TODAY)

    assert sum(line.total for line in before) == 3
    assert (most, sum(line.total for line in lines)) == (1, 2)


def test_closed_account_is_nowhere(enter, tomas, eva):
    User.objects.filter(pk=eva.pk).update(closed_at=NOON, is_active=False)

    page = words(enter(tomas).get(PAGE))

    assert "Nobody who learned in your cohorts holds a trainer’s mandate yet." in page


def test_two_who_trained_each_other_make_no_endless_branch(enter, tomas, eva, edition):
    CohortFactory(trainers=[eva], members=[tomas])
    EnrolmentFactory(learner=tomas, edition=edition, completed_at=NOON)

    page = words(enter(tomas).get(PAGE))

    assert page.count("Zq, Eva") == 1
    assert tomas.legal_name not in page


def test_secretariat_reads_figures_and_no_name(enter, sofia, tomas, eva, luis, edition):
    learn(PersonFactory(country="HN"), edition, country="HN")

    answer = enter(sofia).get(PAGE)

    page = words(answer)
    assert [(one.country, one.by_generation) for one in answer.context["lines"]] == [
        ("GT", [1, 1, 1]),
        ("HN", [1, 0, 0]),
    ]
    for person in (tomas, eva, luis):
        assert person.legal_name not in page
    table = enter(sofia).get("/en/team/trainers.csv")
    assert list(csv.reader(StringIO(table.content.decode()))) == [
        ["country", "generation 1", "generation 2", "generation 3", "as of"],
        ["Guatemala", "1", "1", "1", "2026-11-02"],
        ["Honduras", "1", "0", "0", "2026-11-02"],
    ]


def test_region_without_trainers_says_so(enter, sofia):
    assert figures(TODAY) == (1, [])
    assert "Nobody holds a trainer’s mandate yet." in words(enter(sofia).get(PAGE))


def test_figures_are_the_secretariats(enter, tomas, ana):
    assert "The region in figures" not in words(enter(tomas).get(PAGE))
    assert enter(tomas).get("/en/team/trainers.csv").status_code == 404
    assert enter(ana).get(PAGE).status_code == 404


def test_branch_asks_as_many_queries_for_many_as_for_one(
    enter, tomas, eva, edition, django_assert_num_queries
):
    browser = enter(tomas)
    browser.get(PAGE)

    def queries():
        with django_assert_num_queries(50, exact=False) as captured:
            browser.get(PAGE)
        return len([one for one in captured if "INSERT" not in one["sql"]])

    few = queries()
    for _number in range(3):
        learn(PersonFactory(), edition, of=tomas)

    assert queries() == few
