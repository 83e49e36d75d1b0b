"""Coming into a cohort: once each, by one's own address, while it is open."""

from datetime import date, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from lms.models import (
    Cohort,
    CohortMember,
    CohortTrainer,
    Event,
    Invitation,
    JoinCode,
    MembershipRule,
    User,
)
from lms.people.choices import Role
from lms.refusals import Refused
from lms.team.actions import (
    Asked,
    close_code,
    decline,
    invite,
    join_by_code,
    leave,
    open_code,
    redeem,
    take_back,
)
from lms.team.joining import invitation_of, invitations_to
from tests.factories import NOON, CohortFactory, MandateFactory, PersonFactory
from tests.lms.team.inviting import SECOND, WEEK, invited, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def invitation(cohort, tomas, at):
    """An invitation for Bruno to learn in the cohort of Tomás."""
    return invited(cohort, by=tomas, at=at)


@pytest.fixture
def code(cohort, tomas, at):
    return open_code(cohort, by=tomas, places=2, hours=2, at=at)


def members(cohort):
    return [row.person for row in cohort.member_rows.order_by("pk")]


def trainers(cohort):
    return [row.trainer for row in cohort.trainer_rows.order_by("pk")]


def changes():
    rows = Event.objects.filter(kind=Event.Kind.CHANGE).order_by("pk")
    return [(row.purpose, row.actor, *row.subjects.all()) for row in rows]


