"""Choices that come late, twice, in any order or never: the newest that came stands."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses import actions
from courses.actions import keep_choices
from courses.models import AnswerOperation, Attempt
from courses.questions.operations import choice_of
from courses.tasks import forget_operations
from lms.people.kept import kept_about
from tests.courses.answering import begin, hand_in, kept
from tests.factories import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DEVICES = [UUID(int=1), UUID(int=2)]


@pytest.fixture
def attempt(enrolment, activities):
    attempt = begin(enrolment, activities["final"])
    attempt.started_at = NOON
    attempt.save()
    return attempt


def chosen(place="1", *, age=0, position=1, device=DEVICES[0], number=1, key=None):
    return choice_of(
        {
            "key": str(key or uuid4()),
            "device": str(device),
            "number": number,
            "position": position,
            "answer": [place],
            "age": age,
        }
    )


def keep(attempt, *choices, at=NOON + HOUR):
    answered = keep_choices(attempt, choices=choices, at=at)
    return [answered[choice.key].outcome for choice in choices]


def first(attempt):
    return attempt.items.get(position=1)


def test_a_choice_is_kept_once_and_answered_as_at_first(attempt):
    one, other = chosen("1", age=10), chosen("2", age=5)

    told = [keep(attempt, one), keep(attempt, other), keep(attempt, one, one)]

    assert told == [["saved"], ["saved"], ["saved", "saved"]]
    assert first(attempt).answer == ["b"]
    assert AnswerOperation.objects.count() == 2


def test_of_two_choices_the_newer_stands_whichever_comes_first(attempt):
    newer, older = chosen("2", age=5), chosen("1", age=5.5)

    assert keep(attempt, newer) + keep(attempt, older) == ["saved", "older"]
    assert first(attempt).answer == ["b"]
    assert first(attempt).answered_at == NOON + HOUR - timedelta(seconds=5)


def test_a_choice_is_made_neither_tomorrow_nor_before_the_attempt_began(attempt):
    keep(attempt, chosen(age=-3600))
    latest = first(attempt).answered_at
    keep(attempt, chosen(age=10**400, position=3))

    assert latest == NOON + HOUR
    assert attempt.items.get(position=3).answered_at == NOON


@pytest.mark.parametrize(
    ("device", "number", "told"),
    [(0, 1, "older"), (0, 3, "saved"), (1, 1, "saved")],
)
def test_of_one_moment_the_device_and_its_number_decide(attempt, device, number, told):
    keep(attempt, chosen("1", number=2))

    later = chosen("2", device=DEVICES[device], number=number)

    assert keep(attempt, later) == [told]


def test_a_form_is_a_choice_of_now(attempt):
    keep(attempt, chosen("1"))
    actions.save_answers(attempt, answers={1: ["b"]}, at=NOON + 2 * HOUR)

    late = keep(attempt, chosen("3", age=3601), at=NOON + 3 * HOUR)
    new = keep(attempt, chosen("3", age=3599), at=NOON + 3 * HOUR)

    assert late + new == ["older", "saved"]


def test_a_form_that_says_nothing_keeps_out_no_choice_of_before(attempt):
    actions.save_answers(attempt, answers={2: []}, at=NOON + 2 * HOUR)

    assert keep(attempt, chosen("1", position=2, age=3601), at=NOON + 3 * HOUR) == [
        "saved"
    ]
    assert attempt.items.get(position=2).answer == ["a"]


def test_after_the_hand_in_nothing_is_taken_and_what_was_said_is_said_again(attempt):
    early, late = chosen("1"), chosen("2")
    keep(attempt, early)
    hand_in(attempt, at=NOON + 2 * HOUR)
    before = kept(attempt)

    assert keep(attempt, early, late, at=NOON + 3 * HOUR) == ["saved", "closed"]
    assert kept(attempt) == before
    assert AnswerOperation.objects.count() == 1


def test_what_was_refused_changes_neither_an_answer_nor_when_it_was_saved(attempt):
    keep(attempt, chosen("1"))
    attempt.refresh_from_db()

    told = keep(
        attempt,
        chosen("9"),
        chosen("1", position=99),
        chosen("1", age=7),
        at=NOON + DAY,
    )

    attempt.refresh_from_db()
    assert told == ["refused", "refused", "saved"]
    assert keep(attempt, chosen("9"), at=NOON + 2 * DAY) == ["refused"]
    assert first(attempt).answer == ["a"]
    assert Attempt.objects.get().saved_at == NOON + DAY


def test_queries_do_not_grow_with_the_choices(attempt, django_assert_num_queries):
    def some(number):
        return [chosen(position=1 + n % 3, number=n) for n in range(number)]

    with django_assert_num_queries(7):
        keep(attempt, chosen())
    with django_assert_num_queries(7):
        keep(attempt, *some(50))


moments = st.integers(0, 40)
sent = st.lists(
    st.tuples(moments, st.sampled_from(DEVICES), st.sampled_from("123")),
    min_size=1,
    max_size=12,
)


@pytest.mark.django_db
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(choices=sent, chance=st.randoms(use_true_random=False))
def test_whatever_is_dropped_repeated_or_reordered_the_newest_stands(
    attempt, choices, chance
):
    """A hundred runs of ten batches each: a thousand lines that are cut."""
    AnswerOperation.objects.all().delete()
    attempt.items.update(answer=None, answered_at=None, chosen_on=None)
    made = [
        (NOON + timedelta(seconds=second), device, number, place, uuid4())
        for number, (second, device, place) in enumerate(choices)
    ]
    came, told = set(), {}

    for batch in range(10):
        at = NOON + HOUR + batch * timedelta(minutes=1)
        picked = chance.choices(made, k=chance.randint(1, 6))
        answered = keep_choices(
            attempt,
            choices=[
                chosen(place, age=(at - moment).total_seconds(), **facts)
                for moment, device, number, place, key in picked
                for facts in [{"device": device, "number": number, "key": key}]
            ],
            at=at,
        )
        came.update(picked)
        for key, one in answered.items():
            assert told.setdefault(key, one) == one

    newest = max(came, key=lambda one: (one[0], str(one[1]), one[2]))
    assert first(attempt).answer == ["abc"[int(newest[3]) - 1]]


def test_when_choices_came_in_is_forgotten_a_month_after_the_hand_in(
    attempt, time_machine
):
    translation.activate("en")
    keep(attempt, chosen("1"))
    actions.submit_attempt(attempt, language="es", at=NOON + DAY)
    answers = kept(attempt)

    left = []
    for passed in (timedelta(days=31) - HOUR, timedelta(days=31)):
        time_machine.move_to(NOON + passed, tick=False)
        forget_operations.call()
        told = kept_about(attempt.enrolment.learner, language="en")
        says = [one.how_long for one in told if one.values == ["1 choice"]]
        left.append((says, first(attempt).chosen_on))

    month = "30 days after the test was handed in"
    assert left == [([month], DEVICES[0]), ([], None)]
    assert not AnswerOperation.objects.exists()
    assert kept(attempt) == answers
