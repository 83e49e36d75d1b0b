"""Starting, answering, handing in: frozen at the start, graded once, by the server."""

from datetime import timedelta
from random import Random

import pytest

from courses import actions
from courses.models import Attempt, Completion, Edition, Enrolment, Question
from lms.refusals import Refused
from tests import factories
from tests.factories import right_answer, rival, wrong_answer

DAY = timedelta(days=1)


def start(enrolment, activity, at, **kwargs):
    return actions.start_attempt(enrolment, activity=activity, at=at, **kwargs)


def answer_all(attempt, at, *, answer=right_answer):
    actions.save_answers(
        attempt,
        answers={item.position: answer(item) for item in attempt.items.with_version()},
        at=at,
    )


def take(enrolment, activity, at, *, answer=right_answer):
    attempt = start(enrolment, activity, at)
    answer_all(attempt, at, answer=answer)
    return actions.submit_attempt(attempt, language="es", at=at)


def test_start_freezes_the_questions_their_order_and_the_mark(
    enrolment, activities, at
):
    attempt = start(enrolment, activities["final"], at, chance=Random(3))

    again = start(enrolment, activities["final"], at + DAY)

    assert again == attempt
    assert (attempt.number, attempt.pass_mark) == (1, 80)
    assert attempt.titles == {"es": "Prueba final", "en": "Prueba final (en)"}
    codes = [i.version.question.code for i in attempt.items.with_version()]
    assert sorted(codes) == sorted(f"C1-F-{kind}" for kind in factories.KINDS)


def test_start_that_comes_second_returns_the_first(enrolment, activities, at):
    first = Attempt(
        enrolment=enrolment,
        activity=activities["final"],
        number=1,
        titles={},
        pass_mark=80,
        started_at=at,
    )

    with rival(first):
        attempt = start(enrolment, activities["final"], at)

    assert attempt == first
    assert Attempt.objects.get() == first


def asked_in(enrolment, activity, at):
    attempt = take(enrolment, activity, at, answer=wrong_answer)
    return {item.version.question for item in attempt.items.with_version()}


def test_what_is_written_after_an_edition_comes_with_the_next_one(
    course_page, enrolment, activities, at
):
    final = activities["final"]
    before = asked_in(enrolment, final, at)
    new = factories.make_question(before.copy().pop().module)

    assert asked_in(enrolment, final, at + DAY) == before

    factories.make_edition(course_page, kind=Edition.Kind.CORRECTION, at=at + DAY)
    enrolment = Enrolment.objects.get()
    assert asked_in(enrolment, final, at + 2 * DAY) == before | {new}


def test_what_is_no_more_in_use_is_asked_in_no_edition(enrolment, activities, at):
    final = activities["final"]
    before = asked_in(enrolment, final, at)
    gone = before.pop()
    Question.objects.filter(pk=gone.pk).update(retired_at=at)

    assert asked_in(enrolment, final, at + DAY) == before


def test_an_edition_of_the_last_release_asks_what_there_is(enrolment, activities, at):
    enrolment.edition.questions.clear()
    module = Question.objects.filter(use=Question.Use.FINAL).first().module
    new = factories.make_question(module)

    assert new in asked_in(enrolment, activities["final"], at)


def test_a_check_on_the_way_asks_what_was_written_meanwhile(enrolment, activities, at):
    module = Question.objects.filter(use=Question.Use.PRACTICE).first().module
    new = factories.make_question(module, use=Question.Use.PRACTICE)

    assert new in asked_in(enrolment, activities["practice"], at)


def test_start_of_a_practice_asks_the_practice_questions_of_its_module(
    enrolment, activities, at
):
    attempt = start(enrolment, activities["practice"], at)

    codes = {i.version.question.code for i in attempt.items.with_version()}
    assert codes == {f"C1-P-{kind}" for kind in factories.KINDS}


def test_start_draws_as_many_as_the_edition_says(ana, at, course_page):
    course_page.draw = 2
    course_page.save_revision().publish()
    course_page.refresh_from_db()
    edition = factories.make_edition(course_page)
    enrolment = factories.EnrolmentFactory(learner=ana, edition=edition)

    attempt = start(enrolment, edition.activities.last().activity, at)

    assert attempt.items.count() == 2


