"""A page appears at the time that its editor gave it, and ends at another."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from courses.actions import keep_to_schedule
from courses.models import Activity, LessonPage
from courses.tasks import keep_pages_to_their_time
from lms.queue.periodic import REGISTER
from tests.factories import lesson_body

HOUR = timedelta(hours=1)


@pytest.fixture
def lesson(activities):
    return LessonPage.objects.get(
        translation_key=activities["lesson-1"].pk, locale__language_code="es"
    )


@pytest.fixture
def scheduled(lesson):
    """A lesson of a published module that is to appear in an hour."""
    return schedule(lesson.get_parent(), "Lección nueva", slug="nueva")


def schedule(module, title, *, slug):
    page = module.add_child(
        instance=LessonPage(
            title=title,
            slug=slug,
            objectives=[{"type": "point", "value": "Distinguir"}],
            body=lesson_body("new"),
            live=False,
            summary="Uno",
        )
    )
    page.go_live_at = timezone.now() + HOUR
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_a_page_appears_at_its_time_and_is_open_to_editors_again(scheduled):
    assert keep_to_schedule(at=timezone.now()) == 0
    assert scheduled.get_lock() is not None

    with time_machine.travel(scheduled.go_live_at + timedelta(seconds=1)):
        assert keep_pages_to_their_time.call() == 1
        assert keep_pages_to_their_time.call() == 0

    page = LessonPage.objects.get(pk=scheduled.pk)
    assert (page.live, page.get_lock()) == (True, None)
    assert Activity.objects.filter(pk=page.translation_key).exists()


def test_a_page_ends_at_its_time(lesson):
    lesson.expire_at = timezone.now() + HOUR
    lesson.save_revision().publish()

    with time_machine.travel(lesson.expire_at):
        assert keep_pages_to_their_time.call() == 1

    lesson.refresh_from_db()
    assert (lesson.live, lesson.expired) == (False, True)


def test_a_page_that_fails_keeps_no_other_waiting(scheduled):
    other = schedule(scheduled.get_parent(), "Otra", slug="otra")
    revision = scheduled.latest_revision
    revision.content["locale"] = 999_999
    revision.save()

    with (
        time_machine.travel(other.go_live_at + timedelta(seconds=1)),
        pytest.raises(ExceptionGroup),
    ):
        keep_pages_to_their_time.call()

    other.refresh_from_db()
    scheduled.refresh_from_db()
    assert (other.live, scheduled.live) == (True, False)


def test_it_is_looked_at_each_minute():
    assert REGISTER["keep pages to their time"].every == timedelta(minutes=1)
