"""Rule and query say the same of who fits a rule, and of who was asked already."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from lms.models import (
    Affiliation,
    CohortMember,
    CohortTrainer,
    Invitation,
)
from lms.team import rules
from lms.team.actions import (
    Asked,
    add_rule,
    apply_rules,
    end_membership,
    invite,
    leave,
)
from lms.team.membership import fitting
from tests.factories import (
    AffiliationFactory,
    InstitutionFactory,
    PersonFactory,
)
from tests.lms.team.membership.people import DAY, asked, by_rule, move_away, rule, work

pytestmark = pytest.mark.django_db


CASES = [
    {},
    {"track": "opi"},
    {"confirmed_at": None},
    {"confirmed_at": None, "refused": True},
    {"from_in": 0},
    {"from_in": 1},
    {"until_in": 0},
    {"until_in": -1},
    {"where": "court"},
    {"where": "other"},
    {"where": "foreign"},
]


RULES = [
    {"institution": "judiciary"},
    {"institution": "court"},
    {"track": "judge"},
    {"institution": "judiciary", "track": "judge"},
]


@pytest.mark.parametrize("wanted", RULES, ids=str)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_rule_and_query_say_the_same(case, wanted, cohort, tomas, judiciary, court):
    today = timezone.localdate()
    places = {
        "judiciary": judiciary,
        "court": court,
        "other": InstitutionFactory(),
        "foreign": InstitutionFactory(country="HN"),
    }
    where = places[case.get("where", "judiciary")]
    person = PersonFactory()
    confirmed = "confirmed_at" not in case
    refused = {"refused_by": person, "refused_at": timezone.now()}
    until = today + case["until_in"] * DAY if "until_in" in case else None
    row = AffiliationFactory(
        person=person,
        institution=where,
        track=case.get("track", "judge"),
        confirmed=confirmed,
        from_on=today + case.get("from_in", -90) * DAY,
        until_on=until,
        **(refused if "refused" in case else {}),
    )
    made = rule(
        cohort,
        tomas,
        institution=places.get(wanted.get("institution")),
        track=wanted.get("track", ""),
    )
    post = rules.Post(
        country=where.country,
        institution=where.pk,
        parent=where.parent_id,
        track=row.track,
        from_on=row.from_on,
        until_on=row.until_on,
        confirmed=confirmed,
        refused="refused" in case,
    )

    fits = rules.fits(
        post,
        country=cohort.country,
        institution=made.institution_id,
        track=made.track,
        on=today,
    )

    found = fitting(cohort, [made], on=today).filter(pk=row.pk)
    assert found.exists() is fits
    comes = fits and rules.may_come(post)
    assert (person.email in asked(cohort, [made])) is comes
    member = by_rule(cohort, made, person)
    apply_rules(cohort, at=timezone.now())
    member.refresh_from_db()
    assert (member.ended_at is None) is (fits and rules.may_stay(post))


ASKED = [
    {},
    {"until_at": -1},
    {"declined_at": 0},
    {"withdrawn_at": 0},
    {"withdrawn_at": 0, "until_at": -1},
    {"by_rule": True},
    {"by_rule": True, "until_at": -1},
    {"redeemed_at": 0},
    {"redeemed_at": 0, "by_rule": True},
]


@pytest.mark.parametrize("case", ASKED, ids=str)
def test_rule_and_query_say_the_same_of_who_was_asked(case, cohort, tomas, judiciary):
    now = timezone.now()
    made = rule(cohort, tomas, track="judge")
    person = work(judiciary)
    until_at = now + case.get("until_at", 5) * DAY
    days = {
        name: now + case[name] * DAY
        for name in ("declined_at", "withdrawn_at", "redeemed_at")
        if name in case
    }
    Invitation.objects.create(
        cohort=cohort,
        address=person.email,
        token_hash="x",
        invited_by=tomas,
        invited_at=now - 9 * DAY,
        until_at=until_at,
        rule=made if case.get("by_rule") else None,
        redeemed_by=person if "redeemed_at" in case else None,
        **days,
    )

    was_asked = rules.was_asked(
        redeemed="redeemed_at" in case,
        declined="declined_at" in case,
        withdrawn_at=days.get("withdrawn_at"),
        until_at=until_at,
        by_rule=case.get("by_rule", False),
        at=now,
    )

    assert (person.email not in asked(cohort, [made])) is was_asked


def test_nobody_else_is_asked(cohort, tomas, ana, judiciary):
    """Shielded, closed, members, former ones, trainers, without a proven address."""
    made = rule(cohort, tomas, track="judge")
    wanted = work(judiciary)
    work(judiciary, person={"shielded": True})
    work(judiciary, person={"is_active": False, "closed_at": timezone.now()})
    Affiliation.objects.filter(person=ana).update(
        confirmed_by=tomas, confirmed_at=timezone.now()
    )
    former, second, unproven = (work(judiciary) for _number in range(3))
    CohortMember.objects.create(
        cohort=cohort, person=former, from_on=cohort.from_on, until_on=cohort.from_on
    )
    CohortTrainer.objects.create(cohort=cohort, trainer=second, from_on=cohort.from_on)
    EmailAddress.objects.filter(user=unproven).update(verified=False)

    assert asked(cohort, [made]) == {wanted.email}
    assert asked(cohort, []) == set()


def test_whoever_left_by_a_rule_is_asked_again_and_others_are_not(
    cohort, tomas, judiciary
):
    now = timezone.now()
    gone, left, ended = (work(judiciary) for _number in range(3))
    made = add_rule(cohort, by=tomas, institution=None, track="judge", at=now)
    rows = [by_rule(cohort, made, person) for person in (gone, left, ended)]
    move_away(gone)
    apply_rules(cohort, at=now)
    leave(rows[1], by=left, at=now)
    end_membership(rows[2], by=tomas, reason="Otra cohorte", at=now)
    AffiliationFactory(person=gone, institution=judiciary, confirmed=True)

    assert asked(cohort, [made]) == {gone.email}


def test_address_that_is_not_the_primary_one_was_asked_as_well(
    cohort, tomas, judiciary
):
    person = work(judiciary)
    EmailAddress.objects.create(user=person, email="otra@example.org", verified=True)
    made = rule(cohort, tomas, track="judge")
    invite(cohort, by=tomas, asked=[Asked("otra@example.org")], at=timezone.now())

    assert asked(cohort, [made]) == set()
