"""The chain in action: who grants what, who accepts, and how it ends."""

from contextlib import contextmanager, nullcontext
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django_tasks_db.models import DBTaskResult

from lms.approvals.actions import decide
from lms.approvals.kinds import summary_of
from lms.approvals.models import Approval
from lms.audit.models import Event
from lms.mail.models import Letter
from lms.mandates import actions
from lms.mandates.mails import mail_end, mail_offer
from lms.mandates.own import offers_to
from lms.models import Mandate, Merger, User
from lms.people.actions import merge
from lms.people.choices import Role
from lms.refusals import Refused
from tests.factories import MandateFactory, PersonFactory, rival
from tests.lms.mandates.conftest import accept, today
from tests.working import delivered

pytestmark = pytest.mark.django_db
GRANTERS = ["admin", "sofia", "marta", "ines", "tomas", "ana"]
CHAIN = {
    (Role.SECRETARIAT, ""): {"admin"},
    (Role.TRAINER, "GT"): {"sofia"},
    (Role.MINISTRY, "GT"): {"sofia"},
    (Role.COUNTRY_OWNER, "GT"): {"sofia"},
    (Role.PROTECTION, "GT"): {"sofia"},
    (Role.MINISTRY, "judiciary"): {"marta"},
    (Role.MINISTRY, "honduran"): set(),
    (Role.TRAINER, "judiciary"): set(),
    (Role.SECRETARIAT, "GT"): set(),
}


def enqueued(task):
    return DBTaskResult.objects.filter(task_path=task.module_path).count()


@pytest.mark.parametrize("name", GRANTERS)
@pytest.mark.parametrize(("role", "place"), CHAIN)
def test_a_mandate_is_granted_from_the_level_above_only(
    request, role, place, name, facts
):
    granter = request.getfixturevalue(name)
    asked = facts(role=role, country=place)
    if place in {"judiciary", "honduran"}:
        institution = request.getfixturevalue(place)
        asked |= {"country": institution.country, "institution": institution}
    before = Mandate.objects.count()

    if name in CHAIN[role, place]:
        actions.grant(granter, **asked)
        assert Mandate.objects.count() == before + 1
        return
    with pytest.raises(Refused, match="not-yours"):
        actions.grant(granter, **asked)
    assert Mandate.objects.count() == before


def test_an_institution_of_another_country_is_not_smuggled_in(marta, honduran, facts):
    with pytest.raises(Refused, match="not-yours"):
        actions.grant(
            marta, **facts(role=Role.MINISTRY, country="GT", institution=honduran)
        )


def test_a_mandate_that_ended_grants_nothing(sofia, facts, now):
    sofia.mandates.update(ended_at=now, ended_reason="over")

    with pytest.raises(Refused, match="not-yours"):
        actions.grant(sofia, **facts())


@pytest.mark.parametrize("typed", ["sofia@example.org", "Sofia@Example.org", "other"])
def test_nobody_grants_to_themselves(sofia, facts, typed):
    EmailAddress.objects.create(user=sofia, email="sof@example.org", verified=False)
    address = "SOF@example.org" if typed == "other" else typed

    with pytest.raises(Refused, match="own-address"):
        actions.grant(sofia, **facts(address=address))


def test_what_is_over_a_country_waits_for_a_second_person(sofia, facts):
    mandate = actions.grant(sofia, **facts())

    approval = Approval.objects.get()
    assert mandate.approved_at is None
    assert (approval.kind, approval.subject) == ("mandate", mandate.uuid)
    assert (approval.asked_by, approval.reason) == (sofia, "Oficio 7-2026")
    assert enqueued(mail_offer) == 0


