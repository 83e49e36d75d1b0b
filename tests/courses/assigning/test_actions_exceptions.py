"""Another day or more attempts for one member, once at a time."""

from datetime import date

import pytest

from courses.actions import start_attempt
from courses.assigning.actions import end_exception, except_person
from courses.models import AssignmentException
from courses.quizzes import allowance_for
from lms.refusals import Refused
from tests.courses.answering import begin, hand_in
from tests.courses.assigning.conftest import DAY, join
from tests.factories import NOON, rival, wrong_answer

pytestmark = pytest.mark.django_db
CHRISTMAS = date(2026, 12, 24)


def except_ana(assignment, ana, tomas, **facts):
    said = {
        "due_on": CHRISTMAS,
        "extra_attempts": 0,
        "reason": "Estuvo de viaje",
        "by": tomas,
        "at": NOON,
    }
    return except_person(assignment, ana, **said | facts)


def standing():
    rows = AssignmentException.objects.standing().order_by("pk")
    return [(one.person, one.due_on, one.extra_attempts) for one in rows]


def test_an_exception_takes_the_place_of_the_one_before(assignment, ana, tomas):
    first = except_ana(assignment, ana, tomas)
    except_ana(assignment, ana, tomas, extra_attempts=2, at=NOON + DAY)

    first.refresh_from_db()
    assert first.ended_at == NOON + DAY
    assert standing() == [(ana, CHRISTMAS, 2)]


def test_the_same_once_more_is_the_one_that_stands(assignment, ana, tomas):
    first = except_ana(assignment, ana, tomas)

    assert except_ana(assignment, ana, tomas, at=NOON + DAY) == first
    assert AssignmentException.objects.count() == 1


def test_a_trainer_gives_themselves_neither_days_nor_attempts(assignment, tomas):
    join(assignment.cohort, tomas, on=NOON.date())

    for facts in ({}, {"due_on": None, "extra_attempts": 5}):
        with pytest.raises(Refused) as refused:
            except_ana(assignment, tomas, tomas, **facts)
        assert refused.value.reasons == ["own-exception"]
    assert standing() == []


def test_of_two_who_except_at_once_the_faster_one_stands(assignment, ana, tomas):
    other = AssignmentException(
        assignment=assignment,
        person=ana,
        extra_attempts=1,
        reason="Otra",
        made_by=tomas,
        made_at=NOON,
    )

    with rival(other):
        made = except_ana(assignment, ana, tomas)

    assert made == other
    assert standing() == [(ana, None, 1)]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda ana, bruno, tomas: bruno,
        lambda ana, bruno, tomas: type(ana).objects.update(shielded=True) and ana,
        lambda ana, bruno, tomas: (
            ana.member_rows.update(until_on=NOON.date() - DAY) and ana
        ),
        lambda ana, bruno, tomas: (
            tomas.mandates.update(until_on=NOON.date() - DAY) and ana
        ),
        lambda ana, bruno, tomas: (
            type(ana).objects.filter(pk=ana.pk).update(is_active=False, closed_at=NOON)
            and ana
        ),
    ],
    ids=["stranger", "shielded", "left", "mandate over", "closed"],
)
def test_only_a_member_in_sight_is_excepted(assignment, ana, bruno, tomas, spoil):
    person = spoil(ana, bruno, tomas)

    with pytest.raises(Refused, match="not-a-member"):
        except_ana(assignment, person, tomas)

    assert standing() == []


def test_nothing_is_excepted_where_nothing_is_changed(assignment, ana, tomas):
    assignment.withdrawn_at = NOON
    with pytest.raises(Refused, match="assignment-withdrawn"):
        except_ana(assignment, ana, tomas)

    type(assignment.cohort).objects.update(archived_at=NOON)
    with pytest.raises(Refused, match="cohort-archived"):
        except_ana(assignment, ana, tomas)


def test_ending_lets_her_have_the_same_as_all(assignment, ana, tomas):
    made = except_ana(assignment, ana, tomas)

    end_exception(made, at=NOON)
    end_exception(made, at=NOON + DAY)

    made.refresh_from_db()
    assert made.ended_at == NOON


@pytest.fixture
def used_up(time_machine, assignment, enrolment, activities):
    """Ana has failed the final test as often as all may."""
    for number in range(3):
        time_machine.move_to(NOON + number * DAY, tick=False)
        hand_in(begin(enrolment, activities["final"]), wrong_answer)
    return NOON + 3 * DAY


def test_extra_attempts_are_taken_at_once(
    used_up, assignment, enrolment, ana, tomas, activities
):
    final = activities["final"]
    with pytest.raises(Refused, match="no-attempts-left"):
        start_attempt(enrolment, activity=final, at=used_up)

    except_ana(assignment, ana, tomas, due_on=None, extra_attempts=1, at=used_up)

    assert allowance_for(enrolment, activity=final, at=used_up).left == 1
    assert start_attempt(enrolment, activity=final, at=used_up).number == 4


@pytest.mark.parametrize("over", ["ended", "withdrawn", "another person", "practice"])
def test_extra_attempts_are_only_for_her_and_while_they_stand(
    over, used_up, assignment, enrolment, cohort, ana, bruno, tomas, activities
):
    final, who = activities["final"], ana
    if over == "another person":
        join(cohort, bruno, on=NOON.date())
        who = bruno
    made = except_ana(assignment, who, tomas, extra_attempts=1, at=used_up)
    if over == "ended":
        end_exception(made, at=used_up)
    if over == "withdrawn":
        type(assignment).objects.update(withdrawn_at=used_up)
    if over == "practice":
        final = activities["practice"]

    expected = 1 if over == "practice" else 0
    assert allowance_for(enrolment, activity=final, at=used_up).left == expected
