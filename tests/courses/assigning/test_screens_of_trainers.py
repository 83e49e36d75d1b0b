"""What trainers see and do about the courses of a cohort; and who does not."""

from datetime import date

import pytest

from courses.models import (
    Assignment,
    AssignmentException,
)
from lms.models import Cohort, Event
from tests.courses.assigning.conftest import DAY, join
from tests.courses.assigning.screens import browser, courses_of, queries_of, words
from tests.factories import NOON, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_the_programme_says_how_many_are_done_and_late(
    tomas, cohort, ana, bruno, assignment, second, edition, time_machine
):
    join(cohort, bruno, on=NOON.date())
    hidden = PersonFactory(legal_name="Zq Oculta", shielded=True)
    join(cohort, hidden, on=NOON.date())
    EnrolmentFactory(learner=hidden, edition=edition, completed_at=NOON)
    EnrolmentFactory(learner=bruno, edition=edition, completed_at=NOON)
    time_machine.move_to(NOON + 30 * DAY, tick=False)

    page = words(browser(tomas).get(courses_of(cohort)))

    first, rest = page.split("Curso C1 (en)", 1)[1].split("Curso C2 (en)", 1)
    told = "Opens at once Due 30 Nov 2026 Begun {} Have finished {} of 2 Date passed {}"
    assert told.format(1, 1, 1) in first
    assert f"after Curso C1 (en) {told.format(0, 0, 2)}" in rest
    assert "Zq Oculta" not in page


def test_the_programme_counts_no_shielded_people(tomas, cohort, ana, assignment):
    for person in PersonFactory.create_batch(6, shielded=True):
        join(cohort, person, on=NOON.date())

    page = words(browser(tomas).get(courses_of(cohort)))

    assert "0 of 1" in page


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


def test_before_the_button_it_is_said_what_it_does_to_whom(
    tomas, cohort, ana, bruno, assignment, edition, second_edition
):
    join(cohort, bruno, on=NOON.date())
    EnrolmentFactory(learner=bruno, edition=edition, completed_at=NOON)

    page = words(browser(tomas).get(courses_of(cohort, "new")))

    told, _button, _rest = page.partition("Assign the course Cancel")
    assert "1 person who has finished is asked for one more course." in told
    assert "1 person who has something to finish gets one more course." in told


def test_a_cohort_that_ended_offers_no_form_but_the_way_to_its_last_day(
    tomas, cohort, second_edition
):
    Cohort.objects.update(until_on=NOON.date() - DAY)

    for path in (courses_of(cohort), courses_of(cohort, "new")):
        page = browser(tomas).get(path)
        assert "The cohort ended on 1 November 2026" in words(page)
        assert f'href="/en/team/cohorts/{cohort.uuid}/settings/"' in (
            page.content.decode()
        )
        assert "Assign the course" not in words(page)


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

    facts = {"due_on": "2026-12-24", "extra_minutes": "20"}
    client.post(path, facts | {"reason": "Estuvo de viaje"})
    page = words(client.get(path))
    assert (
        "Different already Due on 24 December 2026 20 extra minutes "
        "Reason: Estuvo de viaje"
    ) in page

    client.post(f"{path}end/")
    assert not AssignmentException.objects.standing().exists()
    assert "Different already" not in words(client.get(path))


def test_an_exception_stays_in_an_archived_cohort(tomas, cohort, ana, assignment):
    page = courses_of(cohort, assignment.pk, "people", ana.uuid)
    client = browser(tomas)
    client.post(page, {"extra_attempts": "2", "reason": "Licencia"})
    Cohort.objects.update(archived_at=NOON)

    answer = client.post(f"{page}end/")

    assert answer.status_code == 409
    assert "The cohort is archived." in words(answer)
    assert AssignmentException.objects.standing().exists()


def test_an_exception_that_changes_nothing_is_refused(tomas, cohort, ana, assignment):
    path = courses_of(cohort, assignment.pk, "people", ana.uuid)

    answer = browser(tomas).post(path, {"reason": "Porque sí"})

    assert answer.status_code == 422
    assert "Choose a day, or give extra attempts or minutes." in words(answer)


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
