"""What trainers, learners, superiors and calendars see and do; and who does not."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from courses.assigning.actions import start
from courses.assigning.actions.starting import PURPOSE
from courses.assigning.rules import token_of
from courses.models import (
    Assignment,
    AssignmentException,
    CalendarFeed,
    Enrolment,
    SuperiorRequest,
)
from lms.models import Cohort, CohortMember, Event
from tests.courses.assigning.conftest import DAY, join
from tests.factories import NOON, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
BOSS = "jefatura@example.org"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def browser(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    if person:
        client.force_login(person)
    return client


def words(answer) -> str:
    """Return what is read in the main part of a page."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main.replace("<", " <")).split())


def courses_of(cohort, *rest) -> str:
    return (
        "/".join(["/en/team/cohorts", str(cohort.uuid), "courses", *map(str, rest)])
        + "/"
    )


def queries_of(client, path) -> int:
    client.get(path)  # what is kept for a while is there
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_programme_says_how_many_are_done_and_late(
    tomas, cohort, ana, bruno, assignment, second, edition, time_machine
):
    join(cohort, bruno, on=NOON.date())
    type(bruno).objects.filter(pk=bruno.pk).update(shielded=True)
    EnrolmentFactory(learner=bruno, edition=edition, completed_at=NOON)
    time_machine.move_to(NOON + 30 * DAY, tick=False)

    page = words(browser(tomas).get(courses_of(cohort)))

    first, rest = page.split("Curso C1 (en)", 1)[1].split("Curso C2 (en)", 1)
    assert "at once 30 Nov 2026 1 1 of 2 1" in first
    assert "after Curso C1 (en) at once 30 Nov 2026 0 0 of 2 2" in rest
    assert "Bruno" not in page


def test_the_programme_costs_as_much_for_many(tomas, cohort, assignment, second):
    client, path = browser(tomas), courses_of(cohort)
    before = queries_of(client, path)

    for person in PersonFactory.create_batch(3):
        join(cohort, person, on=NOON.date())

    assert queries_of(client, path) == before


def test_the_cohort_leads_to_its_courses(tomas, cohort):
    page = browser(tomas).get(f"/en/team/cohorts/{cohort.uuid}/")

    assert f'href="{courses_of(cohort)}"' in page.content.decode()


def test_a_trainer_assigns_moves_changes_and_withdraws(
    tomas, cohort, assignment, second_edition
):
    client, other = browser(tomas), second_edition.course
    answer = client.post(
        courses_of(cohort, "new"), {"course": other.pk, "due_after_days": "30"}
    )
    assert answer["Location"] == courses_of(cohort)
    made = Assignment.objects.get(course=other)

    client.post(courses_of(cohort, made.pk, "move"), {"direction": "up"})
    assert [one.course.code for one in Assignment.objects.in_order()] == ["C2", "C1"]

    client.post(
        courses_of(cohort, assignment.pk, "change"),
        {"due_on": "2026-12-24", "after": str(made.pk)},
    )
    assignment.refresh_from_db()
    assert (assignment.due_on, assignment.after) == (date(2026, 12, 24), made)

    refused = client.post(courses_of(cohort, made.pk, "move"), {"direction": "down"})
    assert (refused.status_code, "must be completed first" in words(refused)) == (
        409,
        True,
    )

    asked = client.get(courses_of(cohort, made.pk, "withdraw"))
    assert "Take Curso C2 (en) out of the programme" in words(asked)
    client.post(courses_of(cohort, made.pk, "withdraw"))
    assert [one.course.code for one in Assignment.objects.standing()] == ["C1"]


def test_only_open_courses_that_are_not_assigned_are_offered(
    tomas, cohort, assignment, second_edition
):
    form = browser(tomas).get(courses_of(cohort, "new")).context["form"]

    assert [title for _key, title in form.fields["course"].choices[1:]] == [
        "Curso C2 (en)"
    ]
    assert [title for _key, title in form.fields["after"].choices[1:]] == [
        "Curso C1 (en)"
    ]


def test_wrong_dates_are_said_at_their_field(tomas, cohort, assignment):
    answer = browser(tomas).post(
        courses_of(cohort, assignment.pk, "change"),
        {"due_on": "2026-10-01", "due_after_days": "3"},
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "due_after_days": ["Give a day or a number of days, not both."],
        "due_on": ["Choose today or a later day."],
    }


@pytest.mark.parametrize("rest", ["change", "withdraw", "move"])
def test_nothing_is_changed_in_an_archived_cohort(tomas, cohort, assignment, rest):
    Cohort.objects.update(archived_at=NOON)

    answer = browser(tomas).post(
        courses_of(cohort, assignment.pk, rest), {"direction": "up"}
    )

    assert answer.status_code in (409, 422)
    assert "The cohort is archived." in words(answer)
    page = words(browser(tomas).get(courses_of(cohort)))
    assert "The cohort is archived." in page
    assert "Assign a course" not in page


def test_one_course_shows_its_people_and_writes_it_down(
    tomas, cohort, ana, bruno, assignment, enrolment
):
    join(cohort, bruno, on=NOON.date())
    type(bruno).objects.filter(pk=bruno.pk).update(shielded=True)

    page = words(browser(tomas).get(courses_of(cohort, assignment.pk)))

    assert "Ruiz Morales, Ana Lucía" in page or "Ana" in page
    assert "Xicará" not in page
    event = Event.objects.get()
    assert (event.actor, event.purpose, list(event.subjects.all())) == (
        tomas,
        "assigned courses",
        [ana],
    )


