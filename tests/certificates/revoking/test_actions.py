"""Two people change a certificate, and nothing brings back what was revoked."""

from datetime import timedelta

import pytest
from django.db import connection

from certificates.models import Certificate, StandingChange
from certificates.revoking.actions import ask_for, carry_out
from lms.approvals.actions import decide
from lms.approvals.kinds import decidable_by
from lms.approvals.models import Approval
from lms.audit.models import Event
from lms.models import Letter, Mandate
from lms.people.actions import erase
from lms.refusals import Refused
from tests.factories import AffiliationFactory, MandateFactory, PersonFactory

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def test_nothing_changes_before_a_second_person_agrees(award, asked, at):
    asked()

    award.refresh_from_db()
    assert (award.revoked_at, award.standing(at.date())) == (None, "valid")


def test_two_people_revoke_a_certificate(changed, ines, lucia, at):
    award = changed("deception")

    assert award.standing(at.date()) == "revoked"
    assert (award.revoked_at, award.revoked_for) == (at, "deception")
    assert award.revoked_reason == "Oficio 9-2026"
    assert (award.revoked_by, award.revoked_second) == (ines, lucia)


def test_nobody_agrees_to_what_they_asked_for(asked, ines, at):
    with pytest.raises(Refused, match="own-request"):
        decide(asked(), approve=True, by=ines, at=at)


def test_two_people_suspend_a_certificate_and_lift_that(changed, at):
    suspended = changed("inquiry")
    assert suspended.standing(at.date()) == "suspended"

    lifted = changed("cleared", at=at + HOUR)

    assert lifted.standing(at.date()) == "valid"
    assert (lifted.suspended_at, lifted.lifted_at) == (at, at + HOUR)


def test_a_suspension_may_end_by_revoking_and_a_second_one_may_follow(changed, at):
    changed("inquiry")
    changed("cleared", at=at + HOUR)
    again = changed("inquiry", at=at + 2 * HOUR)
    assert (again.suspended_at, again.lifted_at) == (at + 2 * HOUR, None)

    assert changed("error", at=at + 3 * HOUR).standing(at.date()) == "revoked"


@pytest.mark.parametrize("why", ["error", "inquiry", "cleared"])
def test_what_was_revoked_is_changed_no_more(changed, why):
    changed("error")

    with pytest.raises(Refused, match="already-revoked"):
        changed(why)


def test_of_one_certificate_one_change_waits(asked, at):
    asked("inquiry")

    with pytest.raises(Refused, match="already-asked"):
        asked("error")
    asked("error", at=at + timedelta(days=15))


def test_what_somebody_else_did_meanwhile_is_not_done_again(asked, lucia, at):
    approval = asked("inquiry")
    Certificate.objects.update(suspended_at=at)

    with pytest.raises(Refused, match="already-suspended"):
        decide(approval, approve=True, by=lucia, at=at)
    assert not StandingChange.objects.done().exists()


def test_a_refusal_leaves_the_certificate_as_it_is(award, asked, lucia, at):
    decide(asked(), approve=False, by=lucia, at=at, reason="Falta el oficio")

    award.refresh_from_db()
    assert award.revoked_at is None
    assert not StandingChange.objects.done().exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("ines", True),
        ("lucia", True),
        ("sofia", True),
        ("ana", False),
        ("tomas", False),
        ("hugo", False),
        ("admin", False),
    ],
)
def test_who_may_change_a_certificate(request, award, at, who, may):
    somebody = request.getfixturevalue(who)
    found = Certificate.objects.revocable_by(somebody, on=at.date())

    assert list(found) == ([award] if may else [])
    if not may:
        with pytest.raises(Refused, match="not-yours"):
            ask_for(award, why="error", reason="x", by=somebody, at=at)


def test_the_institution_at_issue_counts_and_not_a_later_one(
    award, ana, ines, judiciary, at
):
    ana.affiliations.update(until_on=at.date())
    colleague = PersonFactory()
    tomorrow = at.date() + timedelta(days=1)
    elsewhere = AffiliationFactory(person=ana, from_on=tomorrow, confirmed=True)
    MandateFactory(holder=colleague, institution=elsewhere.institution)
    later = at.date() + timedelta(days=2)

    assert Certificate.objects.revocable_by(ines, on=later).contains(award)
    assert not Certificate.objects.revocable_by(colleague, on=later).exists()


def test_nobody_changes_their_own_certificate(award, ana, at):
    MandateFactory(holder=ana, institution=None, country="GT")

    assert not Certificate.objects.revocable_by(ana, on=at.date()).exists()


def test_of_shielded_people_only_the_secretariat_changes_any(
    award, ana, ines, sofia, at
):
    ana.shielded = True
    ana.save()

    assert not Certificate.objects.revocable_by(ines, on=at.date()).exists()
    assert Certificate.objects.revocable_by(sofia, on=at.date()).exists()


def test_a_mandate_that_ended_meanwhile_revokes_nothing(asked, ines, lucia, at):
    approval = asked()
    Mandate.objects.filter(holder=ines).update(ended_at=at, ended_reason="x")

    with pytest.raises(Refused, match="not-yours"):
        decide(approval, approve=True, by=lucia, at=at)


def test_who_decides_is_whoever_could_have_asked(asked, ines, lucia, sofia, hugo):
    asked()

    may = {
        who.legal_name
        for who in (ines, lucia, sofia, hugo)
        if Approval.objects.filter(decidable_by(who)).exists()
    }

    assert may == {lucia.legal_name, sofia.legal_name}


def test_the_holder_reads_in_the_log_who_did_what(changed, ana, ines, lucia):
    changed("identity")

    lines = Event.objects.visible_to(ana).order_by("pk")
    assert [(one.purpose, one.actor, one.fields) for one in lines] == [
        (
            "change of a certificate asked for",
            ines,
            ["the identity was not the holder’s"],
        ),
        ("certificate revoked", lucia, ["the identity was not the holder’s"]),
    ]


def test_a_change_is_done_once(award, asked, lucia, at):
    approval = asked("inquiry")
    change = StandingChange.objects.get(uuid=approval.subject)
    StandingChange.objects.update(agreed_by=lucia, done_at=at)

    with pytest.raises(Refused, match="over"):
        carry_out(change, reason="Oficio 9-2026", by=lucia, at=at)

    award.refresh_from_db()
    assert award.suspended_at is None


def test_of_two_who_suspend_at_once_one_does(award, asked, lucia, at):
    change = StandingChange.objects.get(uuid=asked("inquiry").subject)
    before = at - HOUR

    def somebody_is_faster(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "standingchange" in sql:
            Certificate.objects.update(suspended_at=before)
        return execute(sql, params, many, context)

    with (
        connection.execute_wrapper(somebody_is_faster),
        pytest.raises(Refused, match="over"),
    ):
        carry_out(change, reason="Oficio 9-2026", by=lucia, at=at)


def test_nobody_is_written_to_about_an_erased_person(award, ana, asked, lucia, at):
    uuid = asked("error").subject
    erase(ana, by=None, at=at)

    change = StandingChange.objects.get(uuid=uuid)
    carry_out(change, reason="Oficio 9-2026", by=lucia, at=at)

    award.refresh_from_db()
    assert award.revoked_at == at
    assert not Letter.objects.exclude(template="account_erased").exists()
