"""A key is corrected by two persons; marks only rise, and everybody is told."""

from random import Random

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from courses.correcting import actions
from courses.correcting.actions import grading
from courses.correcting.facts import Impact, impact_of, rises_by
from courses.correcting.letters import regraded as letter_of
from courses.models import (
    Attempt,
    Completion,
    KeyCorrection,
    QuestionVersion,
    Tally,
)
from courses.questions.rules import WHOLE
from lms.mail.models import Letter
from lms.models import Event
from lms.refusals import Refused
from tests.courses.answering import begin, hand_in
from tests.courses.correcting.conftest import answers
from tests.factories import NOON, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
WRONG = {"multiple": ["b"]}


def refused(call, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as found:
        call(*args, **kwargs)
    return found.value.reasons


@pytest.mark.parametrize(
    ("correct", "reason", "word"),
    [
        (None, "x", "no-answer"),
        (["z"], "x", "no-answer"),
        (["b"], "x", "same-key"),
        (["c"], "  ", "no-reason"),
    ],
)
def test_what_is_no_new_key_is_refused(version, elena, correct, reason, word):
    asked = {"correct": correct, "reason": reason, "by": elena, "at": NOON}
    assert refused(actions.propose_key, version, **asked) == [word]
    assert not KeyCorrection.objects.exists()


def test_an_unfinished_order_is_no_key(final, elena):
    version = QuestionVersion.objects.get(question__code="C1-F-ordering")
    asked = {"correct": ["a", "", "b"], "reason": "x", "by": elena, "at": NOON}
    assert refused(actions.propose_key, version, **asked) == ["not-complete"]


def test_a_version_has_one_correction(proposed, version, pablo):
    asked = {"correct": ["a"], "reason": "x", "by": pablo, "at": NOON}
    assert refused(actions.propose_key, version, **asked) == ["proposed"]


def test_nobody_approves_alone(proposed, elena):
    assert refused(actions.approve_key, proposed, by=elena, at=NOON) == ["same-person"]
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyCorrection.objects.update(approved_by=elena, approved_at=NOON)


def test_what_is_in_force_is_neither_approved_nor_withdrawn(proposed, pablo):
    actions.approve_key(proposed, by=pablo, at=NOON)
    assert refused(actions.approve_key, proposed, by=pablo, at=NOON) == ["approved"]
    assert refused(actions.withdraw_key, proposed) == ["approved"]


def test_a_proposal_grades_nothing(proposed, version, taken):
    attempt = taken("c")
    assert attempt.points == 4
    assert version.question.versions.count() == 1
    actions.withdraw_key(proposed)
    assert not KeyCorrection.objects.exists()


def test_the_impact_is_known_before(version, taken, edition, final):
    taken("c", **WRONG)  # three of five become four: passed
    taken("c")  # four, passed, become five
    taken("b")
    begin(EnrolmentFactory(learner=PersonFactory(), edition=edition), final)

    assert impact_of(version, ["c"]) == Impact(handed_in=3, rise=2, passes=1, open=1)


def test_marks_rise_and_what_they_bring_comes(proposed, pablo, taken):
    failed, passed, former = taken("c", **WRONG), taken("c"), taken("b")
    Tally.objects.all().delete()
    actions.approve_key(proposed, by=pablo, at=NOON)

    assert actions.grade_anew(proposed, at=NOON) == 2
    assert actions.grade_anew(proposed, at=NOON) == 0

    for attempt, points in ((failed, 4), (passed, 5), (former, 5)):
        attempt.refresh_from_db()
        assert (attempt.points, attempt.passed) == (points, True)
    done = Completion.objects.filter(activity=failed.activity)
    assert done.filter(enrolment=failed.enrolment).exists()
    told = Letter.objects.filter(template="regraded")
    people = {failed.enrolment.learner, passed.enrolment.learner}
    assert {letter.person for letter in told} == people
    assert letter_of(told[0])["url"].count("/attempts/") == 1
    events = Event.objects.filter(purpose="graded anew")
    assert {event.subjects.get() for event in events} == people
    assert {event.actor for event in events} == {pablo}
    proposed.refresh_from_db()
    assert proposed.graded_at == NOON


def test_a_point_is_given_once_though_two_grade_at_once(
    proposed, pablo, version, taken
):
    attempt = taken("c")
    actions.approve_key(proposed, by=pablo, at=NOON)
    both_found = list(rises_by(version, ["c"]))
    actions.grade_anew(proposed, at=NOON)

    assert [grading._raise(one, by=pablo, at=NOON) for one in both_found] == [False]
    attempt.refresh_from_db()
    assert attempt.points == 5


def test_parts_of_a_point_rise_and_add_up(version, elena, pablo, taken):
    """Half of another question is there already: half of this one makes a point."""
    attempt = taken("b")
    document = version.document | {
        "type": "multiple",
        "credit": "parts",
        "options": [{"key": key, "es": key, "en": key} for key in "abcdef"],
        "correct": ["a", "d"],
    }
    QuerySet(QuestionVersion).filter(pk=version.pk).update(document=document)
    version.refresh_from_db()
    attempt.items.filter(version=version).update(earned=0, points=0)
    other = attempt.items.exclude(version=version).first()
    attempt.items.filter(pk=other.pk).update(earned=WHOLE // 2, points=0)
    asked = {"correct": ["b", "c"], "reason": "x", "by": elena, "at": NOON}
    correction = actions.propose_key(version, **asked)

    assert impact_of(version, ["b", "c"]).rise == 1
    actions.approve_key(correction, by=pablo, at=NOON)
    assert actions.grade_anew(correction, at=NOON) == 1

    item = attempt.items.get(version=version)
    assert (item.points, item.earned) == (0, WHOLE // 2)
    points = attempt.points
    attempt.refresh_from_db()
    assert attempt.points == points + 1


def test_open_attempts_and_later_ones_are_graded_by_the_new_key(
    proposed, pablo, version, edition, final
):
    enrolment = EnrolmentFactory(learner=PersonFactory(), edition=edition)
    attempt = begin(enrolment, final)
    actions.approve_key(proposed, by=pablo, at=NOON)

    assert hand_in(attempt, answers(single=["c"])).points == 5
    newest = version.question.versions.order_by("-number").first()
    assert (newest.number, newest.document["correct"]) == (2, ["c"])


def test_a_later_version_stays_as_it_is(proposed, pablo, version):
    document = version.document | {"level": "analyze"}
    version.question.versions.create(number=2, document=document, made_at=NOON)
    actions.approve_key(proposed, by=pablo, at=NOON)
    assert version.question.versions.count() == 2


def test_whoever_left_gets_the_point_and_no_completion(proposed, pablo, taken):
    attempt = taken("c", **WRONG)
    attempt.enrolment.withdrawn_at = NOON
    attempt.enrolment.save()
    actions.approve_key(proposed, by=pablo, at=NOON)
    actions.grade_anew(proposed, at=NOON)
    attempt.refresh_from_db()
    assert (attempt.points, attempt.passed) == (4, True)
    assert not Completion.objects.filter(activity=attempt.activity).exists()


def test_closed_accounts_get_no_letter(proposed, pablo, taken):
    attempt = taken("c")
    person = attempt.enrolment.learner
    type(person).objects.filter(pk=person.pk).update(closed_at=NOON, is_active=False)
    actions.approve_key(proposed, by=pablo, at=NOON)
    actions.grade_anew(proposed, at=NOON)
    assert not Letter.objects.filter(template="regraded").exists()


def test_what_was_counted_is_counted_again(proposed, pablo, version, taken):
    attempt = taken("c")
    Tally.objects.create(
        activity=attempt.activity,
        version=version,
        total=4,
        out_of=5,
        points=0,
        people=1,
    )
    Attempt.objects.update(counted_at=NOON)
    actions.approve_key(proposed, by=pablo, at=NOON)
    actions.grade_anew(proposed, at=NOON)
    assert not Tally.objects.exists()
    assert set(Attempt.objects.values_list("counted_at", flat=True)) == {None}


@pytest.mark.parametrize("seed", range(3))
def test_of_random_histories_no_mark_falls_and_no_pass_is_lost(
    seed, version, elena, pablo, taken
):
    chance = Random(seed)
    attempts = [
        taken(chance.choice("abc"), **chance.choice([{}, WRONG])) for _ in range(6)
    ]
    before = {one.pk: (one.points, one.passed) for one in attempts}
    row = actions.propose_key(
        version, correct=[chance.choice("ac")], reason="x", by=elena, at=NOON
    )
    actions.approve_key(row, by=pablo, at=NOON)
    actions.grade_anew(row, at=NOON)

    for one in Attempt.objects.filter(pk__in=before):
        points, passed = before[one.pk]
        assert one.points in (points, points + 1)
        assert one.passed >= passed
        assert one.points == sum(one.items.values_list("points", flat=True))
        assert one.passed == (one.points * 100 >= one.pass_mark * one.out_of)
