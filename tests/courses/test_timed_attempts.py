"""Final tests with a time limit: frozen at the start, over by the server's clock."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses import actions
from courses.assigning.actions import except_person
from courses.models import Edition
from lms.models import Cohort
from tests import factories
from tests.courses.answering import text
from tests.courses.assigning.conftest import make_assignment

MINUTE = timedelta(minutes=1)


@pytest.fixture
def timed(edition) -> Edition:
    """Give the final test forty minutes."""
    edition.final_minutes = 40
    edition.save()
    return edition


def start(enrolment, activity, at):
    return actions.start_attempt(enrolment, activity=activity, at=at)


def test_an_edition_freezes_the_minutes_and_an_attempt_its_end(ana, course_page, at):
    course_page.final_minutes = 40
    course_page.save_revision().publish()
    course_page.refresh_from_db()
    edition = factories.make_edition(course_page)
    enrolment = factories.EnrolmentFactory(learner=ana, edition=edition)
    *_others, practice, final = [row.activity for row in edition.activities.all()]

    tried = [start(enrolment, activity, at) for activity in (practice, final)]
    Edition.objects.update(final_minutes=5)

    again = start(enrolment, final, at + MINUTE)
    assert edition.final_minutes == 40
    assert [one.ends_at for one in tried] == [None, at + 40 * MINUTE]
    assert again.ends_at == at + 40 * MINUTE


def test_the_first_page_says_the_limit_before_the_start(client, ana, enrolment, timed):
    client.force_login(ana)

    page = text(client.get("/en/trata-en/prueba-final-en/"))

    assert "40 minutes from the start." in page
    assert "runs on while you are away or your line is cut" in page
    assert "what you have saved is handed in and graded" in page


def test_the_editor_is_told_the_limit_when_an_edition_opens(client, admin, course_page):
    client.force_login(admin)
    address = reverse("open_edition", args=[course_page.pk])
    without = text(client.get(address))
    type(course_page).objects.filter(pk=course_page.pk).update(final_minutes=40)

    limited = text(client.get(address))

    assert "The final test will have no time limit." in without
    assert "The final test will last 40 minutes" in limited


def test_extra_minutes_of_a_person_are_hers_and_said_before_the_start(
    client, ana, bruno, tomas, enrolment, activities, timed, at
):
    except_person(
        make_assignment(Cohort.objects.get(), timed.course, by=tomas),
        ana,
        due_on=None,
        extra_attempts=0,
        extra_minutes=20,
        reason="Usa un lector de pantalla",
        by=tomas,
        at=at,
    )
    client.force_login(ana)

    page = text(client.get("/en/trata-en/prueba-final-en/"))

    other = factories.EnrolmentFactory(learner=bruno, edition=timed)
    assert "You have 20 minutes more, which your trainer gave you." in page
    assert start(enrolment, activities["final"], at).ends_at == at + 60 * MINUTE
    assert start(other, activities["final"], at).ends_at == at + 40 * MINUTE