def test_what_is_over_the_region_waits_for_another_administrator(
    admin, other_admin, facts, now
):
    mandate = actions.grant(admin, **facts(role=Role.SECRETARIAT, country=""))
    approval = Approval.objects.get()
    waits = (mandate.approved_at, enqueued(mail_offer))

    decide(approval, approve=True, by=other_admin, at=now)

    assert (approval.kind, approval.subject) == ("regional mandate", mandate.uuid)
    assert waits == (None, 0)
    assert Mandate.objects.offered().contains(mandate)
    assert enqueued(mail_offer) == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [("sofia", "not-yours"), ("marta", "not-yours"), ("admin", "own-request")],
)
def test_nobody_else_is_second_for_what_is_over_the_region(
    request, name, reason, admin, facts, now
):
    mandate = actions.grant(admin, **facts(role=Role.SECRETARIAT, country=""))

    with pytest.raises(Refused, match=reason):
        decide(
            Approval.objects.get(),
            approve=True,
            by=request.getfixturevalue(name),
            at=now,
        )

    mandate.refresh_from_db()
    assert mandate.approved_at is None


def test_one_stolen_administrator_appoints_nobody(admin, bruno, facts, now):
    offer = facts(role=Role.SECRETARIAT, country="", address="bruno@example.org")
    mandate = actions.grant(admin, **offer)

    with pytest.raises(Refused, match="own-request"):
        decide(Approval.objects.get(), approve=True, by=admin, at=now)
    with pytest.raises(Refused, match="not-offered"):
        accept(mandate, by=bruno, at=now)


def test_the_night_ends_what_no_administrator_approved_in_time(admin, facts, now):
    actions.grant(admin, **facts(role=Role.SECRETARIAT, country=""))

    assert actions.end_what_ran_out(on=today(), at=now + timedelta(days=14)) == 1


def test_what_is_over_an_institution_is_offered_at_once(offered, now):
    mandate = offered("nadie@example.org")

    assert mandate.approved_at == now
    assert not Approval.objects.exists()
    assert enqueued(mail_offer) == 1


def test_granting_twice_is_one_offer_and_one_letter(offered):
    first = offered("nadie@example.org")
    second = offered("Nadie@example.org")

    assert first == second
    assert enqueued(mail_offer) == 1


def test_a_third_officer_for_shielded_people_is_refused(sofia, facts):
    for number in (1, 2):
        asked = facts(role=Role.PROTECTION, address=f"officer{number}@example.org")
        actions.grant(sofia, **asked)

    with pytest.raises(Refused, match="two-officers"):
        actions.grant(
            sofia, **facts(role=Role.PROTECTION, address="officer3@example.org")
        )

    assert sorted(Mandate.objects.exclude(seat=None).values_list("seat")) == [
        (1,),
        (2,),
    ]
    elsewhere = facts(role=Role.PROTECTION, country="HN", address="o3@example.org")
    assert actions.grant(sofia, **elsewhere).seat == 1


def test_who_races_for_a_seat_takes_the_other_one(sofia, facts, now):
    faster = Mandate(
        address="faster@example.org",
        role=Role.PROTECTION,
        country="GT",
        seat=1,
        from_on=today(),
        until_on=today(),
        reason="Oficio 8-2026",
        granted_by=sofia,
        granted_at=now,
    )

    with rival(faster):
        mandate = actions.grant(sofia, **facts(role=Role.PROTECTION))

    assert mandate.seat == 2


def test_a_seat_is_free_once_its_mandate_ran_out(sofia, facts, now):
    for seat in (1, 2):
        MandateFactory(
            role=Role.PROTECTION, seat=seat, until_on=today() - timedelta(days=1)
        )

    mandate = actions.grant(sofia, **facts(role=Role.PROTECTION))

    assert mandate.seat == 1
    assert Mandate.objects.filter(ended_reason=actions.RAN_OUT).count() == 2


def test_a_second_person_makes_it_an_offer_and_then_the_letter_goes_out(
    sofia, rosa, facts, now
):
    mandate = actions.grant(sofia, **facts())

    decide(Approval.objects.get(), approve=True, by=rosa, at=now)

    mandate.refresh_from_db()
    assert mandate.approved_at == now
    assert enqueued(mail_offer) == 1


def test_an_administrator_may_be_the_second_person(sofia, admin, facts, now):
    mandate = actions.grant(sofia, **facts())

    decide(Approval.objects.get(), approve=True, by=admin, at=now)

    assert Mandate.objects.offered().contains(mandate)