def test_start_always_asks_what_was_asked_before_the_course(ana, at, course_page):
    course_page.draw = 1
    course_page.save_revision().publish()
    course_page.refresh_from_db()
    module = course_page.get_children().first().translation_key
    anchor = factories.make_question(module, anchor=True, code="C1-F-anchor")
    edition = factories.make_edition(course_page)
    enrolment = factories.EnrolmentFactory(learner=ana, edition=edition)

    attempt = start(enrolment, edition.activities.last().activity, at)

    assert [item.version.question for item in attempt.items.with_version()] == [anchor]


def test_a_second_attempt_asks_what_the_first_did_not(ana, at, course_page):
    course_page.draw = 2
    course_page.save_revision().publish()
    course_page.refresh_from_db()
    module = course_page.get_children().first().translation_key
    factories.make_question(module, anchor=True, code="C1-F-anchor")
    edition = factories.make_edition(course_page)
    enrolment = factories.EnrolmentFactory(learner=ana, edition=edition)
    final = edition.activities.last().activity

    asked = [
        {item.version.question.code for item in attempt.items.with_version()}
        for attempt in (
            take(enrolment, final, at + n * DAY, answer=wrong_answer) for n in range(3)
        )
    ]

    assert "C1-F-anchor" in asked[0]
    assert asked[0].isdisjoint(asked[1])
    assert asked[2].isdisjoint(asked[0] | asked[1])


def test_start_leaves_out_modules_that_the_track_need_not_do(
    bruno, course_page, edition, at
):
    module = course_page.get_children().first()
    rows = edition.activities.filter(module=module.translation_key)
    for row in rows:
        row.required_for = ["judge"]
        row.save()
    enrolment = factories.EnrolmentFactory(learner=bruno, edition=edition)

    with pytest.raises(Refused) as refusal:
        start(enrolment, edition.activities.last().activity, at)

    assert refusal.value.reasons == ["no-questions"]


def test_start_of_a_lesson_is_refused(enrolment, activities, at):
    with pytest.raises(Refused) as refusal:
        start(enrolment, activities["lesson-1"], at)

    assert refusal.value.reasons == ["not-in-this-edition"]


def test_start_after_leaving_is_refused(enrolment, activities, at):
    actions.withdraw(enrolment, at=at)
    enrolment.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        start(enrolment, activities["final"], at)

    assert refusal.value.reasons == ["enrolment-closed"]


def test_start_without_a_live_page_is_refused(enrolment, activities, course_page, at):
    pages = type(course_page).objects.get(pk=course_page.pk).get_children()
    for language in [pages, course_page.get_translations().get().get_children()]:
        language.get(translation_key=activities["final"].pk).unpublish()

    with pytest.raises(Refused) as refusal:
        start(enrolment, activities["final"], at)

    assert refusal.value.reasons == ["quiz-not-available"]


def test_retired_questions_are_not_asked(enrolment, activities, at):
    Question.objects.filter(code="C1-F-single").update(retired_at=at)

    attempt = start(enrolment, activities["final"], at)

    assert attempt.items.count() == 4


def test_submit_grades_once_and_completes_what_is_passed(enrolment, activities, at):
    attempt = start(enrolment, activities["final"], at)
    answer_all(attempt, at)

    first = actions.submit_attempt(attempt, language="es", at=at)
    again = actions.submit_attempt(
        Attempt.objects.get(pk=attempt.pk), language="es", at=at + DAY
    )

    assert (first.points, first.out_of, first.passed) == (5, 5, True)
    assert (again.submitted_at, again.points) == (at, 5)
    assert [c.activity for c in Completion.objects.all()] == [activities["final"]]


def test_submit_of_a_failed_final_test_completes_nothing(enrolment, activities, at):
    attempt = take(enrolment, activities["final"], at, answer=wrong_answer)

    assert (attempt.points, attempt.passed) == (0, False)
    assert Completion.objects.count() == 0


def test_submit_of_a_failed_practice_completes_it(enrolment, activities, at):
    attempt = take(enrolment, activities["practice"], at, answer=wrong_answer)

    assert attempt.passed is False
    assert Completion.objects.get().activity == activities["practice"]


def test_submit_without_answers_scores_nothing(enrolment, activities, at):
    attempt = start(enrolment, activities["final"], at)

    graded = actions.submit_attempt(attempt, language="es", at=at)

    assert (graded.points, graded.out_of, graded.passed) == (0, 5, False)


