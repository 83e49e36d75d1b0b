"""What the clock writes: before and after due days, to superiors, on Mondays; once."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from courses.following.actions import cohorts_at_work, post_digests, remind
from courses.following.actions.by_the_clock import members_at_work
from courses.models import AssignmentException, Reminder
from lms.belonging.actions import shield
from lms.models import Cohort, CohortMember, JoinCode, Letter
from lms.people.actions import close
from lms.people.rules import COHORTS_CLOSE_WITHIN
from lms.people.zones import end_of
from lms.team.actions import join_by_code, leave
from tests.courses.following.conftest import (
    DAY,
    HOUR,
    TODAY,
    began,
    due,
    escalate,
    finish,
    remind_by_the_clock,
)
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db


def kinds():
    return list(Reminder.objects.order_by("pk").values_list("person", "kind"))


def letters():
    found = Letter.objects.order_by("pk")
    return [(one.template, one.person or one.address) for one in found]


def test_it_reminds_before_and_after_once_each(cohort, ana, assignment):
    due(assignment, days=10)

    days = []
    for day in range(25):
        for hour in (0, 6):
            if remind_by_the_clock(at=NOON + day * DAY + hour * HOUR):
                days.append(10 - day)

    assert days == [7, 1, -1, -7]
    assert kinds() == [(ana.pk, "before")] * 2 + [(ana.pk, "after")] * 2
    assert letters() == [("reminder", ana)] * 4
    assert not Letter.objects.filter(urgent=True).exists()


def test_a_day_is_that_of_the_zone_of_the_cohort(cohort, ana, assignment):
    due(assignment, days=8)  # 10 November, in Guatemala from 6 o'clock UTC on

    assert remind_by_the_clock(at=datetime(2026, 11, 3, 5, 59, tzinfo=UTC)) == 0
    assert remind_by_the_clock(at=datetime(2026, 11, 3, 6, 0, tzinfo=UTC)) == 1


@pytest.mark.parametrize("days", ["from_on", "until_on"])
def test_the_days_of_a_cohort_are_those_where_it_is(cohort, days):
    """In Santo Domingo they begin and end two hours earlier than in Guatemala."""
    last = TODAY + (COHORTS_CLOSE_WITHIN if days == "until_on" else -DAY)
    cohort.country = "DO"
    setattr(cohort, days, TODAY)
    cohort.save()
    midnight = end_of(last, zone=cohort.zone)

    there = [
        cohort in cohorts_at_work(at=at) for at in (midnight - HOUR / 60, midnight)
    ]

    assert there == [days == "until_on", days == "from_on"]


def test_who_came_or_left_a_moment_ago_is_in_or_out_whatever_the_day_there(
    cohort, ana, tomas
):
    """Their days are the site's: it is Tuesday there, and Monday in Tijuana still."""
    cohort.country, cohort.time_zone = "MX", "America/Tijuana"
    cohort.save()
    at = datetime(2026, 11, 3, 6, 30, tzinfo=UTC)
    code = JoinCode.objects.create(
        cohort=cohort, code="ABCDEFGH", places=5, opened_by=tomas, opened_at=at,
        until_at=at + HOUR,
    )  # fmt: skip
    new = PersonFactory()

    join_by_code(code, by=new, at=at)
    leave(CohortMember.objects.get(person=ana), by=ana, at=at)

    assert [row.person for row in members_at_work(cohort, at=at)] == [new]


def test_run_twice_it_writes_once(cohort, ana, assignment):
    due(assignment, days=7)

    assert [remind_by_the_clock(at=NOON) for _run in range(2)] == [1, 0]
    assert remind_by_the_clock(at=NOON + 2 * DAY) == 0
    assert letters() == [("reminder", ana)]


def test_of_two_beats_at_once_one_writes(cohort, ana, assignment):
    """The other one comes when this one has looked and has not written yet."""
    due(assignment, days=7)
    others = []

    def another_beat(execute, sql, params, many, context):
        if "INSERT" in sql and "reminderclock" in sql and not others:
            others.append(0)
            others.append(remind_by_the_clock(at=NOON))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(another_beat):
        assert remind_by_the_clock(at=NOON) == 0

    assert others == [0, 1]
    assert letters() == [("reminder", ana)]


def test_whoever_was_reminded_by_hand_is_reminded_later(cohort, tomas, ana, assignment):
    due(assignment, days=7)
    remind(cohort, [ana.uuid], by=tomas, at=NOON - HOUR)

    days = [remind_by_the_clock(at=NOON + day * DAY) for day in range(3)]

    assert days == [0, 0, 1]


def test_it_reminds_of_the_first_thing_that_is_due(
    cohort, tomas, ana, assignment, second_edition
):
    due(assignment, days=7)
    sooner = cohort.assignments.create(
        course=second_edition.course,
        assigned_by=tomas,
        assigned_at=NOON,
        due_on=TODAY + DAY,
    )

    assert remind_by_the_clock(at=NOON) == 1
    assert Reminder.objects.get().assignment == sooner


def test_who_finished_or_waits_is_not_reminded(cohort, ana, bea, assignment, edition):
    due(assignment, days=1)
    assignment.opens_on = TODAY + DAY
    assignment.save()
    finish(began(ana, edition))

    assert remind_by_the_clock(at=NOON) == 0