def test_the_second_person_is_not_the_first(sofia, facts, now):
    mandate = actions.grant(sofia, **facts())

    with pytest.raises(Refused, match="own-request"):
        decide(Approval.objects.get(), approve=True, by=sofia, at=now)

    mandate.refresh_from_db()
    assert mandate.approved_at is None


def test_the_second_person_is_not_whom_it_is_for(sofia, rosa, facts, now):
    actions.grant(sofia, **facts(address="rosa@example.org"))

    with pytest.raises(Refused, match="address-is-yours"):
        decide(Approval.objects.get(), approve=True, by=rosa, at=now)

    assert Approval.objects.get().decided_at is None


def test_nothing_is_approved_for_who_may_not_grant_any_more(sofia, rosa, facts, now):
    actions.grant(sofia, **facts())
    sofia.mandates.update(ended_at=now, ended_reason="left")

    with pytest.raises(Refused, match="asker-may-not"):
        decide(Approval.objects.get(), approve=True, by=rosa, at=now)


@pytest.mark.parametrize("name", ["marta", "tomas", "ana"])
def test_nobody_else_is_a_second_person(request, name, sofia, facts, now):
    person = request.getfixturevalue(name)
    actions.grant(sofia, **facts())

    with pytest.raises(Refused, match="not-yours"):
        decide(Approval.objects.get(), approve=True, by=person, at=now)


def test_a_second_person_who_refuses_ends_it(sofia, rosa, facts, now):
    mandate = actions.grant(sofia, **facts())

    decide(Approval.objects.get(), approve=False, by=rosa, at=now, reason="no")

    mandate.refresh_from_db()
    assert (mandate.ended_at, mandate.ended_by) == (now, None)
    assert mandate.ended_reason == "refused by the second person"
    assert enqueued(mail_offer) == 0


def test_whoever_owns_the_verified_address_accepts(offered, bruno, now):
    mandate = offered("Bruno@example.org")

    accept(mandate, by=bruno, at=now)
    accept(mandate, by=bruno, at=now)

    bruno.refresh_from_db()
    assert (mandate.holder, mandate.accepted_at) == (bruno, now)
    assert bruno.holds_mandate
    (event,) = Event.objects.filter(purpose="mandate accepted")
    assert (event.actor, list(event.subjects.all())) == (bruno, [bruno])


def test_an_address_that_is_not_verified_accepts_nothing(offered, bruno, now):
    EmailAddress.objects.create(user=bruno, email="b@example.org", verified=False)
    mandate = offered("b@example.org")

    with pytest.raises(Refused, match="not-offered"):
        accept(mandate, by=bruno, at=now)

    bruno.refresh_from_db()
    assert not bruno.holds_mandate


def test_somebody_elses_address_accepts_nothing(offered, bruno, carla, now):
    mandate = offered("carla@example.org")

    with pytest.raises(Refused, match="not-offered"):
        accept(mandate, by=bruno, at=now)


def test_what_is_not_approved_is_not_accepted(sofia, bruno, facts, now):
    mandate = actions.grant(sofia, **facts(address="bruno@example.org"))

    with pytest.raises(Refused, match="not-offered"):
        accept(mandate, by=bruno, at=now)


def test_who_granted_it_does_not_accept_with_an_address_added_later(
    offered, marta, now
):
    mandate = offered("later@example.org")
    EmailAddress.objects.create(user=marta, email="later@example.org", verified=True)

    with pytest.raises(Refused, match="own-grant"):
        accept(mandate, by=marta, at=now)


def test_the_second_person_does_not_accept_with_an_address_added_later(
    sofia, rosa, facts, now
):
    mandate = actions.grant(sofia, **facts(address="later@example.org"))
    decide(Approval.objects.get(), approve=True, by=rosa, at=now)
    mandate.refresh_from_db()
    EmailAddress.objects.create(user=rosa, email="later@example.org", verified=True)

    with pytest.raises(Refused, match="own-grant"):
        accept(mandate, by=rosa, at=now)


