"""A lesson is pending until a named reviewer signs the text that is published."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.urls import reverse

from courses.actions import sign_review
from courses.models import LessonPage, Review, Reviewer
from lms.refusals import Refused
from tests.factories import NOON, PersonFactory

LESSON = "/en/trata-en/modulo-uno-en/leccion-1-en/"
PENDING = "Waiting for a review by a trainer in the fight against trafficking."
SIGNED = "Reviewed by a trainer in the fight against trafficking on 2 November 2026."


@pytest.fixture
def elena(db):
    """Elena edits and publishes courses."""
    elena = PersonFactory(email="elena@example.org", legal_name="Elena Rivas")
    elena.groups.add(Group.objects.get(name="Moderators"))
    return elena


@pytest.fixture
def lesson(edition):
    return LessonPage.objects.get(slug="leccion-1-en")


@pytest.fixture
def address(lesson):
    return reverse("sign_review", args=[lesson.pk])


def test_lesson_is_pending_until_it_is_signed(client, lesson, elena):
    before = client.get(LESSON).text
    sign_review(lesson, by=elena, at=NOON)
    caches["pages"].clear()
    after = client.get(LESSON).text

    assert PENDING in before
    assert SIGNED in after
    assert elena.legal_name not in after


def test_signature_stands_for_one_language_and_one_text(client, lesson, elena):
    sign_review(lesson, by=elena, at=NOON)
    lesson.summary = "Otro resumen"
    lesson.save_revision().publish()

    spanish = client.get("/es/trata/modulo-uno/leccion-1/").text

    assert PENDING in client.get(LESSON).text
    assert "revisión" in spanish


def test_sign_review_twice_keeps_the_first_signature(lesson, elena, admin):
    first = sign_review(lesson, by=elena, at=NOON)

    assert sign_review(lesson, by=admin, at=NOON) == first
    assert Review.objects.get().by == elena
    assert first.reviewer == Reviewer.ANTI_TRAFFICKING


def test_sign_review_refuses_a_text_with_unpublished_changes(lesson, elena):
    lesson.summary = "Otro resumen"
    lesson.save_revision()
    lesson.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        sign_review(lesson, by=elena, at=NOON)

    assert refusal.value.reasons == ["has-drafts"]


def test_editor_signs_from_the_page_they_edit(client, lesson, elena, address):
    client.force_login(elena)

    edited = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    asked = client.get(address)
    signed = client.post(address)

    assert address in edited.text
    assert asked.status_code == 200
    assert signed.url == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert Review.objects.get().revision == lesson.live_revision_id
    assert elena.legal_name in client.get(address).text


def test_sign_review_view_says_why_not(client, lesson, elena, address):
    lesson.summary = "Otro resumen"
    lesson.save_revision()
    client.force_login(elena)

    answer = client.post(address)

    assert answer.status_code == 409
    assert not Review.objects.exists()


def test_learner_may_not_sign(client, ana, address):
    client.force_login(ana)

    answer = client.post(address)

    assert answer.status_code in {302, 403}
    assert not Review.objects.exists()