def test_another_day_agreed_with_somebody_counts(cohort, tomas, ana, assignment):
    due(assignment, days=1)
    AssignmentException.objects.create(
        assignment=assignment,
        person=ana,
        due_on=TODAY + 20 * DAY,
        reason="Licencia",
        made_by=tomas,
        made_at=NOON,
    )

    assert remind_by_the_clock(at=NOON) == 0


def test_closed_accounts_and_cohorts_are_left_alone(cohort, ana, bea, assignment):
    due(assignment, days=1)
    close(ana, by=ana, reason="", at=NOON)
    bea.member_rows.update(until_on=TODAY - DAY)

    assert remind_by_the_clock(at=NOON) == 0


@pytest.mark.parametrize("fact", ["archived_at", "until_on", "from_on"])
def test_a_cohort_that_is_not_at_work_reminds_nobody(cohort, ana, assignment, fact):
    due(assignment, days=1)
    value = {
        "archived_at": NOON,
        "until_on": TODAY - 31 * DAY,
        "from_on": TODAY + DAY,
    }[fact]
    setattr(cohort, fact, value)
    cohort.save()

    assert remind_by_the_clock(at=NOON) == 0


def test_a_shielded_person_is_reminded_all_the_same(cohort, ana, assignment):
    due(assignment, days=1)
    shield(ana, by=ana, reason="", at=NOON)

    assert remind_by_the_clock(at=NOON) == 1


@pytest.fixture
def boss(cohort, ana):
    """Ana's superior, who is told three days after a due day."""
    cohort.escalates_after = 3
    cohort.save()
    ana.member_rows.filter(cohort=cohort).update(
        superior_name="Jefa", superior_address="jefa@example.org"
    )
    return "jefa@example.org"


def test_a_superior_is_told_once(cohort, ana, bea, assignment, boss):
    due(assignment, days=-2)

    told = [escalate(at=NOON + day * DAY) for day in range(4)]

    assert told == [0, 1, 0, 0]
    assert letters() == [("escalation", boss)]
    assert kinds() == [(ana.pk, "escalation")]
    assert Letter.objects.get().language == ana.language


def test_what_is_new_on_a_day_is_told_in_one_letter(
    cohort, tomas, ana, assignment, boss, second_edition
):
    due(assignment, days=-9)
    cohort.assignments.create(
        course=second_edition.course,
        assigned_by=tomas,
        assigned_at=NOON,
        due_on=TODAY - 4 * DAY,
    )

    assert escalate(at=NOON) == 2
    assert letters() == [("escalation", boss)]
    assert len(Letter.objects.get().facts["about"]) == 2


def test_what_the_superior_is_told_does_not_stop_a_reminder(
    cohort, ana, assignment, boss
):
    due(assignment, days=-3)
    escalate(at=NOON)

    assert remind_by_the_clock(at=NOON) == 1


def test_nothing_is_told_about_who_is_shielded(cohort, ana, assignment, boss):
    due(assignment, days=-9)
    shield(ana, by=ana, reason="", at=NOON)

    assert escalate(at=NOON) == 0


def test_without_an_address_or_a_number_of_days_nobody_is_told(
    cohort, ana, assignment, boss
):
    due(assignment, days=-9)
    ana.member_rows.update(superior_unconfirmed=True)
    assert escalate(at=NOON) == 0
    ana.member_rows.update(superior_address="", superior_unconfirmed=False)

    assert escalate(at=NOON) == 0

    ana.member_rows.update(superior_address=boss)
    cohort.escalates_after = None
    cohort.save()

    assert escalate(at=NOON) == 0


def test_what_is_written_at_night_goes_out_in_the_morning(
    cohort, tomas, ana, bea, assignment, boss
):
    saturday, monday = NOON + 4 * DAY + 15 * HOUR, NOON + 6 * DAY + 15 * HOUR
    due(assignment, days=2)  # three days before that Saturday
    remind(cohort, [bea.uuid], by=tomas, at=saturday)
    escalate(at=saturday)
    remind_by_the_clock(at=saturday)
    post_digests(at=monday)

    dues = Letter.objects.order_by("template", "pk").values_list("template", "due_at")

    assert list(dues) == [
        ("digest", monday + 4 * HOUR),
        ("escalation", monday + 4 * HOUR),
        ("reminder", monday + 4 * HOUR),
        ("reminder", monday + 4 * HOUR),
    ]


def test_each_trainer_gets_one_letter_a_week(cohort, tomas, rosa):
    posted = [post_digests(at=NOON + day * DAY) for day in range(8)]

    assert posted == [2, 2, 0, 0, 0, 0, 0, 2]
    assert letters() == [("digest", tomas), ("digest", rosa)] * 2


def test_a_trainer_without_a_country_keeps_the_hours_of_the_cohort(cohort, tomas, rosa):
    """A zone that nobody knows keeps nobody else's letter either."""
    tomas.country = ""
    tomas.save()
    rosa.country = ""
    rosa.save()
    cohort.country = "DO"  # two hours ahead of Guatemala
    cohort.save()
    Cohort.objects.filter(name="De Rosa").update(time_zone="America/Nowhere")

    assert post_digests(at=NOON) == 2

    found = dict(Letter.objects.values_list("person__email", "time_zone"))
    assert found[tomas.email] == "America/Santo_Domingo"


def test_trainers_without_a_cohort_at_work_get_none(cohort, tomas):
    cohort.archived_at = NOON
    cohort.save()

    assert post_digests(at=NOON) == 0


def test_who_trains_no_more_gets_none(cohort, tomas):
    cohort.trainer_rows.update(until_on=TODAY - DAY)

    assert post_digests(at=NOON) == 0