@pytest.mark.parametrize("shielded", [True, False])
def test_approval_shows_no_address_once_somebody_holds_it(
    sofia, rosa, bruno, facts, now, shielded
):
    mandate = actions.grant(sofia, **facts(address="bruno@example.org"))
    decide(Approval.objects.get(), approve=True, by=rosa, at=now)
    assert "bruno@example.org" in said(sofia)
    User.objects.filter(pk=bruno.pk).update(shielded=shielded)
    mandate.refresh_from_db()

    accept(mandate, by=bruno, at=now)

    assert "bruno@example.org" not in said(sofia)


def said(viewer):
    summary = summary_of(Approval.objects.get(), viewer=viewer)
    return [value for _name, value in summary.facts]


def test_one_person_does_not_sit_on_both_seats(bruno, sofia, now):
    MandateFactory(holder=bruno, role=Role.PROTECTION, seat=1)
    other = MandateFactory(
        holder=None,
        address="bruno@example.org",
        role=Role.PROTECTION,
        seat=2,
        granted_by=sofia,
        accepted_at=None,
    )

    with pytest.raises(Refused, match="same-officer"):
        accept(other, by=bruno, at=now)


@pytest.mark.parametrize(
    "facts",
    [{"email": "bruno+2@example.org"}, {"legal_name": "Bruno Díaz"}],
)
def test_what_looks_like_one_person_does_not_sit_on_both_seats(
    bruno, sofia, now, facts
):
    User.objects.filter(pk=bruno.pk).update(legal_name="Bruno Díaz")
    twin = PersonFactory(**{"email": "other@example.org"} | facts)
    MandateFactory(holder=bruno, role=Role.PROTECTION, seat=1)
    other = MandateFactory(
        holder=None,
        address=twin.email,
        role=Role.PROTECTION,
        seat=2,
        granted_by=sofia,
        accepted_at=None,
    )

    with pytest.raises(Refused, match="same-officer"):
        accept(other, by=twin, at=now)


def become_one(kept, gone, *, by, at):
    asked = {"asked_by": by, "asked_at": at, "reason": "one person"}
    merge(Merger.objects.create(kept=kept, gone=gone, **asked), by=by, at=at)
    return User.objects.get(pk=kept.pk)


def test_what_another_account_of_ones_own_granted_is_ones_own(
    offered, marta, bruno, admin, now
):
    mandate = offered("bruno@example.org")
    bruno = become_one(bruno, marta, by=admin, at=now)

    with pytest.raises(Refused, match="own-grant"):
        accept(mandate, by=bruno, at=now)

    assert not offers_to(bruno, on=today()).exists()


def test_what_another_account_of_ones_own_approved_is_ones_own(
    sofia, rosa, bruno, admin, facts, now
):
    mandate = actions.grant(sofia, **facts(address="bruno@example.org"))
    decide(Approval.objects.get(), approve=True, by=rosa, at=now)
    bruno = become_one(bruno, rosa, by=admin, at=now)

    with pytest.raises(Refused, match="own-grant"):
        accept(Mandate.objects.get(pk=mandate.pk), by=bruno, at=now)


def test_two_officers_who_become_one_person_are_one_officer(bruno, carla, admin, now):
    for number, person in enumerate([bruno, carla], start=1):
        MandateFactory(holder=person, role=Role.PROTECTION, seat=number)

    become_one(bruno, carla, by=admin, at=now)

    assert Mandate.objects.filter(ended_at=None).get().seat == 1


def test_whoever_was_an_officer_with_another_account_is_one(bruno, sofia, carla, now):
    """Carla's account became part of Bruno's, and kept its seat by mistake."""
    MandateFactory(holder=carla, role=Role.PROTECTION, seat=1)
    other = MandateFactory(
        holder=None,
        address="bruno@example.org",
        role=Role.PROTECTION,
        seat=2,
        granted_by=sofia,
        accepted_at=None,
    )
    User.objects.filter(pk=carla.pk).update(
        is_active=False, closed_at=now, merged_into=bruno
    )

    with pytest.raises(Refused, match="same-officer"):
        accept(other, by=bruno, at=now)


@contextmanager
def just_before_the_update(do):
    """Let somebody else do something just before mandates are written."""
    done = []

    def somebody_is_faster(execute, sql, params, many, context):
        if sql.startswith('UPDATE "lms_mandate"') and not done:
            done.append(True)
            do()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(somebody_is_faster):
        yield


