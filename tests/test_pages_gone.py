"""Pages come and go in the editor; what learners earned stays readable and right."""

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from certificates.models import Certificate
from courses import actions
from courses.models import Attempt, Completion, CoursePage, Enrolment, LessonPage
from courses.tasks import settle_open_enrolments
from tests import factories
from tests.factories import right_answer


@pytest.fixture
def holder(client, ana, enrolment, activities, at):
    """Ana, who has done everything and holds the certificate; signed in."""
    for lesson in ("lesson-1", "lesson-2"):
        actions.complete_activity(
            enrolment, activity=activities[lesson], language="es", revision=7, at=at
        )
    attempt = actions.start_attempt(enrolment, activity=activities["final"], at=at)
    actions.save_answers(
        attempt,
        answers={i.position: right_answer(i) for i in attempt.items.with_version()},
        at=at,
    )
    actions.submit_attempt(attempt, language="es", at=at)
    client.force_login(ana)
    return ana


@pytest.fixture
def editor(admin):
    client = Client()
    client.force_login(admin)
    return client


def facts():
    """Everything that was recorded, as it stands in the tables."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Enrolment, Completion, Attempt, Certificate)
    ]


def waiting(task):
    """The rows of the queue that ask for that task."""
    return DBTaskResult.objects.ready().filter(task_path=task.module_path)


def own_pages(client):
    """What the holder reads: my learning, enrolment, attempt, certificate, verify."""
    award = Certificate.objects.get()
    addresses = [
        reverse("my_learning"),
        reverse("enrolment", args=[award.enrolment_id]),
        reverse("attempt", args=[Attempt.objects.get().pk]),
        reverse("certificate", args=[award.pk]),
        f"/v/{award.code}",
    ]
    return {address: client.get(address) for address in addresses}


WHICH = {
    "lesson": lambda course: LessonPage.objects.get(slug="leccion-1"),
    "quiz": lambda course: Page.objects.get(slug="prueba-final"),
    "course": lambda course: CoursePage.objects.get(pk=course.pk),
}


@pytest.mark.parametrize("way", ["delete", "unpublish"])
@pytest.mark.parametrize("which", WHICH)
def test_what_was_earned_outlives_the_page(
    which, way, client, holder, course_page, editor
):
    before = facts()
    page = WHICH[which](course_page)

    answer = editor.post(
        reverse(f"wagtailadmin_pages:{way}", args=[page.pk]),
        {"include_descendants": "on"},
    )

    assert answer.status_code == 302
    assert not Page.objects.live().filter(pk=page.pk).exists()
    assert facts() == before
    assert [r.status_code for r in own_pages(client).values()] == [200] * 5
    award = own_pages(client)[f"/v/{Certificate.objects.get().code}"].content.decode()
    assert "Curso C1" in award


def test_a_lesson_taken_away_is_waived_and_completes_who_owed_only_it(
    client, ana, enrolment, activities, editor, at
):
    actions.complete_activity(
        enrolment, activity=activities["lesson-1"], language="es", revision=7, at=at
    )
    actions.complete_activity(
        enrolment, activity=activities["final"], language="es", revision=7, at=at
    )
    client.force_login(ana)

    for slug in ("leccion-2", "leccion-2-en"):
        editor.post(
            reverse(
                "wagtailadmin_pages:delete",
                args=[LessonPage.objects.get(slug=slug).pk],
            )
        )
    for queued in waiting(settle_open_enrolments):
        settle_open_enrolments.call(*queued.args_kwargs["args"])

    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    assert Certificate.objects.get().enrolment == enrolment


def test_a_changed_mark_title_or_name_changes_nothing_issued(
    client, holder, course_page, at
):
    award = Certificate.objects.get()
    before = Certificate.objects.values().get()
    verify = client.get(f"/v/{award.code}").content

    course = CoursePage.objects.get(pk=course_page.pk)
    course.title, course.pass_mark = "Otro título", 100
    course.save_revision().publish()
    course.refresh_from_db()
    factories.make_edition(course, at=at, kind="correction")
    holder.legal_name = "Otro Nombre"
    holder.save()

    assert Certificate.objects.values().get() == before
    assert client.get(f"/v/{award.code}").content == verify