def test_an_exception_is_made_shown_and_ended(tomas, cohort, ana, assignment):
    client, path = browser(tomas), courses_of(cohort, assignment.pk, "people", ana.uuid)

    client.post(path, {"due_on": "2026-12-24", "reason": "Estuvo de viaje"})
    page = words(client.get(path))
    assert "Different already Due on 24 December 2026 Reason: Estuvo de viaje" in page

    client.post(f"{path}end/")
    assert not AssignmentException.objects.standing().exists()
    assert "Different already" not in words(client.get(path))


def test_an_exception_that_changes_nothing_is_refused(tomas, cohort, ana, assignment):
    path = courses_of(cohort, assignment.pk, "people", ana.uuid)

    answer = browser(tomas).post(path, {"reason": "Porque sí"})

    assert answer.status_code == 422
    assert "Choose a day, or give extra attempts." in words(answer)


@pytest.mark.parametrize("who", ["stranger", "shielded", "withdrawn"])
def test_who_or_what_is_not_in_sight_is_not_there(
    who, tomas, cohort, ana, bruno, assignment
):
    person = bruno if who == "stranger" else ana
    if who == "shielded":
        type(ana).objects.filter(pk=ana.pk).update(shielded=True)
    if who == "withdrawn":
        Assignment.objects.update(withdrawn_at=NOON)

    path = courses_of(cohort, assignment.pk, "people", person.uuid)

    assert browser(tomas).get(path).status_code == 404


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


@pytest.fixture
def asking(assignment):
    Cohort.objects.update(asks_superior=True)
    return assignment


def test_a_superior_is_named_then_asked_once(ana, asking):
    client = browser(ana)
    name = f"/en/learn/assignments/{asking.pk}/superior/"
    answer = client.post(f"/en/learn/assignments/{asking.pk}/start/")
    assert answer["Location"] == name

    own = client.post(name, {"name": "Ana", "address": "ana@example.org"})
    assert own.status_code == 422
    assert "This address is yours." in words(own)

    answer = client.post(name, {"name": "Marta Chen", "address": BOSS})
    assert answer["Location"] == "/en/my-learning/"
    page = words(client.get("/en/my-learning/"))
    assert "Your superior was asked on 2 November 2026 and has until" in page
    assert "Start : Curso C1" not in page
    assert client.get(name)["Location"] == "/en/my-learning/"


@pytest.fixture
def asked(ana, asking):
    CohortMember.objects.update(superior_name="Marta Chen", superior_address=BOSS)
    request = start(ana, assignment=asking, at=NOON)
    token = token_of(PURPOSE, request.uuid, key=settings.SECRET_KEY)
    return f"/en/superior/{token}/"


def test_the_page_of_a_superior_shows_who_and_what_and_nothing_else(ana, asked):
    answer = browser(None).get(asked)

    page = words(answer)
    assert "Who asks Ana Lucía Ruiz Morales Course Curso C1 (en)" in page
    assert "Due on 30 November 2026 Answer before 16 November 2026" in page
    for hidden in ("ana@example.org", "Judicaturas 2026", "Organismo", BOSS):
        assert hidden not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert SuperiorRequest.objects.get().decided_at is None  # looking changes nothing
    event = Event.objects.get()
    assert (event.actor, event.kind, list(event.subjects.all())) == (
        None,
        Event.Kind.LOOK,
        [ana],
    )


def test_a_superior_approves_once(ana, asked):
    client = browser(None)

    answer = client.post(asked, {"answer": "approve"}, follow=True)
    assert "Your answer has arrived" in words(answer)
    assert Enrolment.objects.get().learner == ana
    again = client.post(asked, {"answer": "refuse", "reason": "No"})
    assert (again.status_code, words(again)) == (410, words(client.get(asked)))
    assert words(client.get("/en/superior/unknown/")) == words(again)


def test_a_superior_who_does_not_approve_says_why(ana, asked):
    client = browser(None)

    assert client.post(asked, {"answer": "refuse"}).status_code == 422
    assert client.post(asked, {}).status_code == 422
    client.post(asked, {"answer": "refuse", "reason": "Hay audiencias"})

    mine = words(browser(ana).get("/en/my-learning/"))
    assert "Your superior did not approve it: Hay audiencias" in mine
    answer = browser(ana).post(
        f"/en/learn/assignments/{Assignment.objects.get().pk}/start/"
    )
    assert answer.status_code == 409
    assert "You can ask again tomorrow." in words(answer)


def test_who_tries_many_tokens_is_told_to_wait(client):
    for _ in range(60):
        assert client.get("/en/superior/guess/").status_code == 410

    assert client.get("/en/superior/guess/").status_code == 429


def test_the_calendar_lists_by_month(ana, assignment, second):
    Assignment.objects.filter(pk=second.pk).update(due_on=date(2027, 1, 15))

    page = words(browser(ana).get("/en/my-learning/calendar/"))

    assert "November 2026 30 November 2026 : Curso C1 (en)" in page
    assert "January 2027 15 January 2027 : Curso C2 (en)" in page


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
