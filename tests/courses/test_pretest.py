"""The pre-test: asked once before the first lesson, without a word about the key."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import actions
from courses.models import Activity, Attempt, Question, QuizPage
from courses.outline import outline
from courses.progress import progress_of
from courses.results import results_of
from lms.refusals import Refused
from tests import factories
from tests.courses.answering import hand_in


@pytest.fixture
def course_page(db):
    """A course with a pre-test; two of its final questions are anchors."""
    page = factories.make_course_page()
    before = factories.in_both(
        page,
        QuizPage,
        title="Prueba previa",
        slug="prueba-previa",
        summary="Resumen",
        purpose=QuizPage.Purpose.PRETEST,
    )
    before.move(page, pos="first-child")
    english = before.get_translations().get()
    english.move(english.get_parent(), pos="first-child")
    codes = ["C1-F-single", "C1-F-truefalse"]
    Question.objects.filter(code__in=codes).update(anchor=True)
    return QuizPage.objects.get(pk=before.pk).get_parent().specific


@pytest.fixture
def activities(edition):
    rows = [row.activity for row in edition.activities.select_related("activity")]
    names = ["pretest", "lesson-1", "lesson-2", "practice", "final"]
    return dict(zip(names, rows, strict=True))


@pytest.fixture
def pretest(activities):
    return activities["pretest"]


def start(enrolment, activity) -> Attempt:
    return actions.start_attempt(enrolment, activity=activity, at=timezone.now())


def finish(enrolment, activity):
    facts = {"language": "es", "revision": None, "at": timezone.now()}
    actions.complete_activity(enrolment, activity=activity, **facts)


def pass_the_course(enrolment, activities):
    for name in ("lesson-1", "lesson-2"):
        finish(enrolment, activities[name])
    return hand_in(start(enrolment, activities["final"]))


def test_pretest_asks_the_anchors_of_the_course(enrolment, pretest):
    attempt = start(enrolment, pretest)

    asked = {item.version.question.code for item in attempt.items.with_version()}
    assert asked == {"C1-F-single", "C1-F-truefalse"}


def test_pretest_is_recommended_to_everybody_and_required_of_nobody(edition, pretest):
    row = edition.activities.get(activity=pretest)

    assert pretest.kind == Activity.Kind.PRETEST
    assert (row.number, row.minutes_for("opi")) == ("", 2)
    assert row.required_for == []
    assert row.recommended_for == ["judge", "prosecutor", "opi", "other"]


def test_pretest_comes_first_and_is_forgotten_after_the_first_lesson(
    enrolment, activities
):
    before = progress_of(enrolment, language="es").next
    finish(enrolment, activities["lesson-1"])
    after = progress_of(enrolment, language="es").next

    assert before.key == activities["pretest"].pk
    assert after.key == activities["lesson-2"].pk


def test_enrolment_leads_to_the_first_lesson_which_offers_the_pretest(
    client, ana, activities, course
):
    entries = {entry.key: entry for entry in outline(course.pk, "es")}
    lesson, pretest = (entries[activities[n].pk] for n in ("lesson-1", "pretest"))
    offer = f'<a class="button secondary" href="{pretest.url}">'
    stranger = client.get(lesson.url).text
    client.force_login(ana)

    enrolled = client.post(reverse("enrol", args=[course.pk]))
    first = client.get(enrolled["Location"]).text
    client.post(reverse("finish_lesson", args=[lesson.key]))
    later = client.get(lesson.url).text

    assert enrolled["Location"] == lesson.url
    assert [offer in page for page in (stranger, first, later)] == [False, True, False]


def test_pretest_that_was_passed_over_is_not_offered_at_the_end(
    client, ana, enrolment, activities, course
):
    finish(enrolment, activities["lesson-1"])
    entries = {entry.key: entry for entry in outline(course.pk, "es")}
    client.force_login(ana)

    answer = client.get(entries[activities["final"].pk].url)

    assert answer.context["next"].key == activities["lesson-2"].pk


def test_course_page_goes_on_with_a_lesson_once_one_is_finished(
    client, ana, enrolment, activities
):
    client.force_login(ana)

    before = client.get("/en/trata-en/")
    finish(enrolment, activities["lesson-1"])
    after = client.get("/en/trata-en/")

    assert before.context["next"].key == activities["pretest"].pk
    assert after.context["next"].key == activities["lesson-2"].pk
    assert "Continue with 1.2" in after.text


def test_pretest_is_taken_once(enrolment, pretest):
    hand_in(start(enrolment, pretest))

    with pytest.raises(Refused) as refusal:
        start(enrolment, pretest)

    assert refusal.value.reasons == ["no-attempts-left"]


def test_pretest_is_refused_after_a_lesson(client, ana, enrolment, activities):
    finish(enrolment, activities["lesson-1"])
    client.force_login(ana)

    answer = client.post(
        reverse("start_attempt", args=[activities["pretest"].pk]),
        headers={"accept-language": "en"},
    )

    assert answer.status_code == 409
    assert not Attempt.objects.exists()


def test_pretest_gives_no_certificate_and_closes_nothing(enrolment, activities):
    hand_in(start(enrolment, activities["pretest"]))

    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    assert start(enrolment, activities["final"]).is_open


def test_pretest_tells_neither_key_nor_score_until_the_final_test_is_passed(
    client, ana, enrolment, activities
):
    attempt = hand_in(start(enrolment, activities["pretest"]))
    client.force_login(ana)

    answer = client.get(f"/en/attempts/{attempt.pk}/")

    results = results_of(attempt, language="en", at=timezone.now())
    assert not results.released
    assert results.lessons == set()
    assert "KEY" not in answer.text
    assert "answered 2" not in answer.text
    page = client.get(f"/en/learn/enrolments/{enrolment.pk}/").text
    assert "handed in on" in page
    assert "2 of 2, on" not in page


def test_pretest_tells_what_was_known_once_the_final_test_is_passed(
    client, ana, enrolment, activities
):
    attempt = hand_in(start(enrolment, activities["pretest"]))
    pass_the_course(enrolment, activities)
    client.force_login(ana)

    answer = client.get(f"/en/attempts/{attempt.pk}/")

    assert "Before the course you answered 2 of 2 right." in answer.text
    assert answer.text.count("KEY") > 0


def test_pretest_page_offers_to_skip_it(client, ana, enrolment, activities, course):
    entries = {entry.key: entry for entry in outline(course.pk, "en")}
    client.force_login(ana)

    answer = client.get(entries[activities["pretest"].pk].url)

    assert "Skip it and go to 1.1" in answer.text
    assert entries[activities["lesson-1"].pk].url in answer.text


def test_pretest_is_told_where_an_older_edition_has_two_final_tests(
    client, ana, enrolment, activities
):
    attempt = hand_in(start(enrolment, activities["pretest"]))
    second = Activity.objects.create(pk=uuid4(), course=enrolment.course, kind="final")
    enrolment.edition.activities.create(
        activity=second, position=99, number="9", titles={"es": "Otra"}
    )
    pass_the_course(enrolment, activities)
    client.force_login(ana)

    answer = client.get(f"/en/attempts/{attempt.pk}/")

    assert answer.status_code == 200
    assert not results_of(attempt, language="en", at=timezone.now()).released


def test_an_anchor_written_after_an_edition_is_asked_in_the_next_one(
    enrolment, pretest
):
    module = Question.objects.get(code="C1-F-single").module
    factories.make_question(module, anchor=True)

    attempt = start(enrolment, pretest)

    codes = {item.version.question.code for item in attempt.items.with_version()}
    assert codes == {"C1-F-single", "C1-F-truefalse"}


def test_an_anchor_that_no_final_test_asks_is_kept_as_well(course_page):
    practice = Question.objects.filter(use=Question.Use.PRACTICE).first()
    Question.objects.filter(pk=practice.pk).update(anchor=True)

    edition = factories.make_edition(course_page)

    assert edition.questions.contains(practice)