def test_of_two_who_accept_at_once_one_does(offered, bruno, now):
    mandate = offered("bruno@example.org")

    def other_browser():
        accept(Mandate.objects.get(pk=mandate.pk), by=bruno, at=now)

    with (
        just_before_the_update(other_browser),
        pytest.raises(Refused, match="not-offered"),
    ):
        accept(mandate, by=bruno, at=now)

    # The loser wrote nothing; the test's own rival went with its transaction.
    assert not Event.objects.filter(purpose="mandate accepted").exists()


def test_who_accepts_what_is_just_being_taken_back_gets_nothing(
    offered, bruno, marta, now
):
    mandate = offered("bruno@example.org")

    def take_back():
        actions.end(mandate, by=marta, reason="a mistake", at=now)

    with just_before_the_update(take_back), pytest.raises(Refused, match="not-off"):
        accept(mandate, by=bruno, at=now)

    bruno.refresh_from_db()
    assert not bruno.holds_mandate


def test_declining_leaves_no_holder_and_frees_the_seat(sofia, bruno, facts, rosa, now):
    asked = facts(role=Role.PROTECTION, address="bruno@example.org")
    mandate = actions.grant(sofia, **asked)
    decide(Approval.objects.get(), approve=True, by=rosa, at=now)

    actions.decline(mandate, by=bruno, at=now)

    assert (mandate.holder, mandate.declined_at) == (None, now)
    again = facts(role=Role.PROTECTION, address="carla@example.org")
    assert actions.grant(sofia, **again).seat == 1
    with pytest.raises(Refused, match="not-offered"):
        accept(mandate, by=bruno, at=now)


ENDERS = [
    ("admin", "sofia", True),
    ("sofia", "tomas", True),
    ("sofia", "ines", True),
    ("marta", "ines", True),
    ("tomas", "tomas", True),
    ("marta", "tomas", False),
    ("marta", "hugo", False),
    ("hugo", "ines", False),
    ("ines", "tomas", False),
    ("sofia", "rosa", False),
    ("ana", "tomas", False),
]


@pytest.mark.parametrize(("above", "holder", "may"), ENDERS)
def test_a_mandate_is_ended_from_above_or_given_back(request, above, holder, may, now):
    by = request.getfixturevalue(above)
    mandate = request.getfixturevalue(holder).mandates.get()

    refused = nullcontext() if may else pytest.raises(Refused, match="already-over")
    with refused:
        actions.end(mandate, by=by, reason="moved", at=now)

    mandate.refresh_from_db()
    assert bool(mandate.ended_at) is may
    assert enqueued(mail_end) == (may and above != holder)


def test_ending_says_who_and_why_once(sofia, admin, tomas, now):
    mandate = tomas.mandates.get()

    actions.end(mandate, by=sofia, reason="moved", at=now)
    with pytest.raises(Refused, match="already-over"):
        actions.end(mandate, by=admin, reason="later", at=now)

    mandate.refresh_from_db()
    assert (mandate.ended_by, mandate.ended_reason) == (sofia, "moved")
    (event,) = Event.objects.filter(purpose="mandate ended")
    assert (event.actor, list(event.subjects.all())) == (sofia, [tomas])


def test_an_offer_taken_back_is_approved_by_nobody(sofia, rosa, facts, now):
    mandate = actions.grant(sofia, **facts())

    actions.end(mandate, by=sofia, reason="a mistake", at=now)

    with pytest.raises(Refused, match="too-late"):
        decide(Approval.objects.get(), approve=True, by=rosa, at=now)
    assert enqueued(mail_end) == 0


def test_an_offer_taken_back_is_not_mailed(offered, marta, now, letters):
    mandate = offered("nadie@example.org")

    actions.end(mandate, by=marta, reason="a mistake", at=now)

    assert letters() == 0


def test_an_offer_taken_back_while_its_letter_waits_is_not_mailed(offered, marta, now):
    mandate = offered("nadie@example.org")
    mail_offer.func(str(mandate.uuid))
    letter = Letter.objects.get(template="mandate_offer")

    actions.end(mandate, by=marta, reason="a mistake", at=now)

    assert delivered() == []
    letter.refresh_from_db()
    assert letter.trouble == "moot"


