"""What learners see of what they are assigned, and the calendars that read it."""

import re
from datetime import date

import pytest

from courses.inperson.actions.places import take_place
from courses.models import (
    Assignment,
    Attendance,
    CalendarFeed,
    Enrolment,
    Workshop,
)
from lms.models import Cohort, CohortMember
from tests.courses.assigning.conftest import DAY
from tests.courses.assigning.screens import browser, queries_of, words
from tests.factories import NOON, EnrolmentFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_my_learning_says_what_is_due_and_starts_it(ana, assignment, second):
    client = browser(ana)
    page = words(client.get("/en/my-learning/"))
    assert "Deadlines Curso C1 (en) Due on 30 November 2026 Start : Curso C1" in page
    assert "You start it once you completed Curso C1 (en)." in page
    assert "Start : Curso C2" not in page
    assert "You have no courses yet" not in page

    answer = client.post(f"/en/learn/assignments/{assignment.pk}/start/")

    mine = Enrolment.objects.get()
    assert answer["Location"] == f"/en/learn/enrolments/{mine.pk}/resume/"
    page = words(client.get("/en/my-learning/"))
    assert "due on 30 November 2026 Continue Deadlines" in page
    assert "Continue : Curso C1 (en)" in page


def test_what_is_late_is_said_without_blame(ana, assignment, time_machine):
    time_machine.move_to(NOON + 40 * DAY, tick=False)

    page = words(browser(ana).get("/en/my-learning/"))

    assert "Due on 30 November 2026 The date has passed. You can still finish." in page


def test_whoever_shields_herself_meanwhile_reads_what_her_superior_waits_for(
    ana, assignment
):
    Cohort.objects.update(asks_superior=True)
    client = browser(ana)
    client.post("/en/account/shield/")

    answer = client.post(f"/en/learn/courses/{assignment.course_id}/enrol/")
    page = words(client.get("/en/my-learning/"))

    assert answer.status_code == 409
    assert not Enrolment.objects.exists()
    assert "You shielded yourself after it was assigned: end your shield" in page
    assert "Start : Curso C1" not in page


def test_what_waits_is_refused_in_a_sentence(ana, assignment, second):
    client = browser(ana)

    for path in (
        f"/en/learn/assignments/{second.pk}/start/",
        f"/en/learn/courses/{second.course_id}/enrol/",
    ):
        answer = client.post(path)
        assert answer.status_code == 409
        assert "Your cohort takes another course first." in words(answer)


def test_my_learning_costs_as_much_for_many(ana, cohort, tomas, assignment, second):
    client = browser(ana)
    Assignment.objects.filter(pk=second.pk).update(withdrawn_at=NOON)
    one = queries_of(client, "/en/my-learning/")

    Assignment.objects.update(withdrawn_at=None)

    assert queries_of(client, "/en/my-learning/") == one


def test_the_calendar_lists_by_month(ana, assignment, second):
    Assignment.objects.filter(pk=second.pk).update(due_on=date(2027, 1, 15))

    page = words(browser(ana).get("/en/my-learning/calendar/"))

    assert "November 2026 30 November 2026 : Curso C1 (en)" in page
    assert "January 2027 15 January 2027 : Curso C2 (en)" in page


@pytest.fixture
def held(cohort, tomas, ana):
    """A workshop of last month, at which Ana was, and one ahead, with her place."""
    past = WorkshopFactory(
        cohort=cohort, starts_at=NOON - 40 * DAY, ends_at=NOON - 39 * DAY, title="Uno"
    )
    Attendance.objects.create(
        workshop=past,
        person=ana,
        present=True,
        how=Attendance.How.TYPED,
        marked_by=tomas,
        marked_at=NOON - 39 * DAY,
    )
    ahead = WorkshopFactory(
        cohort=cohort, starts_at=NOON + DAY, ends_at=NOON + 2 * DAY, title="Dos"
    )
    take_place(ahead, person=ana, at=NOON)
    return past, ahead


def test_the_calendar_shows_the_workshops_attended_and_those_with_a_place(
    ana, assignment, held
):
    WorkshopFactory(cohort=held[0].cohort, title="Sin cupo")

    page = words(browser(ana).get("/en/my-learning/calendar/"))

    day = held[0].starts.strftime("%-d %B %Y")
    assert f"{held[0].starts:%B %Y} {day}" in page
    assert " · Uno · Escuela Judicial, sala 2 present" in page
    assert " · Dos · Escuela Judicial, sala 2 You have a place" in page
    assert page.index("Uno") < page.index("Dos") < page.index("Curso C1 (en)")
    assert "Sin cupo" not in page
    spanish = browser(ana).get("/es/my-learning/calendar/").content.decode()
    assert "<h2>Septiembre de 2026</h2>" in spanish  # a heading begins with a capital


def test_the_calendar_keeps_what_was_attended_and_lets_go_of_what_was_missed(ana, held):
    Attendance.objects.update(present=False)
    Workshop.objects.filter(title="Dos").update(cancelled_at=NOON)

    page = words(browser(ana).get("/en/my-learning/calendar/"))

    assert "Uno" not in page
    assert " · Dos · Escuela Judicial, sala 2 cancelled" in page


def test_the_calendar_of_workshops_is_read_after_the_cohort_and_by_nobody_else(
    ana, bruno, held
):
    CohortMember.objects.filter(person=ana).update(until_on=NOON.date() - 9 * DAY)

    mine = words(browser(ana).get("/en/my-learning/calendar/"))
    others = words(browser(bruno).get("/en/my-learning/calendar/"))

    assert " · Uno · Escuela Judicial, sala 2 present" in mine
    assert "Uno" not in others
    assert "Dos" not in others


def test_the_calendar_is_reached_where_nothing_is_due(ana):
    page = browser(ana).get("/en/my-learning/").content.decode()

    assert 'href="/en/my-learning/calendar/"' in page


def feed_of(client) -> str:
    page = client.get("/en/my-learning/calendar/").content.decode()
    return re.search(r"(/calendar/\w+\.ics)", page)[1]


def test_the_feed_holds_days_and_no_names(ana, assignment, second, edition):
    client = browser(ana)
    EnrolmentFactory(learner=ana, edition=edition, completed_at=NOON)
    assert "/calendar/" not in words(client.get("/en/my-learning/calendar/"))
    client.post("/en/my-learning/calendar/renew/")
    client.post("/en/my-learning/calendar/renew/")

    answer = browser(None).get(feed_of(client))

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private"
    assert not answer.cookies
    assert "DTSTART;VALUE=DATE:20261130" in text
    assert text.count("BEGIN:VEVENT") == 1  # what is done is not due
    for hidden in ("Curso", "Judicaturas", "Ana", str(ana.uuid)):
        assert hidden not in text


def test_the_old_address_ends_with_the_new_one(ana):
    client = browser(ana)
    client.post("/en/my-learning/calendar/renew/")
    old = feed_of(client)
    assert browser(None).get(old).status_code == 200

    client.post("/en/my-learning/calendar/renew/")

    assert browser(None).get(old).status_code == 404
    assert browser(None).get(feed_of(client)).status_code == 200
    assert CalendarFeed.objects.get().counter == 2


def test_the_feed_of_a_closed_account_is_not_there(ana):
    client = browser(ana)
    client.post("/en/my-learning/calendar/renew/")
    feed = feed_of(client)

    type(ana).objects.filter(pk=ana.pk).update(is_active=False, closed_at=NOON)

    assert browser(None).get(feed).status_code == 404
