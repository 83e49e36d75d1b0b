"""The tests of an invented past: whole, in order, and such that a gain is seen."""

from datetime import timedelta
from random import Random

import pytest

from certificates.region.stories import Story, tell
from courses.gain import facts
from courses.gain.figures import figures_of
from courses.models import Activity, Attempt, Completion, Question, QuizPage
from courses.questions.rules import is_complete
from tests.factories import NOON, PersonFactory, in_both, make_edition

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ANCHORS = ["C1-F-single", "C1-F-truefalse"]


@pytest.fixture
def edition(course_page):
    in_both(
        course_page,
        QuizPage,
        title="Prueba previa",
        slug="prueba-previa",
        summary="Resumen",
        purpose=QuizPage.Purpose.PRETEST,
    )
    Question.objects.filter(code__in=ANCHORS).update(anchor=True)
    return make_edition(course_page, at=NOON - 300 * DAY)


@pytest.fixture
def told(edition):
    """Forty who passed, the second half after a try; five who only enrolled."""
    people = PersonFactory.create_batch(45)
    start = NOON - 60 * DAY
    stories = [
        Story(one, edition, start, NOON - DAY, 1, failed=number % 2, passed=True)
        for number, one in enumerate(people[:40])
    ] + [Story(one, edition, start, start, 0) for one in people[40:]]
    tell(stories, dice=Random(5))
    return edition


def test_most_take_the_pretest_before_their_first_lesson(told):
    pretests = Attempt.objects.filter(activity__kind=Activity.Kind.PRETEST)

    assert 20 < pretests.count() < 40
    for attempt in pretests:
        done = Completion.objects.filter(enrolment=attempt.enrolment).order_by("at")
        assert done[0].activity_id == attempt.activity_id
        assert done[0].at == attempt.submitted_at
        assert attempt.enrolment.enrolled_at < attempt.started_at < attempt.submitted_at
        assert {one.version.question.code for one in attempt.items.all()} == {*ANCHORS}


def test_answers_are_whole_and_add_up(told):
    attempts = list(Attempt.objects.prefetch_related("items__version"))

    assert len(attempts) > 80
    for attempt in attempts:
        items = attempt.items.all()
        assert sum(item.points for item in items) == attempt.points
        assert all(is_complete(item.version.document, item.answer) for item in items)


def test_the_past_shows_a_gain(told):
    shown = figures_of(
        facts.all_attempts(), course=told.course, track="", until=NOON, language="es"
    )

    assert shown.together.people > 20
    assert shown.together.after > shown.together.before