def reasons(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.reasons


def test_who_accepts_is_a_member_from_that_day(invitation, cohort, ana, bruno, at):
    assert redeem(invitation, by=bruno, at=at) is True

    assert members(cohort) == [ana, bruno]
    assert cohort.member_rows.get(person=bruno).from_on == date(2026, 11, 2)
    invitation.refresh_from_db()
    assert (invitation.redeemed_by, invitation.redeemed_at) == (bruno, at)
    assert changes() == [("joined a cohort", bruno, bruno)]


def test_superior_on_the_list_is_the_members(cohort, tomas, bruno, at):
    superior = {
        "superior_name": "Rosa Quesada",
        "superior_address": "rosa@example.org",
    }

    redeem(invited(cohort, by=tomas, at=at, **superior), by=bruno, at=at)

    row = cohort.member_rows.get(person=bruno)
    assert (row.superior_name, row.superior_address) == (*superior.values(),)


def test_who_came_by_a_rule_is_remembered_so(cohort, tomas, bruno, at):
    rule = MembershipRule.objects.create(
        cohort=cohort, track="prosecutor", made_by=tomas, made_at=at
    )
    asked = Asked(bruno.email, {"rule": str(rule.uuid)})
    invite(cohort, by=tomas, asked=[asked], rule=rule, at=at)

    redeem(Invitation.objects.get(rule=rule), by=bruno, at=at)

    assert cohort.member_rows.get(person=bruno).rule == rule


def test_trainer_sees_who_joined(invitation, tomas, bruno, at):
    assert bruno not in User.objects.visible_to(tomas, on=at.date())

    redeem(invitation, by=bruno, at=at)

    assert bruno in User.objects.visible_to(tomas, on=at.date())


def test_accepting_again_changes_nothing(invitation, cohort, ana, bruno, at):
    redeem(invitation, by=bruno, at=at)

    assert redeem(invitation, by=bruno, at=at + SECOND) is False

    assert members(cohort) == [ana, bruno]
    assert Invitation.objects.get().redeemed_at == at
    assert len(changes()) == 1


def test_address_is_told_by_its_letters_not_their_case(cohort, tomas, bruno, at):
    EmailAddress.objects.filter(user=bruno).update(email="Bruno@Example.ORG")

    assert redeem(invited(cohort, by=tomas, at=at), by=bruno, at=at) is True


def test_any_verified_address_of_ones_own_will_do(cohort, tomas, bruno, at):
    EmailAddress.objects.create(user=bruno, email="b@mp.example", verified=True)
    invitation = invited(cohort, by=tomas, address="b@mp.example", at=at)

    assert redeem(invitation, by=bruno, at=at) is True


def test_unverified_address_is_nobodys(invitation, cohort, ana, bruno, at):
    EmailAddress.objects.filter(user=bruno).update(verified=False)

    assert reasons(redeem, invitation, by=bruno, at=at) == ["not-invited"]
    assert reasons(decline, invitation, by=bruno, at=at) == ["not-invited"]
    assert members(cohort) == [ana]


def test_invitation_of_another_is_refused(invitation, cohort, ana, bruno, carla, at):
    assert reasons(redeem, invitation, by=carla, at=at) == ["not-invited"]

    redeem(invitation, by=bruno, at=at)
    assert reasons(redeem, invitation, by=carla, at=at) == ["not-invited"]
    assert members(cohort) == [ana, bruno]


def test_last_moment_of_the_last_day_counts(invitation, bruno, at):
    last = invitation.until_at
    assert last.astimezone(invitation.cohort.zone).time() == time(23, 59, 59)
    assert invitation.until_on == (at + WEEK).date()

    assert reasons(redeem, invitation, by=bruno, at=last) == ["not-invited"]
    assert redeem(invitation, by=bruno, at=last - SECOND) is True


def test_what_is_over_is_refused(invitation, cohort, ana, bruno, at):
    take_back(invitation, at=at)

    assert reasons(redeem, invitation, by=bruno, at=at) == ["not-invited"]
    assert members(cohort) == [ana]


def test_archived_cohort_takes_nobody(invitation, code, cohort, ana, bruno, at):
    Cohort.objects.update(archived_at=at)
    invitation.cohort.refresh_from_db()
    code.cohort.refresh_from_db()

    assert reasons(redeem, invitation, by=bruno, at=at) == ["cohort-archived"]
    assert reasons(join_by_code, code, by=bruno, at=at) == ["cohort-archived"]
    assert reasons(open_code, cohort, by=ana, places=2, hours=2, at=at) == [
        "cohort-archived"
    ]
    assert invitation_of(token_of(invitation), at=at) is None
    assert list(invitations_to(bruno, at=at)) == []
    assert members(cohort) == [ana]


@pytest.mark.parametrize(("before", "over"), [(SECOND, False), (0 * SECOND, True)])
def test_cohort_takes_people_until_its_last_day_ends_where_it_is(
    invitation, code, bruno, at, before, over
):
    """Tijuana is two hours behind Guatemala: there, 2 November is 10:00 old."""
    moment = at + timedelta(hours=14) - before
    Cohort.objects.update(until_on=at.date(), time_zone="America/Tijuana")
    for one in (invitation, code):
        one.cohort.refresh_from_db()
    JoinCode.objects.update(until_at=moment + SECOND)

    if over:
        assert reasons(redeem, invitation, by=bruno, at=moment) == ["cohort-over"]
        assert reasons(join_by_code, code, by=bruno, at=moment) == ["cohort-over"]
        assert invitation_of(token_of(invitation), at=moment) is None
    else:
        assert invitation_of(token_of(invitation), at=moment) == invitation
        assert redeem(invitation, by=bruno, at=moment) is True


def test_member_is_not_doubled(cohort, tomas, ana, at):
    invitation = invited(cohort, by=tomas, address=ana.email, at=at)

    assert redeem(invitation, by=ana, at=at) is True

    assert members(cohort) == [ana]
    assert changes() == []


def test_member_until_a_day_to_come_is_not_doubled(cohort, tomas, ana, at):
    CohortMember.objects.update(until_on=at.date())
    invitation = invited(cohort, by=tomas, address=ana.email, at=at)

    redeem(invitation, by=ana, at=at)

    assert members(cohort) == [ana]


def test_who_left_comes_back(cohort, tomas, ana, at):
    CohortMember.objects.update(until_on=at.date() - timedelta(days=1))

    redeem(invited(cohort, by=tomas, address=ana.email, at=at), by=ana, at=at)

    assert members(cohort) == [ana, ana]


def faster(act, *, before='UPDATE "lms_invitation"'):
    """Do it just before the first statement that begins so."""
    done = []

    def somebody_is_faster(execute, sql, params, many, context):
        if sql.startswith(before) and not done:
            done.append(act)
            act()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(somebody_is_faster)


def test_of_two_who_make_somebody_a_member_one_does(invitation, cohort, bruno, at):
    row = CohortMember(cohort=cohort, person=bruno, from_on=at.date())

    with faster(row.save, before="SAVEPOINT"):
        assert redeem(invitation, by=bruno, at=at) is True

    assert list(cohort.member_rows.filter(person=bruno)) == [row]
    assert changes() == []


def test_of_two_who_accept_at_once_one_does(invitation, cohort, bruno, at):
    with faster(lambda: redeem(invitation, by=bruno, at=at)):
        assert redeem(invitation, by=bruno, at=at + SECOND) is False

    assert cohort.member_rows.filter(person=bruno).count() == 1
    assert Invitation.objects.get().redeemed_at == at


def test_what_is_taken_back_meanwhile_is_refused(invitation, cohort, ana, bruno, at):
    with faster(lambda: take_back(invitation, at=at)):
        assert reasons(redeem, invitation, by=bruno, at=at) == ["not-invited"]

    assert members(cohort) == [ana]


def test_what_is_accepted_meanwhile_is_not_declined(invitation, bruno, at):
    with faster(lambda: redeem(invitation, by=bruno, at=at)):
        assert reasons(decline, invitation, by=bruno, at=at) == ["not-invited"]

    assert Invitation.objects.get().declined_at is None


def test_who_declines_is_no_member(invitation, cohort, ana, bruno, at):
    decline(invitation, by=bruno, at=at)
    decline(invitation, by=bruno, at=at + SECOND)

    assert members(cohort) == [ana]
    assert Invitation.objects.get().declined_at == at
    assert changes() == [("invitation to a cohort declined", bruno, bruno)]
    assert reasons(redeem, invitation, by=bruno, at=at) == ["not-invited"]


def test_who_was_invited_elsewhere_declines_for_nobody_else(tomas, bruno, ana, at):
    theirs = invited(CohortFactory(), by=tomas, address=bruno.email, at=at)
    others = invited(CohortFactory(), by=tomas, address="otra@example.org", at=at)

    assert reasons(decline, others, by=bruno, at=at) == ["not-invited"]
    declined = Invitation.objects.values_list("pk", "declined_at")
    assert set(declined) == {(theirs.pk, None), (others.pk, None)}


@pytest.fixture
def to_train(cohort, tomas, at):
    return invited(cohort, by=tomas, role=Invitation.Role.TRAINER, at=at)


def test_trainer_of_the_country_trains_from_that_day(
    to_train, cohort, tomas, ana, bruno, at
):
    MandateFactory(holder=bruno, role=Role.TRAINER)

    assert redeem(to_train, by=bruno, at=at) is True

    assert trainers(cohort) == [tomas, bruno]
    row = CohortTrainer.objects.get(trainer=bruno)
    assert (row.from_on, row.until_on) == (date(2026, 11, 2), None)
    assert members(cohort) == [ana]
    assert ana in User.objects.visible_to(bruno, on=at.date())
    assert changes() == [("began to train a cohort", bruno, bruno)]


@pytest.mark.parametrize(
    "mandate",
    [
        None,
        {"role": Role.MINISTRY},
        {"role": Role.TRAINER, "country": "HN"},
        {"role": Role.TRAINER, "until_on": date(2026, 11, 1)},
        {"role": Role.TRAINER, "ended_at": NOON, "ended_reason": "Cambio"},
    ],
)
def test_without_the_mandate_nobody_trains(to_train, cohort, tomas, bruno, at, mandate):
    if mandate:
        MandateFactory(holder=bruno, **mandate)

    assert reasons(redeem, to_train, by=bruno, at=at) == ["mandate-missing"]

    assert trainers(cohort) == [tomas]
    assert Invitation.objects.get().redeemed_at is None


def test_trainer_is_not_doubled(cohort, tomas, at):
    one = invited(cohort, by=tomas, address=tomas.email, role="trainer", at=at)

    assert redeem(one, by=tomas, at=at) is True

    assert trainers(cohort) == [tomas]
    assert changes() == []


def test_invitations_are_found_by_whom_they_are_to(
    invitation, to_train, cohort, tomas, ana, bruno, at
):
    invited(cohort, by=tomas, address=ana.email, at=at)  # who learns there already
    next_day = at + timedelta(days=1)
    other = invited(CohortFactory(), by=tomas, at=next_day)
    invited(CohortFactory(), by=tomas, address="x@example.org", at=at)

    assert list(invitations_to(bruno, at=next_day)) == [invitation, to_train, other]
    assert list(invitations_to(ana, at=at)) == []
    assert list(invitations_to(bruno, at=invitation.until_at)) == [other]


def test_code_takes_as_many_as_it_has_places(code, cohort, ana, bruno, carla, at):
    third = PersonFactory()

    assert join_by_code(code, by=bruno, at=at) is True
    assert join_by_code(code, by=carla, at=at) is True
    assert reasons(join_by_code, code, by=third, at=at) == ["code-full"]

    assert members(cohort) == [ana, bruno, carla]
    assert JoinCode.objects.get().taken == 2
    assert changes() == [("joined a cohort", p, p) for p in (bruno, carla)]


def test_member_takes_no_place(code, cohort, ana, bruno, at):
    join_by_code(code, by=bruno, at=at)

    assert join_by_code(code, by=bruno, at=at) is False
    assert join_by_code(code, by=ana, at=at) is False

    assert JoinCode.objects.get().taken == 1


def go(person, *, at):
    leave(person.member_rows.get(ended_at=None), by=person, at=at)


def test_whoever_comes_back_by_the_same_code_takes_no_other_place(
    code, cohort, bruno, carla, at
):
    for _time in range(3):
        assert join_by_code(code, by=bruno, at=at) is True
        go(bruno, at=at)
    assert JoinCode.objects.get().taken == 1
    assert join_by_code(code, by=carla, at=at) is True

    assert join_by_code(code, by=bruno, at=at) is True  # all places are taken by now
    go(bruno, at=at)
    close_code(cohort, at=at)
    assert reasons(join_by_code, code, by=bruno, at=at) == ["code-closed"]

    assert JoinCode.objects.get().taken == 2


def test_whoever_came_otherwise_takes_a_place_of_the_code(
    code, cohort, tomas, ana, bruno, at
):
    redeem(invited(cohort, by=tomas, at=at), by=bruno, at=at + SECOND)
    for person in (ana, bruno):
        go(person, at=at + SECOND)

        assert join_by_code(code, by=person, at=at + 2 * SECOND) is True

    assert JoinCode.objects.get().taken == 2


def test_code_that_is_closed_or_over_takes_nobody(code, cohort, ana, bruno, at):
    later = at + timedelta(hours=2)
    assert reasons(join_by_code, code, by=bruno, at=later) == ["code-closed"]

    close_code(cohort, at=at)
    close_code(cohort, at=later)
    assert reasons(join_by_code, code, by=bruno, at=at) == ["code-closed"]

    assert members(cohort) == [ana]
    assert JoinCode.objects.get().closed_at == at


def test_another_code_closes_the_one_before(code, cohort, tomas, at):
    second = open_code(cohort, by=tomas, places=600, hours=8, at=at + SECOND)

    assert list(JoinCode.objects.open(at + SECOND)) == [second]
    assert second.code != code.code
    assert second.until_at == at + SECOND + timedelta(hours=8)
    assert second.opened_by == tomas


def test_code_that_ran_out_makes_room_for_another(code, cohort, tomas, at):
    later = at + timedelta(days=1)

    second = open_code(cohort, by=tomas, places=1, hours=1, at=later)

    assert list(JoinCode.objects.open(later)) == [second]