def test_closing_an_account_ends_all_it_held(tomas, sofia, admin, now):
    MandateFactory(holder=tomas, country="HN")

    ended = actions.end_all_of(tomas, by=admin, reason="account closed", at=now)

    assert ended == 2
    assert not tomas.mandates.filter(ended_at=None).exists()
    assert sofia.mandates.filter(ended_at=None).exists()
    assert actions.end_all_of(tomas, by=admin, reason="account closed", at=now) == 0


def test_the_night_ends_what_is_past_its_last_day(tomas, ines, now):
    tomas.mandates.update(until_on=today() - timedelta(days=1))
    ines.mandates.update(until_on=today())

    assert actions.end_what_ran_out(on=today(), at=now) == 1
    assert actions.end_what_ran_out(on=today(), at=now) == 0

    mandate = tomas.mandates.get()
    assert (mandate.ended_reason, mandate.ended_by) == ("it ran out", None)
    (event,) = Event.objects.filter(purpose="mandate ended")
    assert (event.actor, list(event.subjects.all())) == (None, [tomas])


def test_the_night_ends_what_nobody_approved_in_time(sofia, facts, now):
    mandate = actions.grant(sofia, **facts())
    late = now + timedelta(days=14)

    assert actions.end_what_ran_out(on=today(), at=late - timedelta(seconds=1)) == 0
    assert actions.end_what_ran_out(on=today(), at=late) == 1

    mandate.refresh_from_db()
    assert mandate.ended_reason == "no second person approved it in time"


def test_what_ended_meanwhile_the_night_does_not_end_again(tomas, now):
    tomas.mandates.update(until_on=today() - timedelta(days=1))
    done = []

    def somebody_is_faster(execute, sql, params, many, context):
        if sql.startswith('UPDATE "lms_mandate"') and not done:
            done.append(True)
            tomas.mandates.update(ended_at=now, ended_reason="by hand")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(somebody_is_faster):
        assert actions.end_what_ran_out(on=today(), at=now) == 0

    assert tomas.mandates.get().ended_reason == "by hand"


def test_what_is_over_is_neither_approved_nor_refused_nor_declined(
    sofia, rosa, bruno, facts, now
):
    mandate = actions.grant(sofia, **facts(address=bruno.email))
    Mandate.objects.update_or_create(
        pk=mandate.pk, defaults={"ended_at": now, "ended_reason": "taken back"}
    )

    with pytest.raises(Refused, match="over"):
        actions.approve(mandate.uuid, by=rosa, at=now)
    actions.refuse(mandate.uuid, by=rosa, at=now)
    with pytest.raises(Refused, match="not-offered"):
        actions.decline(mandate, by=bruno, at=now)

    mandate.refresh_from_db()
    assert (mandate.approved_at, mandate.ended_reason) == (None, "taken back")
    assert not Event.objects.filter(purpose="mandate ended").exists()


def test_a_letter_about_the_end_is_neutral(tomas, sofia, now, letters):
    tomas.language = "en"
    tomas.save()

    actions.end(tomas.mandates.get(), by=sofia, reason="misconduct", at=now)
    letters()

    (letter,) = mail.outbox
    assert letter.to == ["tomas@example.org"]
    assert "/en/mandates/mine/" in letter.body
    for secret in ("misconduct", "Guatemala", "rainer", "Sof"):
        assert secret not in letter.subject + letter.body


def test_offers_to_known_and_unknown_addresses_are_the_same_bytes(offered, letters):
    PersonFactory(email="known@example.org", language="en")
    for address in ("known@example.org", "nadie@example.org"):
        offered(address)

    assert letters() == 2

    first, second = mail.outbox
    assert [first.to, second.to] == [["known@example.org"], ["nadie@example.org"]]
    assert (first.subject, first.body) == (second.subject, second.body)
    assert "/es/mandates/mine/" in first.body
    assert "/en/mandates/mine/" in first.body
    for secret in ("Judic", "inistr", "Oficio", "Marta"):
        assert secret not in first.subject + first.body
