"""A page that was moved or renamed is found at its former address."""

import pytest
from wagtail.models import Locale

from courses.models import LessonPage, ModulePage
from tests.factories import in_both


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def rename(page, slug):
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = slug
            page.save_revision().publish()

    return rename


def english(page):
    return page.get_translation(Locale.objects.get(language_code="en"))


def lesson_of(course):
    return LessonPage.objects.descendant_of(course).first()


def moved_to(client, address):
    answer = client.get(address)
    assert answer.status_code == 301
    # It may be moved back: no browser goes on without asking.
    assert answer.headers["Cache-Control"] == "no-cache"
    return answer.url


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_bookmark_of_a_lesson_holds_when_its_course_is_renamed(
    client, course_page, rename, language
):
    course = english(course_page) if language == "en" else course_page
    bookmarks = [course.url, lesson_of(course).url]

    rename(course, "otro-nombre")

    course.refresh_from_db()
    assert "/otro-nombre/" in course.url
    now = [moved_to(client, f"{one}?de=telefono") for one in bookmarks]
    assert now == [
        f"{course.url}?de=telefono",
        f"{lesson_of(course).url}?de=telefono",
    ]
    assert client.get(now[1]).status_code == 200


def test_the_bookmark_of_a_lesson_holds_when_it_is_moved_in_both_languages(
    client, course_page
):
    other = in_both(course_page, ModulePage, title="Dos", slug="dos", summary="Dos")
    lesson = lesson_of(course_page)
    bookmarks = [lesson.url, english(lesson).url]

    lesson.move(other, pos="last-child")

    lesson = LessonPage.objects.get(pk=lesson.pk)
    there = [lesson.url, english(lesson).url]
    assert [moved_to(client, one) for one in bookmarks] == there
    assert [client.get(one).status_code for one in there] == [200, 200]


def test_who_only_looks_ahead_is_sent_on_and_what_is_posted_is_not(
    client, course_page, rename
):
    bookmark = course_page.url
    rename(course_page, "otro-nombre")

    assert client.head(bookmark).status_code == 301
    assert client.post(bookmark).status_code == 404


def test_a_former_address_tells_nothing_of_what_nobody_reaches(
    client, course_page, rename
):
    lesson = lesson_of(course_page)
    bookmark = lesson.url
    rename(lesson, "nombre-secreto")
    assert "nombre-secreto" in moved_to(client, bookmark)

    lesson.get_parent().specific.unpublish()

    answer = client.get(bookmark)
    assert answer.status_code == 404
    assert "nombre-secreto" not in answer.text
