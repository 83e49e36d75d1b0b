"""Marks fall only where the secretariat signs, and then nothing is lost in silence."""

from functools import partial
from random import Random
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from courses.correcting import actions
from courses.correcting.actions.lowering import KIND, _lower
from courses.correcting.facts import Losses, falls_by, losses_of
from courses.correcting.letters import lowered as letter_of
from courses.correcting.signing import answer_of
from courses.correcting.tasks import lower_attempts
from courses.models import Attempt, Completion, KeyCorrection
from lms.approvals.actions import decide
from lms.approvals.models import Approval
from lms.approvals.rules import KEEP_WAITING
from lms.mail.models import Letter
from lms.models import Event
from lms.refusals import Refused
from tests.courses.correcting.conftest import editor
from tests.courses.correcting.test_actions import WRONG, refused
from tests.factories import NOON

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def harsh(version, elena):
    return actions.propose_key(
        version,
        correct=["c"],
        reason="Protocolo, art. 3",
        lowering="Whoever reads it so harms people",
        by=elena,
        at=NOON,
    )


@pytest.fixture
def asked(harsh, pablo):
    actions.approve_key(harsh, by=pablo, at=NOON)
    return Approval.objects.get(kind=KIND, subject=harsh.lowering)


@pytest.fixture
def failing(taken):
    """Four of five points, one of them by the former key: passed, but barely."""
    return taken("b", **WRONG)


@pytest.fixture
def signed(failing, asked, harsh, sofia):
    decide(asked, approve=True, by=sofia, at=NOON)
    harsh.refresh_from_db()
    return harsh


def test_who_wants_marks_to_fall_says_why(version, elena):
    asked = {"correct": ["c"], "reason": "x", "by": elena, "at": NOON}
    reasons = refused(actions.propose_key, version, lowering=" ", **asked)
    assert reasons == ["no-reason-to-lower"]


def test_nothing_falls_before_the_secretariat_signs(failing, harsh, asked):
    actions.grade_anew(harsh, at=NOON)

    assert refused(actions.lower_marks, harsh, at=NOON) == ["not-signed"]
    assert answer_of(harsh, at=NOON).reason == ""
    failing.refresh_from_db()
    assert (failing.points, failing.passed, failing.lost_by) == (4, True, None)


def test_marks_fall_and_a_pass_is_lost_aloud(version, taken, harsh, pablo, sofia):
    lost, kept, right = taken("b", **WRONG), taken("b"), taken("c")
    assert (lost.points, lost.passed) == (4, True)
    assert losses_of(version, ["c"]) == Losses(fall=2, passes=1)
    done = Completion.objects.filter(activity=lost.activity)
    assert done.filter(enrolment=lost.enrolment).exists()

    actions.approve_key(harsh, by=pablo, at=NOON)
    decide(Approval.objects.get(kind=KIND), approve=True, by=sofia, at=NOON)
    assert [lower_attempts.call(harsh.pk) for _twice in "12"] == [2, 0]

    for attempt, points, passed in (
        (lost, 3, False),
        (kept, 4, True),
        (right, 4, True),
    ):
        attempt.refresh_from_db()
        assert (attempt.points, attempt.passed) == (points, passed)
    assert (lost.lost_by, kept.lost_by) == (harsh, None)
    assert not done.filter(enrolment=lost.enrolment).exists()
    assert done.filter(enrolment=kept.enrolment).exists()
    told = {
        letter.person: letter for letter in Letter.objects.filter(template="lowered")
    }
    assert set(told) == {lost.enrolment.learner, kept.enrolment.learner}
    assert letter_of(told[lost.enrolment.learner])["is_lost"]
    assert not letter_of(told[kept.enrolment.learner])["is_lost"]
    events = Event.objects.filter(purpose="marks lowered")
    assert {event.actor for event in events} == {sofia}
    assert {event.subjects.get() for event in events} == set(told)


def test_a_course_that_was_completed_stays_so(signed, failing):
    enrolment = failing.enrolment
    type(enrolment).objects.filter(pk=enrolment.pk).update(completed_at=NOON)
    actions.lower_marks(signed, at=NOON)

    failing.refresh_from_db()
    assert (failing.passed, failing.lost_by) == (False, signed)
    assert Completion.objects.filter(enrolment=enrolment).exists()


def test_whoever_passed_in_another_attempt_too_has_done_the_test(signed, failing):
    other = Attempt.objects.get(pk=failing.pk)
    other.pk, other.number = uuid4(), 2
    other.save(force_insert=True)

    actions.lower_marks(signed, at=NOON)

    failing.refresh_from_db()
    assert (failing.passed, failing.lost_by) == (False, signed)
    assert Completion.objects.filter(enrolment=failing.enrolment).exists()


def test_the_secretariat_is_asked_once_two_editors_want_it(client, harsh, pablo):
    client.force_login(pablo)
    ask = reverse("ask_to_lower", args=[harsh.pk])
    answer = client.post(ask, headers=ENGLISH, follow=True)
    assert "Nobody is asked." in answer.content.decode()
    assert not Approval.objects.exists()


