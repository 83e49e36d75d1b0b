"""Somebody hands in at the very moment at which a key is approved."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from courses.actions import save_answers, submit_attempt
from courses.correcting import actions
from tests.courses.answering import begin, hand_in
from tests.courses.correcting.conftest import answers
from tests.factories import NOON, EnrolmentFactory, PersonFactory


@pytest.mark.django_db
def test_a_test_that_is_open_stays_as_it_is_and_knows_the_new_key(
    proposed, pablo, edition, final
):
    attempt = begin(EnrolmentFactory(learner=PersonFactory(), edition=edition), final)
    saved_at = attempt.saved_at
    actions.approve_key(proposed, by=pablo, at=NOON)

    assert actions.grade_anew(proposed, at=NOON) == 0

    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.saved_at) == (None, saved_at)
    assert hand_in(attempt, answers(single=["c"])).points == 5


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="one writes at a time, in memory none waits"
)
@pytest.mark.django_db(transaction=True)
def test_what_is_handed_in_meanwhile_is_graded_by_the_new_key(
    proposed, pablo, edition, final
):
    attempt = begin(EnrolmentFactory(learner=PersonFactory(), edition=edition), final)
    answer, now = answers(single=["c"]), timezone.now()
    said = {item.position: answer(item) for item in attempt.items.with_version()}
    save_answers(attempt, answers=said, at=now)
    graded, go, failed = Event(), Event(), []

    def hand_in():
        with transaction.atomic():
            submit_attempt(attempt, language="es", at=now)
            graded.set()
            go.wait(timeout=30)

    def run(work):
        try:
            work()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    learner = Thread(target=run, args=[hand_in])
    learner.start()
    graded.wait(timeout=30)
    actions.approve_key(proposed, by=pablo, at=NOON)
    worker = Thread(target=run, args=[lambda: actions.grade_anew(proposed, at=NOON)])
    worker.start()
    worker.join(timeout=2)  # it waits for the learner; else it found nothing to grade
    go.set()
    learner.join(timeout=30)
    worker.join(timeout=30)

    attempt.refresh_from_db()
    assert (failed, attempt.points) == ([], 5)
