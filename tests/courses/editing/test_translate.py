"""*Translate* makes drafts, and leaves the tree of pages whole."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from courses.editors import ensure_editors
from courses.models import CoursePage, LessonPage, ModulePage
from tests.factories import PersonFactory, lesson_body, make_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def spanish_course(db):
    """A live course of four pages that nobody has translated."""
    catalogue = make_catalogue()
    course = catalogue.add_child(
        instance=CoursePage(
            title="Curso",
            slug="curso",
            code="C9",
            summary="Resumen",
            audience="Judicaturas",
            issuer="Secretaría",
            norms_on=date(2026, 11, 1),
            outcomes=[{"type": "point", "value": "Distinguir"}],
        )
    )
    module = course.add_child(
        instance=ModulePage(title="Módulo", slug="modulo", summary="1")
    )
    for number in (1, 2):
        module.add_child(
            instance=LessonPage(
                title=f"Lección {number}",
                slug=f"leccion-{number}",
                summary="Una",
                objectives=[{"type": "point", "value": "Distinguir"}],
                body=lesson_body(f"t-{number}"),
            )
        )
    return course


def test_a_course_that_is_translated_is_a_draft_in_a_whole_tree(
    client, spanish_course, django_capture_on_commit_callbacks
):
    elena = PersonFactory()
    elena.groups.add(ensure_editors())
    client.force_login(elena)
    english = Locale.objects.get(language_code="en")
    address = reverse(
        "wagtail_localize:submit_page_translation", args=[spanish_course.pk]
    )

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            address, {"locales": [english.pk], "include_subtree": "on"}
        )

    assert answer.status_code == 302
    course = spanish_course.get_translation(english)
    made = course.get_descendants(inclusive=True)
    assert [page.live for page in made] == [False] * 4
    assert [page.numchild for page in made] == [1, 2, 0, 0]
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_translation_of_a_page_that_is_gone_is_not_found(
    client, admin, spanish_course
):
    """A colleague deleted the page while its translation stood open in a window."""
    english = Locale.objects.get(language_code="en")
    source, _made = TranslationSource.update_or_create_from_instance(spanish_course)
    target = Translation.objects.create(source=source, target_locale=english)
    spanish_course.delete()
    client.force_login(admin)

    answers = [
        client.post(reverse("wagtail_localize:update_translations", args=[source.pk])),
        client.post(reverse("wagtail_localize:stop_translation", args=[target.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_translation_that_was_ended_meanwhile_is_told_and_nothing_is_changed(
    client, admin, course_page
):
    """A colleague ended it while the translators' editor stood open in a window."""
    english = Locale.objects.get(language_code="en")
    source, _made = TranslationSource.update_or_create_from_instance(course_page)
    Translation.objects.create(source=source, target_locale=english, enabled=False)
    page = course_page.get_translation(english)
    client.force_login(admin)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = client.post(
        address, {"action": "publish"}, headers={"accept-language": "en"}
    )

    assert answer.headers["Location"] == address
    (told,) = get_messages(answer.wsgi_request)
    assert told.level_tag == "error"
    assert "is not translated here any more" in str(told)
    assert page.live_revision_id == Page.objects.get(pk=page.pk).live_revision_id