def test_submit_after_leaving_is_graded_but_completes_nothing(
    enrolment, activities, at
):
    attempt = start(enrolment, activities["final"], at)
    answer_all(attempt, at)
    actions.withdraw(enrolment, at=at)
    attempt = Attempt.objects.with_context().get(pk=attempt.pk)

    graded = actions.submit_attempt(attempt, language="es", at=at)

    assert graded.passed is True
    assert Completion.objects.count() == 0


def test_submit_of_a_question_edited_meanwhile_is_graded_as_asked(
    enrolment, activities, at
):
    attempt = start(enrolment, activities["final"], at)
    item = next(
        i
        for i in attempt.items.with_version()
        if i.version.document["type"] == "single"
    )
    question = item.version.question
    actions.save_question(
        question.pk,
        document=item.version.document | {"correct": ["a"]},
        facts={"code": question.code},
        by=None,
        at=at,
    )
    answer_all(attempt, at)

    assert actions.submit_attempt(attempt, language="es", at=at).points == 5


def test_a_passed_final_test_is_not_started_again(enrolment, activities, at):
    take(enrolment, activities["final"], at)

    with pytest.raises(Refused) as refusal:
        start(enrolment, activities["final"], at)

    assert refusal.value.reasons == ["already-passed"]


def test_three_attempts_then_a_new_set_after_seven_days(enrolment, activities, at):
    for _time in range(3):
        take(enrolment, activities["final"], at, answer=wrong_answer)

    with pytest.raises(Refused) as refusal:
        start(enrolment, activities["final"], at + 6 * DAY)

    assert refusal.value.reasons == ["no-attempts-left"]
    assert start(enrolment, activities["final"], at + 7 * DAY).number == 4


def test_leaving_and_coming_back_gives_no_new_attempts(
    ana, enrolment, activities, course, at
):
    for _time in range(3):
        take(enrolment, activities["final"], at, answer=wrong_answer)
    actions.withdraw(enrolment, at=at)
    again = actions.enrol(ana, course=course, at=at)

    with pytest.raises(Refused) as refusal:
        start(again, activities["final"], at)

    assert refusal.value.reasons == ["no-attempts-left"]


def test_practice_has_no_limit(enrolment, activities, at):
    for _time in range(5):
        take(enrolment, activities["practice"], at, answer=wrong_answer)

    assert start(enrolment, activities["practice"], at).number == 6


def test_save_keeps_drafts_and_changes(enrolment, activities, at):
    attempt = start(enrolment, activities["final"], at)

    first = attempt.items.with_version().first()
    draft = {} if first.version.document["type"] == "matching" else []
    actions.save_answers(attempt, answers={1: draft}, at=at)
    answer_all(attempt, at + DAY)

    items = attempt.items.with_version()
    assert [i.answer for i in items] == [right_answer(i) for i in items]
    assert {i.answered_at for i in items} == {at + DAY}


def test_save_of_one_bad_answer_keeps_nothing(enrolment, activities, at):
    attempt = start(enrolment, activities["final"], at)
    good = attempt.items.with_version().first()

    with pytest.raises(Refused) as refusal:
        actions.save_answers(
            attempt,
            answers={1: right_answer(good), 2: ["nothing-like-it"], 99: []},
            at=at,
        )

    assert refusal.value.reasons == ["2:unknown-option", "99:unknown-question"]
    assert [i.answer for i in attempt.items.all()] == [None] * 5


def test_save_after_handing_in_is_refused(enrolment, activities, at):
    attempt = take(enrolment, activities["final"], at, answer=wrong_answer)
    before = [i.answer for i in attempt.items.all()]

    with pytest.raises(Refused) as refusal:
        answer_all(attempt, at)

    assert refusal.value.reasons == ["attempt-closed"]
    assert [i.answer for i in attempt.items.all()] == before


def test_passing_after_the_lessons_completes_the_course(enrolment, activities, at):
    for lesson in ("lesson-1", "lesson-2"):
        actions.complete_activity(
            enrolment, activity=activities[lesson], language="es", revision=1, at=at
        )

    take(enrolment, activities["final"], at + DAY)

    assert Enrolment.objects.get().completed_at == at + DAY
