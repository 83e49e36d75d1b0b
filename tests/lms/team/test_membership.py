"""Rules bring people into a cohort and let them go: asked by mail, moved by nobody."""

from datetime import timedelta
from itertools import count

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.mail.models import Letter
from lms.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Event,
    Invitation,
    Mandate,
    MembershipRule,
    User,
)
from lms.people.choices import Role
from lms.refusals import Refused
from lms.team import rules
from lms.team.actions import (
    Asked,
    add_rule,
    apply_rules,
    archive,
    end_membership,
    end_rule,
    invite,
    leave,
)
from lms.team.membership import fitting, preview, to_invite
from lms.team.tasks import apply_all_rules, apply_one
from tests.factories import (
    AffiliationFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
numbers = count()


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def court(judiciary):
    """A court below the judiciary."""
    return InstitutionFactory(parent=judiciary, name_en="Court of Quetzaltenango")


@pytest.fixture
def place(cohort):
    return f"/en/team/cohorts/{cohort.uuid}/rules/"


@pytest.fixture
def trainer(client, tomas):
    client.force_login(tomas)
    return client


def work(institution, *, track="judge", confirmed=True, **facts):
    """Return somebody who works there, as the institution says too."""
    traits = facts.pop("person", {})
    person = PersonFactory(legal_name=f"Zq Persona {next(numbers)}", **traits)
    AffiliationFactory(
        person=person,
        institution=institution,
        track=track,
        confirmed=confirmed,
        **facts,
    )
    return person


def rule(cohort, tomas, *, institution=None, track=""):
    return MembershipRule.objects.create(
        cohort=cohort,
        institution=institution,
        track=track,
        made_by=tomas,
        made_at=timezone.now(),
    )


def asked(cohort, standing):
    on = timezone.localdate()
    found = to_invite(cohort, standing, on=on, at=timezone.now())
    return {person.email for person in found}


def invited():
    return set(Invitation.objects.values_list("address", flat=True))


def by_rule(cohort, one, person):
    """Make the person a member who accepted what the rule sent."""
    invitation = Invitation.objects.filter(address=person.email).first()
    if invitation:
        invitation.redeemed_by, invitation.redeemed_at = person, timezone.now()
        invitation.save()
    return CohortMember.objects.create(
        cohort=cohort, person=person, from_on=timezone.localdate() - DAY, rule=one
    )


def move_away(person):
    yesterday = timezone.localdate() - DAY
    Affiliation.objects.filter(person=person).update(until_on=yesterday)


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


def test_rule_invites_whoever_fits_once(cohort, tomas, judiciary):
    person = work(judiciary, person={"language": "en"})
    work(judiciary, track="opi")
    now = timezone.now()

    made = add_rule(cohort, by=tomas, institution=judiciary, track="judge", at=now)
    again = add_rule(cohort, by=tomas, institution=judiciary, track="judge", at=now)
    apply_rules(cohort, at=now)
    apply_rules(cohort, at=now + 8 * DAY)

    assert again == made
    [invitation] = Invitation.objects.all()
    assert (invitation.address, invitation.role) == (person.email, "member")
    assert (invitation.rule, invitation.invited_by) == (made, tomas)
    assert invitation.facts == {"language": "en", "rule": str(made.uuid)}
    assert [letter.language for letter in Letter.objects.all()] == ["en"]


def test_trainers_do_not_see_whom_a_rule_invited(cohort, tomas, judiciary):
    work(judiciary)
    now = timezone.now()
    add_rule(cohort, by=tomas, institution=None, track="judge", at=now)
    invite(cohort, by=tomas, asked=[Asked("yo@example.org")], at=now)

    seen = Invitation.objects.visible_to(tomas)

    assert [one.address for one in seen] == ["yo@example.org"]


def test_who_fits_no_rule_any_more_leaves_unless_they_came_by_hand(
    cohort, tomas, ana, judiciary
):
    stays, goes = work(judiciary), work(judiciary)
    made = rule(cohort, tomas, track="judge")
    rows = [by_rule(cohort, made, person) for person in (stays, goes)]
    move_away(goes)

    apply_all_rules.func()

    for row in rows:
        row.refresh_from_db()
    assert [row.ended for row in rows] == ["", "rule"]
    assert goes not in User.objects.visible_to(tomas)
    assert ana.member_rows.get().ended == ""
    event = Event.objects.get()
    assert (event.actor, list(event.subjects.all())) == (None, [goes])


def test_institution_that_has_not_answered_yet_lets_nobody_go(cohort, tomas, judiciary):
    person = work(judiciary)
    made = rule(cohort, tomas, track="judge")
    row = by_rule(cohort, made, person)
    move_away(person)
    AffiliationFactory(person=person, institution=judiciary)

    apply_rules(cohort, at=timezone.now())

    row.refresh_from_db()
    assert row.ended == ""


def test_end_of_a_rule_lets_go_who_fits_no_other(cohort, tomas, judiciary):
    judge, prosecutor = work(judiciary), work(judiciary, track="prosecutor")
    first, second = (
        rule(cohort, tomas, institution=judiciary),
        rule(cohort, tomas, track="judge"),
    )
    rows = [by_rule(cohort, first, person) for person in (judge, prosecutor)]

    for _time in range(2):
        end_rule(first, by=tomas, at=timezone.now())

    for row in rows:
        row.refresh_from_db()
    assert [row.ended for row in rows] == ["", "rule"]
    assert list(MembershipRule.objects.standing()) == [second]
    assert Event.objects.filter(purpose="membership rule ended").count() == 1


def test_rules_rest_where_nobody_may_train(cohort, tomas, judiciary):
    work(judiciary)
    made = rule(cohort, tomas, track="judge")
    row = by_rule(cohort, made, work(judiciary, track="opi"))
    Mandate.objects.filter(holder=tomas).update(until_on=timezone.localdate() - DAY)

    apply_all_rules.func()

    row.refresh_from_db()
    assert (invited(), row.ended) == (set(), "")


def test_another_trainer_asks_once_the_first_may_no_more(cohort, tomas, judiciary):
    work(judiciary)
    rule(cohort, tomas, track="judge")
    rosa = PersonFactory()
    MandateFactory(holder=rosa, role=Role.TRAINER)
    CohortTrainer.objects.create(cohort=cohort, trainer=rosa, from_on=cohort.from_on)
    Mandate.objects.filter(holder=tomas).update(until_on=timezone.localdate() - DAY)

    apply_all_rules.func()

    assert [one.invited_by for one in Invitation.objects.all()] == [rosa]


def test_nobody_is_invited_to_what_is_over_or_archived(cohort, tomas, judiciary):
    work(judiciary)
    rule(cohort, tomas, track="judge")
    Cohort.objects.update(until_on=timezone.localdate() - DAY)
    apply_all_rules.func()
    assert invited() == set()
    Cohort.objects.update(until_on=timezone.localdate())
    archive(cohort, by=tomas, at=timezone.now())

    apply_all_rules.func()
    apply_one(cohort, at=timezone.now())

    assert invited() == set()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"track": ""}, "rule-names-nothing"),
        ({"country": "HN"}, "foreign-institution"),
        ({"standing": 20}, "too-many-rules"),
        ({"archived": True}, "cohort-archived"),
    ],
)
def test_rules_are_refused_with_a_reason(cohort, tomas, facts, reason):
    for _number in range(facts.get("standing", 0)):
        rule(cohort, tomas, institution=InstitutionFactory())
    if "archived" in facts:
        archive(cohort, by=tomas, at=timezone.now())
    institution = InstitutionFactory(country="HN") if facts.get("country") else None

    with pytest.raises(Refused) as refused:
        add_rule(
            cohort,
            by=tomas,
            institution=institution,
            track=facts.get("track", "opi"),
            at=timezone.now(),
        )

    assert refused.value.reasons == [reason]


