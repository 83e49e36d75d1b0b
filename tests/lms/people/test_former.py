"""An erasure knows every address that a person ever had."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django_tasks_db.models import DBTaskResult

from certificates.erase_drill import stored_words
from lms.models import (
    Approval,
    Cohort,
    CohortMember,
    FormerAddress,
    Invitation,
    Letter,
    Mandate,
    RosterCheck,
    SupportRequest,
    SupportVisit,
)
from lms.people import actions
from lms.people.former import addresses_ever, digest_of
from lms.people.kept import kept_about
from lms.support.actions import take_up_address
from lms.support.mails import mail_link
from tests.factories import MandateFactory, PersonFactory
from tests.lms.people.seeding import asked
from tests.lms.team.inviting import invited

OLD = "zqold@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def moved(ana):
    """Ana, who gave an address up."""
    give_up(ana, OLD)
    return ana


def give_up(person, address, *, verified=True):
    row = EmailAddress.objects.create(user=person, email=address, verified=verified)
    row.delete()


def marks_of(person):
    return list(FormerAddress.objects.own(person).values_list("digest", flat=True))


# The mark


def test_address_that_is_given_up_leaves_a_mark_and_is_kept_nowhere(moved):
    assert marks_of(moved) == [digest_of("ZQold+cards@EXAMPLE.org")]
    assert "zqold" not in stored_words()


def test_giving_it_up_again_leaves_one_mark(moved):
    give_up(moved, OLD)

    assert len(marks_of(moved)) == 1


def test_address_that_nobody_confirmed_leaves_no_mark(ana):
    give_up(ana, OLD, verified=False)

    assert marks_of(ana) == []


def test_mailbox_that_support_moved_leaves_a_mark(ana, at):
    take_up_address(ana, address="new@example.org", password="x" * 20, at=at)

    assert marks_of(ana) == [digest_of("ana@example.org")]


def test_account_that_is_deleted_or_erased_leaves_none(moved, bruno, admin, at):
    PersonFactory().delete()
    actions.erase(moved, by=admin, at=at)

    assert not FormerAddress.objects.exists()
    assert digest_of(bruno.email) != digest_of(moved.email)


def test_page_of_ones_data_counts_the_marks(moved, bruno):
    def said(person):
        (line,) = (
            one
            for one in kept_about(person, language="en")
            if one.what == "E-mail addresses"
        )
        return line.values[1:]

    assert said(bruno) == []
    assert said(moved) == [
        "1 that you gave up: only a mark, from which nobody can read it"
    ]


# What is theirs


def test_addresses_are_all_that_are_known_or_found_by_a_mark(moved, tomas, at):
    invited(Cohort.objects.get(), address="zqold+campus@example.org", by=tomas, at=at)
    accepted = invited(Cohort.objects.get(), address="by@example.org", by=tomas, at=at)
    Invitation.objects.filter(pk=accepted.pk).update(redeemed_by=moved, redeemed_at=at)
    held = MandateFactory(holder=moved, address="Held@example.org")

    found = addresses_ever(moved)

    assert held.holder == moved
    assert found == {
        "ana@example.org",
        "zqold+campus@example.org",
        "by@example.org",
        "held@example.org",
    }


def test_mailbox_that_another_account_has_by_now_is_theirs(moved, bruno, tomas, at):
    EmailAddress.objects.create(user=bruno, email=OLD.upper(), verified=True)
    kept = invited(Cohort.objects.get(), address=OLD, by=tomas, at=at)

    actions.erase(moved, by=None, at=at)

    kept.refresh_from_db()
    assert (kept.address, kept.withdrawn_at) == (OLD, None)


def test_claim_that_nobody_confirmed_keeps_nothing_from_being_erased(moved, tomas, at):
    PersonFactory(email="thief@example.org").emailaddress_set.create(email=OLD)
    gone = invited(Cohort.objects.get(), address=OLD, by=tomas, at=at)

    actions.erase(moved, by=None, at=at)

    gone.refresh_from_db()
    assert gone.address == ""


# What is erased


def an_invitation(other, by, at):
    invited(Cohort.objects.get(), address=OLD, by=by, at=at)


def an_invitation_with_a_superior(other, by, at):
    named = {"superior_name": "zqold", "superior_address": OLD}
    invited(Cohort.objects.get(), by=by, at=at, **named)


def a_letter(other, by, at):
    Letter.objects.create(
        event="x", address=OLD, language="es", asked_at=at, due_at=at, next_at=at
    )


def an_offer(other, by, at):
    facts = {"holder": None, "accepted_at": None, "address": OLD.upper()}
    offer = MandateFactory(reason="zqold", granted_by=by, **facts)
    asked(by, reason="zqold", subject=offer.uuid, at=at)


def an_offer_that_ended(other, by, at):
    facts = {"holder": None, "accepted_at": None, "address": OLD, "reason": "x"}
    MandateFactory(granted_by=by, ended_at=at, ended_reason="zqold", **facts)


def a_superior(other, by, at):
    CohortMember.objects.create(
        cohort=Cohort.objects.get(),
        person=other,
        from_on=at.date(),
        superior_name="zqold",
        superior_address="zqold+jefa@example.org",
    )


def a_list(other, by, at):
    RosterCheck.objects.create(
        cohort=Cohort.objects.get(),
        by=by,
        made_at=at,
        until_at=at + DAY,
        rows=[{"address": OLD}],
        report={"errors": [{"typed": f"zqold <{OLD}>"}]},
    )


def a_task(other, by, at):
    mail_link.enqueue(str(other.uuid), OLD)


def a_task_that_failed(other, by, at):
    task = mail_link.enqueue(str(other.uuid), "x@example.org")
    said = f"SMTPRecipientsRefused: '{OLD}'"
    DBTaskResult.objects.filter(pk=task.id).update(traceback=said)


def a_request_of_support(other, by, at):
    request = SupportRequest.objects.create(
        helper=by,
        person=other,
        act="mailbox",
        facts={"address": OLD},
        reason="zqold",
        asked_at=at,
    )
    asked(by, reason="zqold", subject=request.uuid, at=at)


def a_reason(other, by, at):
    SupportVisit.objects.create(
        helper=by,
        person=other,
        reason=f"Escribió <{OLD}>",
        opened_at=at,
        until_at=at + DAY,
    )
    asked(by, reason=f"{OLD}: pide acceso", subject=uuid4(), at=at)


@pytest.mark.parametrize(
    "written",
    [
        an_invitation,
        an_invitation_with_a_superior,
        a_letter,
        an_offer,
        an_offer_that_ended,
        a_superior,
        a_list,
        a_task,
        a_task_that_failed,
        a_request_of_support,
        a_reason,
    ],
)
def test_nothing_stays_of_a_former_address(moved, bruno, tomas, at, written):
    written(bruno, tomas, at)
    before = stored_words().casefold()

    actions.erase(moved, by=None, at=at)

    assert "zqold" in before
    assert "zqold" not in stored_words().casefold()


def test_what_waited_under_a_former_address_is_over(moved, bruno, tomas, at):
    for write in (an_invitation, an_offer, a_request_of_support):
        write(bruno, tomas, at)

    actions.erase(moved, by=None, at=at)

    assert Invitation.objects.get().withdrawn_at == at
    assert Mandate.objects.get(holder=None).ended_at == at
    assert Approval.objects.count() == 2
    assert not Approval.objects.waiting(at).exists()


def test_words_of_others_stay_around_the_address(moved, bruno, tomas, at):
    a_reason(bruno, tomas, at)

    actions.erase(moved, by=None, at=at)

    assert SupportVisit.objects.get().reason == "Escribió <—>"
    assert Approval.objects.get().reason == "—: pide acceso"
