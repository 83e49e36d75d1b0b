"""A fact that changed in Spanish is seen to be missing in English."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from courses.models import Edition, LessonPage
from lms.audit.models import Event
from tests.factories import lesson_body

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def editor(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def lesson(course_page, edition):
    """A lesson whose translators were handed its text, which then changed."""
    lesson = LessonPage.objects.descendant_of(course_page).first()
    english = Locale.objects.get(language_code="en")
    source, _made = TranslationSource.update_or_create_from_instance(lesson)
    Translation.objects.create(source=source, target_locale=english)
    for segment in StringSegment.objects.filter(source=source):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=english,
            data=segment.string.data,
            translation_type="manual",
        )
    return lesson


def change(lesson):
    lesson.body = lesson_body("otra pena")
    lesson.save_revision().publish()


def named(editor, page):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = editor.get(address, headers=ENGLISH)
    return any("Behind its original" in str(one) for one in answer.context["messages"])


def test_the_editor_of_each_language_says_that_a_translation_is_behind(editor, lesson):
    english = lesson.get_translation(Locale.objects.get(language_code="en"))
    before = [named(editor, lesson), named(editor, english)]

    change(lesson)

    assert before == [False, False]
    assert [named(editor, lesson), named(editor, english)] == [True, True]


def test_the_list_of_pages_marks_those_behind(editor, lesson):
    english = lesson.get_translation(Locale.objects.get(language_code="en"))
    lists = [
        reverse("wagtailadmin_explore", args=[page.get_parent().pk])
        for page in (lesson, english)
    ]
    before = [editor.get(one, headers=ENGLISH).text for one in lists]

    change(lesson)

    after = [editor.get(one, headers=ENGLISH).text for one in lists]
    assert [one.count("Behind: English") for one in before] == [0, 0]
    assert [one.count("Behind: English") for one in after] == [1, 1]


def test_an_edition_opens_on_unequal_texts_only_when_it_is_said_why(
    editor, course_page, lesson
):
    change(lesson)
    address = reverse("open_edition", args=[course_page.pk])

    shown = editor.get(address, headers=ENGLISH)
    refused = editor.post(address, {"kind": "correction"}, headers=ENGLISH)

    assert "A translation is behind its original" in shown.text
    assert refused.status_code == 409
    assert "“Lección 1” was changed" in refused.text
    assert Edition.objects.count() == 1

    fields = {"kind": "correction", "despite": "Solo una errata en español"}
    editor.post(address, fields, headers=ENGLISH)

    edition = Edition.objects.order_by("-pk").first()
    assert edition.despite == "Solo una errata en español"
    (event,) = Event.objects.filter(purpose="edition opened with a translation behind")
    assert event.actor == edition.opened_by
