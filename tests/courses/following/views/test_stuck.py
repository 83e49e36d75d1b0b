"""One list of whoever is stuck in any of a trainer's cohorts, and with what."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.following.actions import remind
from lms.belonging.actions import shield
from lms.mail.models import Letter
from lms.models import CohortMember
from tests.courses.assigning.conftest import make_assignment
from tests.courses.assigning.screens import words
from tests.courses.following.conftest import (
    DAY,
    TODAY,
    began,
    due,
    finish,
    member,
    seen,
    tried,
)
from tests.factories import NOON, CohortFactory, PersonFactory

STUCK = "/en/team/stuck/"
IN_SPANISH = "/es/team/stuck/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def browser(client, tomas):
    client.force_login(tomas)
    return client


@pytest.fixture
def other(tomas, second_edition):
    """Another cohort of Tomás, which takes another course, overdue."""
    cohort = CohortFactory(name="Otra", trainers=[tomas])
    make_assignment(
        cohort,
        second_edition.course,
        by=tomas,
        due_on=TODAY - 3 * DAY,
        assigned_at=NOON - 9 * DAY,
    )
    return cohort


def lines(browser):
    found = browser.get(STUCK).context["lines"]
    return [(one.stuck.person, one.stuck.cohort, one.wrong) for one in found]


def test_people_of_all_cohorts_stand_in_one_list_with_what_is_wrong(
    browser, cohort, other, ana, bea, assignment, edition, activities
):
    late = member(other, legal_name="Zq Atrasada")
    seen(late, days_ago=1)
    seen(ana, days_ago=20)
    failed = began(bea, edition)
    for number in (1, 2):
        tried(failed, activities["final"], points=1, number=number)
    fine = member(cohort)
    finish(began(fine, edition))
    member(CohortFactory(name="Ajena"), legal_name="Zq Ajena")

    assert lines(browser) == [
        (late, other, ["3 days late"]),
        (ana, cohort, ["last activity: 20 days ago"]),
        (bea, cohort, ["test failed 2 times"]),
    ]
    page = browser.get(STUCK).content.decode()
    remind = f"/en/team/cohorts/{other.uuid}/remind/?person={late.uuid}"
    assert f'href="{remind}"' in page
    assert browser.get(remind).context["willing"][0].person == late
    assert "Has not begun." in page
    title = assignment.course.editions.get().title("en")
    assert title in page


def test_last_activity_is_said_as_in_the_list_of_the_cohort(
    browser, cohort, ana, assignment
):
    ana.member_rows.update(from_on=TODAY - 120 * DAY)
    said = "never, 120 days in the cohort"

    assert lines(browser) == [(ana, cohort, [f"last activity: {said}"])]
    for rest in ("", f"members/{ana.uuid}/activity/"):
        page = browser.get(f"/en/team/cohorts/{cohort.uuid}/{rest}")
        assert f"Last activity {said}" in words(page)


def test_the_button_and_the_page_it_opens_have_one_name(browser, ana, assignment):
    [act] = re.findall(r"remind/[^>]*>(\w+)", browser.get(IN_SPANISH).content.decode())

    assert act == "Avisar"


def test_who_waits_for_a_superior_or_takes_no_mail_is_stuck(
    browser, tomas, cohort, other, ana, assignment
):
    seen(ana, days_ago=1)
    assert lines(browser) == []
    cohort.asks_superior = True
    cohort.save()
    unheard = member(other)
    seen(unheard, days_ago=1)
    remind(other, [unheard.uuid], by=tomas, at=NOON)
    Letter.objects.update(bounced_at=NOON)

    answer = browser.get(STUCK)

    assert lines(browser) == [
        (unheard, other, ["3 days late", "mail came back"]),
        (ana, cohort, ["waits for approval"]),
    ]
    page = answer.content.decode()
    assert f"/en/team/cohorts/{cohort.uuid}/members/{ana.uuid}/" in page
    assert "Mail does not reach this person." in page


def test_nobody_is_offered_a_reminder_that_would_be_refused(
    browser, tomas, cohort, ana, assignment
):
    seen(ana, days_ago=20)
    link = f"/en/team/cohorts/{cohort.uuid}/remind/"
    assert link in browser.get(STUCK).content.decode()
    remind(cohort, [ana.uuid], by=tomas, at=NOON)

    page = browser.get(STUCK).content.decode()

    assert link not in page
    assert "Cannot be reminded yet. At most one reminder in 48 hours." in page


def test_another_attempt_is_offered_where_all_are_used(
    browser, cohort, ana, assignment, edition, activities
):
    enrolment = began(ana, edition)
    for number in range(1, edition.attempts_allowed + 1):
        tried(enrolment, activities["final"], points=1, number=number)

    page = browser.get(STUCK).content.decode()

    exception = f"/courses/{assignment.pk}/people/{ana.uuid}/"
    assert f'href="/en/team/cohorts/{cohort.uuid}{exception}"' in page


def test_shielded_people_are_not_told_from_none(browser, cohort, ana, assignment):
    due(assignment, days=-1)

    def shown():
        answer = browser.get(STUCK).content.decode()
        return answer.split('name="csrfmiddlewaretoken"')[0]

    alone = shown()
    assert str(ana.uuid) in alone
    for _number in range(3):
        person = member(cohort)
        shield(person, by=person, reason="", at=NOON)

    assert shown() == alone


def test_it_asks_as_often_for_many_as_for_one(
    browser, tomas, cohort, ana, assignment, edition
):
    due(assignment, days=-1)

    def asked():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(STUCK)
        return len(answer.context["lines"]), len(
            [one for one in queries if "INSERT" not in one["sql"]]
        )

    asked()
    one, few = asked()
    for _number in range(3):
        another = CohortFactory(trainers=[tomas], members=[PersonFactory()])
        make_assignment(another, edition.course, by=tomas, due_on=TODAY - DAY)
        CohortMember.objects.create(cohort=another, person=ana, from_on=TODAY)

    assert (one, *asked()) == (1, 7, few)
