"""A loaded site, its edition and an open attempt; then new items are loaded."""

from copy import deepcopy
from uuid import uuid4

from django.forms import model_to_dict

from courses.actions import start_attempt, submit_attempt
from courses.models import Activity, Edition, Question
from tests.courses.loader import small
from tests.factories import NOON, EnrolmentFactory, PersonFactory


def attempt_at(edition: Edition):
    enrolment = EnrolmentFactory(learner=PersonFactory(), edition=edition)
    final = Activity.objects.get(pk=small.FINAL)
    return start_attempt(enrolment, activity=final, at=NOON)


def asked_in(attempt) -> set[tuple[str, int]]:
    """Return the codes of what an attempt asks, and which version of each."""
    rows = attempt.items.values_list("version__question__code", "version__number")
    return set(rows)


def frozen(edition: Edition) -> tuple:
    return model_to_dict(edition), list(edition.activities.order_by("pk").values())


def write_anew(folder) -> None:
    """The old item says something else now, its key too; and there is another one."""
    changed, new = deepcopy(small.A_QUESTION), deepcopy(small.A_QUESTION)
    changed["document"] |= {"stem": {"es": "¿Y hoy?", "en": "Now?"}, "correct": ["b"]}
    new |= {"uuid": str(uuid4()), "code": "S1-Q2"}
    small.write_questions(folder, [changed, new])
    for language in ("es", "en"):
        small.change(
            folder, f"courses/small/9-final-test.{language}.md", "draw: 1", "draw: 2"
        )


def test_new_items_come_with_an_edition_and_what_was_begun_stays(load_again, folder):
    old = Edition.objects.get()
    begun, before = attempt_at(old), frozen(old)
    assert asked_in(begun) == {("S1-Q1", 1)}
    write_anew(folder)

    report = load_again(edition=Edition.Kind.NEW_RUN)

    assert (report.questions.new, report.questions.changed) == (1, 1)
    old.refresh_from_db()
    assert frozen(old) == before
    begun.refresh_from_db()
    assert asked_in(begun) == {("S1-Q1", 1)}
    begun.items.update(answer=["a"])
    assert submit_attempt(begun, language="es", at=NOON).points == 1
    new = Edition.objects.exclude(pk=old.pk).get()
    assert asked_in(attempt_at(new)) == {("S1-Q1", 2), ("S1-Q2", 1)}
    assert Question.objects.filter(retired_at=None).count() == 2
