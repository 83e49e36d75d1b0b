"""A trainer sees who would move before a rule stands: numbers, and names of members."""

from datetime import timedelta

import pytest

from lms.models import (
    Affiliation,
    Event,
    MembershipRule,
    User,
)
from lms.people.choices import Role
from lms.team import rules
from tests.factories import (
    NOON,
    InstitutionFactory,
    MandateFactory,
)
from tests.lms.team.membership.people import by_rule, invited, move_away, rule, work

pytestmark = pytest.mark.django_db


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


def test_at_night_it_says_when_the_invitations_go_out_before_and_after(
    trainer, place, time_machine
):
    time_machine.move_to(NOON + timedelta(days=5), tick=False)
    monday = "goes out on 9 November 2026, 07:00, time of Guatemala."

    before = trainer.get(place, {"track": "judge"}).content.decode()
    after = trainer.post(place, {"track": "judge"}, follow=True).content.decode()

    assert f"the mail that invites them {monday}" in before
    assert f"is invited by mail, which {monday}" in after


def test_preview_of_few_is_that_of_nobody(trainer, judiciary, court, place):
    for _number in range(4):
        work(judiciary)
    asked_for = {"institution": judiciary.pk}

    few = trainer.get(place, asked_for).context["preview"]
    Affiliation.objects.all().delete()
    nobody = trainer.get(place, asked_for).context["preview"]

    assert few == nobody


def test_preview_names_who_would_leave_and_says_nothing_of_the_shielded(
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