def queries_of(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_rules_cost_as_many_queries_for_many_people(cohort, tomas, judiciary):
    on, now = timezone.localdate(), timezone.now()
    made = rule(cohort, tomas, track="judge")

    def round_of(people):
        for _number in range(people):
            work(judiciary)
            move_away(by_rule(cohort, made, work(judiciary)).person)
        look = queries_of(lambda: preview(cohort, [made], viewer=tomas, on=on, at=now))
        return look, queries_of(lambda: apply_rules(cohort, at=now))

    assert round_of(5) == round_of(8)


def test_preview_says_how_many_and_no_name(trainer, cohort, judiciary, court, place):
    many = [work(judiciary) for _number in range(5)]
    few = [work(court) for _number in range(4)]

    answer = trainer.get(place, {"track": "judge", "institution": ""})

    found, page = answer.context["preview"], answer.content.decode()
    said = [(one.institution, one.track, one.people) for one in found.coming]
    assert said == [(judiciary, "Judge or magistrate", 5)]
    assert (found.at_least, "fewer than 5" in page) == (5, True)
    assert not [one for one in many + few if one.legal_name in page]
    assert "Quetzaltenango" not in page
    assert invited() == set()
    assert MembershipRule.objects.count() == 0


def test_preview_of_few_is_that_of_nobody(trainer, judiciary, court, place):
    for _number in range(4):
        work(judiciary)
    asked_for = {"institution": judiciary.pk}

    few = trainer.get(place, asked_for).context["preview"]
    Affiliation.objects.all().delete()
    nobody = trainer.get(place, asked_for).context["preview"]

    assert few == nobody


def test_preview_names_who_would_leave_and_counts_the_shielded(
    trainer, cohort, tomas, judiciary, place
):
    goes, hidden, stays = (work(judiciary) for _number in range(3))
    made = rule(cohort, tomas, track="judge")
    for person in (goes, hidden, stays):
        by_rule(cohort, made, person)
    move_away(goes)
    move_away(hidden)
    User.objects.filter(pk=hidden.pk).update(shielded=True)

    answer = trainer.get(place, {"track": "opi"})

    found, page = answer.context["preview"], answer.content.decode()
    assert [row.person for row in found.going] == [goes]
    assert found.shielded_going == 1
    assert goes.legal_name in page
    assert hidden.legal_name not in page
    look = Event.objects.get(kind=Event.Kind.LOOK)
    assert list(look.subjects.all()) == [goes]


def test_trainer_adds_a_rule_and_ends_it(trainer, cohort, judiciary, place):
    person = work(judiciary)
    assert (
        place
        in trainer.get(f"/en/team/cohorts/{cohort.uuid}/settings/").content.decode()
    )
    asked_for = {"institution": judiciary.pk, "track": "judge"}

    assert trainer.get(place).status_code == 200
    assert trainer.get(place, {"track": ""}).status_code == 422
    assert trainer.get(place, asked_for).status_code == 200
    assert trainer.post(place, {"track": "x"}).status_code == 422
    answer = trainer.post(place, asked_for)

    made = MembershipRule.objects.get()
    assert answer["Location"] == place
    assert (made.institution, made.track, invited()) == (
        judiciary,
        "judge",
        {person.email},
    )
    row = by_rule(cohort, made, person)
    end = f"{place}{made.uuid}/end/"
    assert end in trainer.get(place).content.decode()
    assert person.legal_name in trainer.get(end).content.decode()
    assert trainer.post(end)["Location"] == place
    row.refresh_from_db()
    assert row.ended == "rule"
    assert trainer.get(end).status_code == 404


def test_institution_of_another_country_is_no_choice(trainer, place):
    foreign = InstitutionFactory(country="HN")

    assert trainer.post(place, {"institution": foreign.pk}).status_code == 422
    assert MembershipRule.objects.count() == 0


def test_one_rule_too_many_is_said(trainer, cohort, tomas, place):
    for _number in range(rules.MOST_RULES):
        rule(cohort, tomas, institution=InstitutionFactory())

    answer = trainer.post(place, {"track": "opi"})

    assert answer.status_code == 422
    assert "End one of them first." in answer.content.decode()


def test_rules_of_another_cohort_are_not_there(client, bruno, cohort, tomas, place):
    made = rule(cohort, tomas, track="judge")
    MandateFactory(holder=bruno, role=Role.TRAINER)
    client.force_login(bruno)

    assert client.get(place).status_code == 404
    assert client.post(f"{place}{made.uuid}/end/").status_code == 404
    assert list(MembershipRule.objects.standing()) == [made]
