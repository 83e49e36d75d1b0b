"""What nobody can have read is told to the trainer, and what somebody can is not."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from courses.following.pace import attempt_is_hurried, hurried, lessons_are_hurried
from courses.models import Activity, Attempt, Completion, LessonPage
from tests.courses.answering import begin, hand_in
from tests.factories import NOON, EnrolmentFactory, in_both, lesson_body

SECOND = timedelta(seconds=1)


def at(*seconds: int) -> list:
    return [NOON + second * SECOND for second in seconds]


@pytest.mark.parametrize(
    ("moments", "minutes", "found"),
    [
        (at(0, 5, 24), [10, 10, 10], True),  # 24 s of twenty minutes: a fiftieth
        (at(0, 5, 25), [10, 10, 10], False),
        (at(0, 1), [30, 30], False),  # of two nothing is said
        (at(0, 600, 1200), [10, 10, 10], False),
    ],
)
def test_lessons_one_after_another(moments, minutes, found):
    assert lessons_are_hurried(moments, minutes) is found


@pytest.mark.parametrize(("seconds", "found"), [(99, True), (100, False)])
def test_a_thousand_words(seconds, found):
    assert attempt_is_hurried(seconds * SECOND, 1000) is found


def of_kind(edition, kind) -> list[Activity]:
    rows = edition.activities.select_related("activity").filter(activity__kind=kind)
    return [row.activity for row in rows]


def told(enrolment) -> list[str]:
    with override("en"):
        found = hurried(
            Completion.objects.filter(enrolment=enrolment),
            Attempt.objects.filter(enrolment=enrolment),
            language="en",
        )
    return [one.sentence for one in found]


@pytest.mark.django_db
def test_a_test_is_timed_by_what_was_answered(ana, edition):
    enrolment = EnrolmentFactory(learner=ana, edition=edition)
    final = of_kind(edition, Activity.Kind.FINAL)[0]
    attempt = begin(enrolment, final)
    hand_in(attempt, at=attempt.started_at + SECOND)

    assert told(enrolment) == [
        "Prueba final (en): 5 questions of 47 words were answered and handed in within "
        "1 second."
    ]

    attempt.items.update(answer=None)
    assert told(enrolment) == []


@pytest.mark.django_db
def test_lessons_are_timed_by_their_minutes(ana, edition, course_page):
    enrolment = EnrolmentFactory(learner=ana, edition=edition)
    pages = LessonPage.objects.descendant_of(course_page)
    module = pages.first().get_parent()
    other = in_both(
        module.specific,
        LessonPage,
        title="Otra",
        slug="otra",
        summary="Resumen",
        objectives=[{"type": "point", "value": "Distinguir"}],
        body=lesson_body("otra"),
    )
    third = Activity.objects.get(pk=other.translation_key)
    LessonPage.objects.update(minutes=10)
    lessons = [*of_kind(edition, Activity.Kind.LESSON), third]
    for number, lesson in enumerate(lessons):
        Completion.objects.create(
            enrolment=enrolment,
            activity=lesson,
            at=NOON + number * SECOND,
            language="es",
        )

    sentence = "3 lessons that take 30 minutes to read were finished within 2 seconds."
    assert told(enrolment) == [sentence]
