"""A fact that changed in Spanish is seen to be missing in English."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from courses.actions import open_edition
from courses.desk import facts
from courses.models import Edition, LessonPage
from lms.audit.models import Event
from lms.refusals import Refused
from tests.factories import lesson_body

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def editor(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def lesson(course_page, edition):
    """A lesson that was handed to its translators, translated and published."""
    lesson = LessonPage.objects.descendant_of(course_page).first()
    hand_over(lesson)
    translate(lesson)
    publish(lesson)
    return lesson


def english_of(lesson):
    return lesson.get_translation(Locale.objects.get(language_code="en"))


def change(lesson):
    lesson.body = lesson_body("otra pena")
    lesson.save_revision().publish()


def hand_over(lesson):
    """What "Sync translated pages" does with what is published."""
    source, _made = TranslationSource.update_or_create_from_instance(lesson)
    english = Locale.objects.get(language_code="en")
    Translation.objects.get_or_create(source=source, target_locale=english)


def translate(lesson, word="in English"):
    """Write every text, as the form of the translation keeps it: nothing is public."""
    english = Locale.objects.get(language_code="en")
    for segment in StringSegment.objects.filter(
        source__object_id=lesson.translation_key
    ).exclude(context__path="slug"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=english,
            defaults={
                "data": f"{segment.string.data} {word}",
                "translation_type": "manual",
            },
        )


def publish(lesson):
    row = Translation.objects.get(source__object_id=lesson.translation_key)
    row.save_target(publish=False)
    english_of(lesson).latest_revision.publish()


def named(editor, page):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = editor.get(address, headers=ENGLISH)
    return any("Behind its original" in str(one) for one in answer.context["messages"])


def said_everywhere(editor, lesson):
    """Return who says that English is behind: page, list, checks, edition, first page.

    One rule: either all of them say so or none does.
    """
    course = lesson.get_parent().get_parent()
    ask = {
        "list": reverse("wagtailadmin_explore", args=[lesson.get_parent().pk]),
        "checks": reverse("course_checks", args=[course.pk]),
        "edition": reverse("open_edition", args=[course.pk]),
    }
    words = {
        "list": "Behind: English",
        "checks": "Behind its original",
        "edition": "A translation is behind its original",
    }
    found = {
        name
        for name, at in ask.items()
        if words[name] in editor.get(at, headers=ENGLISH).text
    }
    if named(editor, lesson):
        found.add("page")
    if facts.behind(Page.objects.all()):
        found.add("first page")
    return found


ALL = {"page", "list", "checks", "edition", "first page"}


def test_what_is_written_in_english_is_behind_until_it_is_published(editor, lesson):
    assert said_everywhere(editor, lesson) == set()

    change(lesson)
    assert said_everywhere(editor, lesson) == ALL

    hand_over(lesson)
    assert said_everywhere(editor, lesson) == ALL

    translate(lesson)
    assert said_everywhere(editor, lesson) == ALL

    publish(lesson)
    assert said_everywhere(editor, lesson) == set()


def test_a_correction_in_english_is_behind_until_it_is_published(editor, lesson):
    translate(lesson, "in better English")
    assert said_everywhere(editor, lesson) == ALL

    publish(lesson)
    assert said_everywhere(editor, lesson) == set()


def test_an_older_draft_that_is_published_leaves_readers_behind(editor, lesson):
    english = english_of(lesson)
    older = english.latest_revision
    change(lesson)
    hand_over(lesson)

    older.publish()

    english.refresh_from_db()
    assert english.last_published_at > older.created_at
    assert said_everywhere(editor, lesson) == ALL


def test_an_address_that_changes_leaves_nobody_behind(editor, lesson):
    lesson.slug = "otra-direccion"
    lesson.save_revision().publish()

    assert said_everywhere(editor, lesson) == set()


def test_an_edition_is_refused_on_what_is_written_and_not_published(
    editor, course_page, lesson
):
    change(lesson)
    hand_over(lesson)
    translate(lesson)

    with pytest.raises(Refused) as refused:
        open_edition(course_page, kind=Edition.Kind.DELTA, by=None, at=timezone.now())

    assert refused.value.reasons == ["behind:Lección 1"]


def test_the_editor_of_each_language_says_that_a_translation_is_behind(editor, lesson):
    english = english_of(lesson)
    before = [named(editor, lesson), named(editor, english)]

    change(lesson)

    assert before == [False, False]
    assert [named(editor, lesson), named(editor, english)] == [True, True]


def test_the_list_of_pages_marks_those_behind(editor, lesson):
    english = english_of(lesson)
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
