"""No answer key reaches a page before its policy says so."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Attempt, Question
from tests.courses.answering import RIGHT, begin, hand_in, text, turn_the_key, url
from tests.factories import right_answer, wrong_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def attempt(enrolment, activities):
    return begin(enrolment, activities["final"])


def pages_of(client, attempt) -> str:
    """Return all that a learner is shown of an attempt, without what changes anyway."""
    paths = [url(attempt), url(attempt, "review/"), url(attempt, language="es")]
    pages = [text(client.get(path, follow=True)) for path in paths]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", "".join(pages))


def changes_with_the_key(client, attempt) -> bool:
    before = pages_of(client, attempt)
    turn_the_key()
    return pages_of(client, attempt) != before


def test_an_open_attempt_says_nothing_of_the_key(as_ana, attempt):
    as_ana.post(url(attempt), RIGHT | {"go": "stay"})

    assert "KEY" not in pages_of(as_ana, attempt)
    assert not changes_with_the_key(as_ana, attempt)


def test_a_refused_form_says_nothing_of_the_key(as_ana, attempt):
    response = as_ana.post(url(attempt), RIGHT | {"go": "x"})

    assert "KEY" not in text(response)


def test_a_failed_test_says_nothing_of_the_key_while_attempts_are_left(as_ana, attempt):
    hand_in(attempt, wrong_answer)

    assert "KEY" not in pages_of(as_ana, attempt)
    assert not changes_with_the_key(as_ana, attempt)


def test_the_key_is_told_once_passed(as_ana, attempt):
    hand_in(attempt, right_answer)

    page = text(as_ana.get(url(attempt)))

    assert page.count("KEY") == 10
    assert changes_with_the_key(as_ana, attempt)


def test_three_blank_hand_ins_tell_what_to_read_again_and_never_the_key(
    as_ana, enrolment, activities
):
    Question.objects.update(lesson=activities["lesson-2"].pk)
    for _number in range(3):
        last = begin(enrolment, activities["final"])
        as_ana.post(url(last, "submit/"))

    page = text(as_ana.get(url(last)))

    assert "You have used your attempts." in page
    assert "Objectives that went wrong, and lessons to read again" in page
    assert "Right answers and explanations are shown once you have passed" in page
    assert re.search(r'leccion-2-en/">1\.2 [^<]*</a></p><ul><li>Distinguir', page)
    assert "KEY" not in page
    assert not changes_with_the_key(as_ana, last)


def test_the_key_of_earlier_attempts_is_told_once_a_later_one_passed(
    as_ana, enrolment, activities
):
    first = hand_in(begin(enrolment, activities["final"]), wrong_answer)
    hand_in(begin(enrolment, activities["final"]))

    assert text(as_ana.get(url(first))).count("KEY") == 11


def test_the_key_is_not_told_while_the_last_attempt_is_open(
    as_ana, enrolment, activities
):
    earlier = hand_in(begin(enrolment, activities["final"]), wrong_answer)
    hand_in(begin(enrolment, activities["final"]), wrong_answer)
    last = begin(enrolment, activities["final"])

    page = pages_of(as_ana, earlier)

    assert "KEY" not in page
    assert f'<a href="{url(last)}">Go on with the attempt you began' in page
    assert "You have used your attempts" not in page


def test_the_key_is_not_told_while_a_new_set_may_be_taken(
    as_ana, enrolment, activities
):
    long_ago = timezone.now() - timedelta(days=8)
    for _number in range(3):
        last = begin(enrolment, activities["final"])
        Attempt.objects.filter(pk=last.pk).update(started_at=long_ago)
        hand_in(last, wrong_answer, at=long_ago)

    page = pages_of(as_ana, last)

    assert "3 attempts left." in page
    assert "KEY" not in page
