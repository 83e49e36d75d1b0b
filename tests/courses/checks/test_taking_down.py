"""Before a page goes: what that does to whom, and what of the other language."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from courses.checks.impact import Impact, figures_of, impact_of
from courses.models import LessonPage, ModulePage
from tests import factories

ENGLISH = {"accept-language": "en"}
ALSO = {"also_translations": "on"}


@pytest.fixture
def editor(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def lesson(activities):
    return LessonPage.objects.get(
        translation_key=activities["lesson-1"].pk, locale__language_code="es"
    )


def english(page):
    return page.get_translation(Locale.objects.get(language_code="en"))


def live(page):
    rows = Page.objects.filter(translation_key=page.translation_key).order_by("path")
    return list(rows.values_list("locale__language_code", "live"))


@pytest.mark.parametrize(
    ("ticked", "left"),
    [({}, [("es", False), ("en", True)]), (ALSO, [("es", False), ("en", False)])],
)
def test_unpublishing_asks_about_the_other_language(editor, lesson, ticked, left):
    address = reverse("wagtailadmin_pages:unpublish", args=[lesson.pk])

    shown = editor.get(address, headers=ENGLISH)
    editor.post(address, ticked)

    assert "“Lección 1 (en)”, stays as it is unless you tick the box" in shown.text
    assert 'name="also_translations"' in shown.text
    assert live(lesson) == left


@pytest.mark.parametrize(
    ("ticked", "left"),
    [({}, [("es", False), ("en", True)]), (ALSO, [("es", False), ("en", False)])],
)
def test_deleting_asks_about_the_other_language(editor, lesson, ticked, left):
    address = reverse("wagtailadmin_pages:delete", args=[lesson.pk])

    shown = editor.get(address, headers=ENGLISH)
    editor.post(address, ticked)

    assert "“Lección 1 (en)”, stays as it is unless you tick the box" in shown.text
    assert live(lesson) == left


@pytest.mark.parametrize("action", ["unpublish", "delete"])
@pytest.mark.parametrize(("ticked", "left"), [({}, 1), (ALSO, 0)])
def test_many_at_once_are_asked_about_as_one(editor, lesson, action, ticked, left):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    here = f"{address}?id={lesson.pk}&next=/admin/"

    shown = editor.get(here, headers=ENGLISH)
    editor.post(here, ticked)

    assert "“Lección 1 (en)”, stays as it is unless you tick the box" in shown.text
    assert "Who are asked for it: fewer than 5" in shown.text
    assert [is_live for _code, is_live in live(lesson)].count(True) == left


def learners(edition, activity, at, *, done, trying):
    """Enrol five; so many have finished the activity, so many are in an attempt."""
    for number in range(5):
        enrolment = factories.EnrolmentFactory(edition=edition)
        if number < done:
            enrolment.completions.create(activity=activity, at=at, language="es")
        if number < trying:
            enrolment.attempts.create(
                activity=activity, number=1, titles={}, pass_mark=80, started_at=at
            )


@pytest.mark.parametrize(("done", "said"), [(4, "fewer than 5"), (5, "5")])
def test_what_it_does_to_whom_is_said_in_counts_of_five_and_more(
    editor, lesson, edition, activities, at, done, said
):
    learners(edition, activities["lesson-1"], at, done=done, trying=0)
    sentence = (
        f"People who have finished it or a part of it: {said}. Who are asked for it: "
        "5. Who are in an attempt: fewer than 5."
    )
    module = ModulePage.objects.get(pk=lesson.get_parent().pk)
    move = reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, module.pk])

    shown = [
        editor.get(
            reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), headers=ENGLISH
        )
        for name in ("unpublish", "delete")
        for page in (lesson, module)
    ]

    assert impact_of(lesson) == Impact(finished=done, asked=5, attempting=0)
    assert [sentence in one.text for one in shown] == [True] * 4
    assert sentence in editor.get(move, headers=ENGLISH).text


def test_a_course_counts_those_who_completed_it_and_who_are_in_an_attempt(
    course_page, edition, activities, at
):
    learners(edition, activities["final"], at, done=2, trying=3)
    factories.EnrolmentFactory(edition=edition, completed_at=at)
    factories.EnrolmentFactory(edition=edition, withdrawn_at=at)

    assert impact_of(course_page) == Impact(finished=1, asked=5, attempting=3)


def test_a_page_outside_of_courses_concerns_nobody(course_page):
    assert figures_of(course_page.get_parent()) == ""
