"""Answers are counted once, in tens, and of first attempts alone."""

from datetime import timedelta
from itertools import count

import pytest
from django.db.models import Sum

from courses.analysis import actions
from courses.analysis.actions import line_of, tally_answers
from courses.models import Attempt, Tally
from courses.models.tallies import Alike, Counted, TallyQuerySet
from tests.courses.analysis.conftest import crowd, items_of, takes
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db


def told() -> dict[str, int]:
    rows = Tally.objects.values_list("version__question__code", "answer")
    return {
        f"{code} {answer}": people
        for code, answer, people in rows.annotate(sum=Sum("people"))
    }


def test_first_attempts_are_counted_once(tested):
    crowd(tested, 12)

    assert tally_answers(at=NOON) == 12
    assert tally_answers(at=NOON) == 0

    assert told() == {"A1 b": 12, "A9 a": 6, "A9 b": 6, "B1 b": 12, "B9 b": 12}
    row = Tally.objects.get(version__question__code="A9", answer="a")
    assert (row.total, row.out_of, row.points) == (3, 4, 0)
    assert (row.language, row.track) == ("es", "judge")
    assert set(Attempt.objects.values_list("counted_at", flat=True)) == {NOON}


def test_no_figure_moves_by_the_answers_of_fewer_than_ten(tested):
    crowd(tested, 12)
    tally_answers(at=NOON)
    crowd(tested, 9)

    assert tally_answers(at=NOON) == 0

    takes(tested, PersonFactory(track="judge"))
    assert tally_answers(at=NOON) == 10
    assert told()["A1 b"] == 22


def test_later_attempts_and_open_ones_are_not_counted(tested):
    attempts = crowd(tested, 12)
    for one in attempts:
        tested.answer(one.enrolment, tested.final, days=1, A1=0)
    Attempt.objects.filter(pk=attempts[0].pk).update(
        submitted_at=None, points=None, out_of=None, passed=None
    )

    assert tally_answers(at=NOON) == 11
    assert told()["A1 b"] == 11


def test_time_is_known_where_answers_came_one_by_one(tested):
    attempts = crowd(tested, 12)
    late = items_of(attempts[:1]).get(version__question__code="B9")
    late.answered_at += timedelta(hours=5)
    late.save()
    together = items_of(attempts[1:2])
    together.update(answered_at=attempts[1].started_at + timedelta(minutes=3))
    items_of(attempts[2:3]).update(answered_at=None)

    tally_answers(at=NOON)

    rows = Tally.objects.filter(version__question__code="B9")
    found = rows.aggregate(Sum("timed"), Sum("seconds"))
    # Ten at a minute each, and one who put it aside: ten minutes at most.
    assert found == {"timed__sum": 10, "seconds__sum": 9 * 60 + 600}


@pytest.mark.parametrize(
    ("kind", "answer", "line"),
    [
        ("single", None, ""),
        ("single", ["b"], "b"),
        ("multiple", ["c", "a"], "a c"),
        ("ordering", ["c", "", "a"], "c – a"),
        ("matching", {"2": "A", "1": "B"}, "1:B 2:A"),
    ],
)
def test_answers_that_say_the_same_are_one_line(kind, answer, line):
    assert line_of(kind, answer) == line


@pytest.fixture
def in_tens(monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 10)


PER_TEST, PER_BATCH = 2, 9  # queries, of which two open and close the transaction


@pytest.mark.parametrize("people", [10, 40])
def test_a_batch_asks_the_same_whatever_was_counted_before(
    tested, in_tens, people, django_assert_num_queries
):
    crowd(tested, people)

    with django_assert_num_queries(PER_TEST + PER_BATCH * people // 10):
        tally_answers(at=NOON)


def test_what_was_stopped_between_batches_goes_on_and_counts_nothing_twice(
    tested, in_tens, monkeypatch
):
    crowd(tested, 20)
    batches = count()
    with monkeypatch.context() as patch:
        add = TallyQuerySet.add
        patch.setattr(
            TallyQuerySet,
            "add",
            lambda *asked: add(*asked) if next(batches) == 0 else 1 / 0,
        )
        with pytest.raises(ZeroDivisionError):
            tally_answers(at=NOON)
    assert told()["A1 b"] == 10

    assert tally_answers(at=NOON) == 10

    assert told() == {"A1 b": 20, "A9 a": 10, "A9 b": 10, "B1 b": 20, "B9 b": 20}


def test_tallies_are_added_to_what_was_counted_before(tested):
    version = tested.questions["A1"].versions.get().pk
    alike = Alike(version, "es", "judge", 4, 4, "b", 1)

    for people in (3, 4):
        one = Counted(people, people, 60 * people)
        Tally.objects.add(tested.final.pk, {alike: one})

    row = Tally.objects.get()
    assert (row.people, row.timed, row.seconds) == (7, 7, 420)


def test_one_answer_may_have_earned_a_point_or_none(tested):
    """Whoever was right by a key that was corrected keeps the point."""
    attempts = crowd(tested, 10)
    kept = items_of(attempts).filter(version__question__code="A9", answer=["a"])
    kept.filter(attempt=attempts[1]).update(points=1)

    tally_answers(at=NOON)

    rows = Tally.objects.filter(version__question__code="A9", answer="a")
    assert sorted(rows.values_list("points", "people")) == [(0, 4), (1, 1)]
