"""Opening an edition: frozen, refused with reasons, in three kinds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Page

from courses import actions
from courses.models import (
    Activity,
    Course,
    CoursePage,
    Edition,
    LessonPage,
    Question,
    QuestionVersion,
    QuizPage,
)
from courses.outline import outline
from lms.people.choices import Track
from lms.refusals import Refused
from tests import factories

DAY = timedelta(days=1)


def lesson_of(course_page, slug="leccion-1"):
    return LessonPage.objects.descendant_of(course_page).get(slug=slug)


def test_make_identity_gives_course_and_activities_the_key_of_their_pages(course_page):
    lesson = lesson_of(course_page)

    assert Course.objects.get().pk == course_page.translation_key
    activity = Activity.objects.get(pk=lesson.translation_key)
    assert (activity.course_id, activity.kind) == (
        course_page.translation_key,
        "lesson",
    )


def test_make_identity_of_a_page_that_is_no_activity_makes_nothing(course_page):
    before = Activity.objects.count()

    actions.make_identity(course_page.get_parent())

    assert Activity.objects.count() == before


def test_open_edition_freezes_texts_order_rules_and_revisions(course_page, at):
    edition = factories.make_edition(course_page)

    rows = list(edition.activities.all())
    assert edition.label == "2026-1 v1"
    assert edition.titles == {"es": "Curso C1", "en": "Curso C1 (en)"}
    assert (edition.pass_mark, edition.attempts_allowed, edition.wait_days) == (
        80,
        3,
        7,
    )
    assert [row.number for row in rows] == ["1.1", "1.2", "1.3", "2"]
    assert rows[0].titles == {"es": "Lección 1", "en": "Lección 1 (en)"}
    assert rows[0].revisions == {
        "es": lesson_of(course_page).live_revision_id,
        "en": LessonPage.objects.get(slug="leccion-1-en").live_revision_id,
    }
    assert [len(row.required_for) for row in rows] == [4, 4, 0, 4]
    assert [row.minutes_for("judge") for row in rows] == [2, 2, 5, 5]
    assert edition.minutes["judge"] == 9


def test_open_edition_is_refused_while_a_required_page_has_a_draft(course_page):
    lesson = lesson_of(course_page)
    lesson.title = "Otro título"
    lesson.save_revision()

    with pytest.raises(Refused) as refusal:
        factories.make_edition(course_page)

    assert refusal.value.reasons == ["draft:Lección 1"]
    assert Edition.objects.count() == 0


def test_open_edition_is_refused_where_a_language_is_missing(course_page):
    LessonPage.objects.get(slug="leccion-1-en").delete()

    with pytest.raises(Refused) as refusal:
        factories.make_edition(course_page)

    assert refusal.value.reasons == ["untranslated:Lección 1"]


def test_open_edition_is_refused_without_lessons_and_final_test(course_page):
    for model in (QuizPage, LessonPage):
        for page in model.objects.all():
            page.unpublish()

    with pytest.raises(Refused) as refusal:
        factories.make_edition(course_page)

    assert refusal.value.reasons == ["nothing-required", "no-final-test"]


@pytest.mark.parametrize(
    ("purpose", "reasons"),
    [
        ("final", ["second-final:Otra prueba"]),
        ("pretest", ["second-pretest:Otra prueba"]),
    ],
)
def test_open_edition_is_refused_with_two_tests_of_a_kind(
    course_page, purpose, reasons
):
    """None can be published any more; a course of before may have them."""
    facts = {"summary": "Resumen", "purpose": "pretest"}
    if purpose == "pretest":
        factories.in_both(course_page, QuizPage, title="Una", slug="una", **facts)
        QuizPage.objects.filter(title__startswith="Una").update(purpose="practice")
    factories.in_both(course_page, QuizPage, title="Otra prueba", slug="otra", **facts)
    QuizPage.objects.filter(title__startswith="Una").update(purpose=purpose)
    QuizPage.objects.filter(title__startswith="Otra").update(purpose=purpose)

    with pytest.raises(Refused) as refusal:
        factories.make_edition(course_page)

    assert refusal.value.reasons == reasons
    assert not Edition.objects.exists()


def test_a_correction_is_a_new_version_that_takes_open_enrolments_along(
    course_page, enrolment, at
):
    corrected = factories.make_edition(
        course_page, at=at + DAY, kind=Edition.Kind.CORRECTION
    )

    enrolment.refresh_from_db()
    assert corrected.label == "2026-1 v2"
    assert enrolment.edition == corrected


def test_a_correction_that_drops_an_activity_is_refused(course_page, edition, at):
    lesson_of(course_page).unpublish()

    with pytest.raises(Refused) as refusal:
        factories.make_edition(course_page, at=at + DAY, kind=Edition.Kind.CORRECTION)

    assert refusal.value.reasons == ["correction-changes-activities"]


def test_a_correction_of_nothing_is_refused(course_page):
    with pytest.raises(Refused) as refusal:
        factories.make_edition(course_page, kind=Edition.Kind.CORRECTION)

    assert refusal.value.reasons == ["correction-changes-activities"]


def test_a_new_run_leaves_open_enrolments_where_they_are(course_page, enrolment, at):
    edition = enrolment.edition

    new = factories.make_edition(course_page, at=at + DAY)

    enrolment.refresh_from_db()
    assert new.label == "2026-2 v1"
    assert enrolment.edition == edition
    assert list(Edition.objects.current()) == [new]


def test_edition_does_not_change_when_pages_do(course_page, edition):
    before = list(edition.activities.values())
    lesson = lesson_of(course_page)
    lesson.title = "Otro título"
    lesson.save_revision().publish()
    course = CoursePage.objects.get(pk=course_page.pk)
    course.pass_mark = 50
    course.save_revision().publish()

    edition.refresh_from_db()

    assert edition.pass_mark == 80
    assert list(edition.activities.values()) == before


def test_identity_outlives_the_pages(course_page, edition):
    Page.objects.get(pk=course_page.pk).delete()

    assert Course.objects.count() == 1
    assert Activity.objects.count() == 4


def test_a_run_bears_the_year_of_its_day_in_guatemala(course_page):
    evening = datetime(2026, 12, 31, 19, tzinfo=ZoneInfo("America/Guatemala"))

    edition = actions.open_edition(
        course_page,
        kind=Edition.Kind.NEW_RUN,
        by=None,
        at=evening.astimezone(UTC),
    )

    assert edition.run.startswith("2026")


def _without_english(page, *, code):
    question = Question.objects.get(code=code)
    text = factories.document("single")
    text["stem"] = {"es": "Solo en español"}
    QuestionVersion.objects.create(
        question=question, number=2, document=text, made_at=factories.NOON
    )


@pytest.mark.parametrize(
    ("draw", "spoil", "word"),
    [
        (6, lambda page: None, "too-few-questions"),
        (5, lambda page: _without_english(page, code="C1-F-single"), "too-few"),
        (0, lambda page: Question.objects.update(retired_at=factories.NOON), "no-ques"),
    ],
)
def test_open_edition_is_refused_without_the_questions_of_the_final_test(
    course_page, draw, spoil, word
):
    CoursePage.objects.update(draw=draw)
    spoil(course_page)
    course_page.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        factories.make_edition(course_page)

    assert len(refusal.value.reasons) == len(Track.values)
    assert all(one.startswith(word) for one in refusal.value.reasons)
    assert refusal.value.reasons[0].endswith(f":Prueba final:{Track.values[0]}")
    assert not Edition.objects.exists()


def test_a_pretest_that_was_made_last_stands_first(course_page):
    facts = {"summary": "Resumen", "purpose": "pretest"}
    factories.in_both(course_page, QuizPage, title="Previa", slug="previa", **facts)

    edition = factories.make_edition(course_page)

    assert edition.activities.first().titles["es"] == "Previa"
    for language in ("es", "en"):
        entries = outline(edition.course_id, language)
        assert [entry.kind for entry in entries][:2] == ["pretest", "lesson"]
        assert [entry.number for entry in entries][:2] == ["", "1.1"]