def test_three_persons_let_marks_fall(asked, harsh, elena, pablo):
    for one in (elena, pablo):
        assert refused(actions.sign, harsh, by=one, at=NOON) == ["not-a-third-person"]
        row = KeyCorrection.objects.filter(pk=harsh.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(signed_by=one, signed_at=NOON)


def test_it_is_signed_once(signed, sofia, asked):
    other = editor("other@example.org")
    assert refused(actions.sign, signed, by=other, at=NOON) == ["answered"]
    assert refused(actions.ask_to_lower, signed, by=other, at=NOON) == ["answered"]


def test_of_two_who_lower_at_once_one_does(signed, version):
    both_found = list(falls_by(version, ["c"]))
    actions.lower_marks(signed, at=NOON)

    assert [_lower(one, correction=signed, at=NOON) for one in both_found] == [False]


def test_the_secretariat_says_no_and_why(asked, harsh, sofia, client, elena):
    decide(asked, approve=False, reason="The text was unclear", by=sofia, at=NOON)

    client.force_login(elena)
    page = client.get(reverse("key_correction", args=[harsh.pk]), headers=ENGLISH)
    assert "The text was unclear" in page.content.decode()
    harsh.refresh_from_db()
    assert harsh.signed_at is None


def test_the_secretariat_reads_counts_and_of_few_none(client, asked, sofia):
    client.force_login(sofia)
    page = client.get(f"/en/approvals/{asked.uuid}/")
    facts = dict(page.context["line"].summary.facts)
    assert facts["Attempts that lose a point"] == "fewer than 5"
    assert facts["Final tests that are passed no more"] == "fewer than 5"
    assert facts["Right instead"].startswith("Tres")


def test_nobody_answered_in_time_and_it_is_asked_once_more(client, asked, pablo, harsh):
    Approval.objects.update(until_at=NOON)
    later = Approval.objects.get()
    later.asked_at -= KEEP_WAITING
    later.save()
    client.force_login(pablo)
    page = client.get(reverse("key_correction", args=[harsh.pk]), headers=ENGLISH)
    again = reverse("ask_to_lower", args=[harsh.pk])
    assert again in page.content.decode()

    client.post(again)
    assert Approval.objects.get().until_at > NOON


def test_an_editor_asks_for_it_on_the_screen(client, elena, version):
    client.force_login(elena)
    ask = reverse("propose_key", args=[version.pk])
    posted = {"q-1": "3", "reason": "Protocolo, art. 3", "falls": "on"}
    answer = client.post(ask, posted, headers=ENGLISH)
    assert "Write why marks are to fall as well." in answer.content.decode()

    answer = client.post(ask, posted | {"lowering": "It harms"}, follow=True)
    assert KeyCorrection.objects.get().lowering_reason == "It harms"
    assert (
        "No mark falls before"
        in client.get(answer.redirect_chain[-1][0], headers=ENGLISH).content.decode()
    )


@pytest.mark.parametrize("seed", range(4))
def test_of_random_histories_no_pass_is_lost_without_the_signature(
    seed, version, elena, pablo, sofia, taken
):
    """Several steps in any order, some of them twice; marks are sound after each."""
    chance = Random(seed)

    def more() -> None:
        choices = [{}, WRONG, {"ordering": ["b", "a", "c"]}]
        attempts.append(taken(chance.choice("abc"), **chance.choice(choices)))

    attempts: list[Attempt] = []
    for _one in range(4):
        more()
    row = actions.propose_key(
        version,
        correct=[chance.choice("ac")],
        reason="x",
        lowering=chance.choice([None, "It harms"]),
        by=elena,
        at=NOON,
    )
    actions.approve_key(row, by=pablo, at=NOON)
    steps = [more, partial(actions.grade_anew, row, at=NOON)]
    steps += [partial(answered, row, by=sofia, approve=chance.choice([True, False]))]
    steps += [partial(lower_if_signed, row)] * 2
    for step in chance.choices(steps, k=8):
        before = {one.pk: (one.points, one.passed) for one in Attempt.objects.all()}
        step()
        row.refresh_from_db()
        for one in Attempt.objects.filter(pk__in=before):
            points, passed = before[one.pk]
            assert row.signed_at or (one.points >= points and one.passed >= passed)
            assert one.points == sum(one.items.values_list("points", flat=True))
            assert one.passed == (one.points * 100 >= one.pass_mark * one.out_of)
            assert one.passed >= passed or one.lost_by == row


def answered(row: KeyCorrection, *, by, approve: bool) -> None:
    """Let the secretariat answer, where it is asked and has not."""
    waiting = Approval.objects.filter(subject=row.lowering).waiting(NOON).first()
    if waiting:
        decide(waiting, approve=approve, by=by, at=NOON, reason="x")


def lower_if_signed(row: KeyCorrection) -> None:
    try:
        actions.lower_marks(row, at=NOON)
    except Refused:
        assert KeyCorrection.objects.get().signed_at is None
