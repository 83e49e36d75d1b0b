"""The small form of `bin/bench pages`: how often each page asks, never how long."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.bench.content import ASKED, write_copy
from courses.bench.quiz import AT_MOST, requests_to_the_grade
from courses.loader.library import read_library
from courses.loader.questions import read_questions
from courses.loader.reasons import Reasons
from courses.models import Completion, ModulePage
from tests.factories import (
    EnrolmentFactory,
    make_course_page,
    make_edition,
    make_question,
)

LESSON = "/es/trata/modulo-uno/leccion-1/"
MY_LEARNING = "/es/my-learning/"
WHO = 2  # queries: the session, and the person


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def queries(as_ana):
    """Return a function that counts what a warm request asks."""

    def count(path, form=None):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = as_ana.get(path) if form is None else as_ana.post(path, form)
        assert answer.status_code in {200, 302}
        return len(asked)

    return count


def test_a_lesson_asks_for_the_reader_and_their_ticks(queries, enrolment):
    queries(LESSON)

    assert queries(LESSON) == WHO + 1


def test_my_learning_asks_the_same_for_two_courses_as_for_one(queries, ana, enrolment):
    queries(MY_LEARNING)

    for_one = queries(MY_LEARNING)
    another = make_edition(make_course_page(code="C2", slug="c2"))
    EnrolmentFactory(learner=ana, edition=another)
    queries(MY_LEARNING)

    assert for_one == queries(MY_LEARNING) == WHO + 3


def test_finishing_a_lesson_asks_six_times_and_records_it(
    queries, enrolment, activities
):
    first, second = (
        reverse("finish_lesson", args=[activities[name].pk])
        for name in ("lesson-1", "lesson-2")
    )
    queries(first, {})

    # The lesson, the enrolment, a lock, the row, what is done by now, the next step;
    # and in a test the transaction is a savepoint, which is set and released.
    assert queries(second, {}) == WHO + 6 + 2
    assert Completion.objects.count() == 2


def test_a_quiz_of_twenty_is_graded_within_seven_requests(as_ana, ana, db):
    course_page = make_course_page(draw=ASKED)
    module = ModulePage.objects.descendant_of(course_page).get()
    for number in range(ASKED):
        make_question(module.translation_key, code=f"LONG-{number}")
    enrolment = EnrolmentFactory(learner=ana, edition=make_edition(course_page))

    def send(request):
        answer = (
            as_ana.get(request.path)
            if request.form is None
            else as_ana.post(request.path, request.form)
        )
        return answer.status_code, answer.get("Location", "")

    requests = requests_to_the_grade(enrolment, send, cookies={})

    assert requests == AT_MOST == 7


@pytest.mark.parametrize("number", [0, 7])
def test_the_courses_of_the_bench_are_fit_to_be_loaded(tmp_path, number):
    reasons = Reasons()

    write_copy(tmp_path / "courses" / "copy", number)

    (course,) = read_library(tmp_path, reasons=reasons).courses
    questions = read_questions(
        tmp_path / "courses" / "copy", root=tmp_path, course=course, reasons=reasons
    )
    reasons.stop_if_any()
    assert len([q for q in questions if q.facts["use"] == "final"]) >= ASKED
