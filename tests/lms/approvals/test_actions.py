from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext, override

from lms.approvals import kinds
from lms.approvals.actions import ask, decide, withdraw
from lms.approvals.kinds import decidable_by
from lms.approvals.models import Approval
from lms.audit.models import Event
from lms.models import Mandate
from lms.people.actions import erase
from lms.people.models import User
from lms.people.records import NAMELESS
from lms.refusals import Refused

pytestmark = pytest.mark.django_db
TWO_WEEKS = timedelta(days=14)


def test_asking_twice_is_asking_once(sofia, rosa, now):
    subject = uuid4()

    first = ask("mandate", subject=subject, by=sofia, reason="one", at=now)
    second = ask("mandate", subject=subject, by=rosa, reason="two", at=now)

    assert first == second
    assert (second.asked_by, second.reason) == (sofia, "one")


def test_of_two_who_ask_at_once_one_is_written(sofia, rosa, now):
    subject = uuid4()
    faster = Approval(
        kind="mandate",
        subject=subject,
        asked_by=rosa,
        asked_at=now,
        until_at=now + TWO_WEEKS,
        reason="faster",
    )

    done = []

    def rosa_is_faster(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if sql.startswith("SELECT") and not done:
            done.append(True)
            faster.save()
        return found

    with connection.execute_wrapper(rosa_is_faster):
        found = ask("mandate", subject=subject, by=sofia, reason="slower", at=now)

    assert (found.asked_by, Approval.objects.count()) == (rosa, 1)


def test_asking_again_after_the_time_is_over_begins_anew(sofia, rosa, now):
    subject = uuid4()
    ask("mandate", subject=subject, by=sofia, reason="one", at=now - TWO_WEEKS)

    again = ask("mandate", subject=subject, by=rosa, reason="two", at=now)

    assert (again.asked_by, again.reason) == (rosa, "two")
    assert again.until_at == now + TWO_WEEKS
    assert Approval.objects.count() == 1


def test_deciding_does_what_was_asked_and_writes_it_down(asked, sofia, rosa, now):
    decide(asked, approve=True, by=rosa, at=now)

    assert (asked.approved, asked.decided_by, asked.decided_at) == (True, rosa, now)
    assert Mandate.objects.get(uuid=asked.subject).approved_at == now
    event = Event.objects.get(purpose="approval given")
    assert (event.actor, list(event.subjects.all())) == (rosa, [sofia])
    assert event.fields == ["granting of a mandate"]


@pytest.mark.parametrize("kind", kinds.REGISTER)
def test_every_act_has_its_words_for_whoever_asked(kind):
    act = kinds.REGISTER[kind].act

    with override("es"):
        assert gettext(act) != act


def test_deciding_a_second_time_is_refused(asked, rosa, admin, now):
    decide(asked, approve=False, by=rosa, at=now, reason="no")

    with pytest.raises(Refused, match="already-decided"):
        decide(asked, approve=True, by=admin, at=now)

    assert Mandate.objects.get(uuid=asked.subject).approved_at is None


def test_of_two_who_decide_at_once_one_does(asked, rosa, admin, now):
    done = []

    def admin_is_faster(execute, sql, params, many, context):
        if sql.startswith('UPDATE "lms_approval"') and not done:
            done.append(True)
            other = Approval.objects.get(pk=asked.pk)
            decide(other, approve=False, by=admin, at=now, reason="no")
        return execute(sql, params, many, context)

    with (
        connection.execute_wrapper(admin_is_faster),
        pytest.raises(Refused, match="already-decided"),
    ):
        decide(asked, approve=True, by=rosa, at=now)

    assert not Event.objects.filter(purpose="approval given").exists()
    assert Mandate.objects.get(uuid=asked.subject).approved_at is None


def test_nobody_decides_once_the_time_is_over(asked, rosa, now):
    with pytest.raises(Refused, match="too-late"):
        decide(asked, approve=True, by=rosa, at=now + TWO_WEEKS)

    asked.refresh_from_db()
    assert asked.decided_at is None


def test_what_was_taken_back_is_decided_by_nobody(asked, rosa, now):
    withdraw("mandate", subject=asked.subject, at=now)
    asked.refresh_from_db()

    with pytest.raises(Refused, match="too-late"):
        decide(asked, approve=True, by=rosa, at=now)


@pytest.mark.parametrize("name", ["ana", "tomas", "hugo"])
def test_who_has_no_say_in_the_kind_decides_nothing(request, name, asked, now):
    person = request.getfixturevalue(name)

    with pytest.raises(Refused, match="not-yours"):
        decide(asked, approve=True, by=person, at=now)


def test_whose_account_is_closed_decides_nothing(asked, rosa, now):
    rosa.is_active = False
    rosa.save()

    with pytest.raises(Refused, match="not-yours"):
        decide(asked, approve=True, by=rosa, at=now)


@pytest.mark.parametrize("reason", ["", "  "])
def test_whoever_refuses_says_why(asked, rosa, now, reason):
    with pytest.raises(Refused, match="reason-missing"):
        decide(asked, approve=False, by=rosa, at=now, reason=reason)

    asked.refresh_from_db()
    assert asked.decided_at is None


def test_refusing_keeps_the_reason(asked, rosa, now):
    decide(asked, approve=False, by=rosa, at=now, reason="Falta el oficio")

    asked.refresh_from_db()
    assert (asked.approved, asked.decision_reason) == (False, "Falta el oficio")


def test_a_refusal_without_a_reason_is_not_stored(asked, rosa, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.update(decided_by=rosa, decided_at=now, approved=False)


def test_what_another_account_of_ones_own_asked_for_is_ones_own(
    asked, sofia, rosa, now
):
    """Sofía asked with an account that has become part of Rosa's since."""
    User.objects.filter(pk=sofia.pk).update(
        is_active=False, closed_at=now, merged_into=rosa
    )
    asked = Approval.objects.get(pk=asked.pk)

    with pytest.raises(Refused, match="own-request"):
        decide(asked, approve=True, by=rosa, at=now)

    assert list(Approval.objects.own(rosa)) == [asked]
    assert not Approval.objects.filter(decidable_by(rosa)).exists()


def test_erasing_whom_it_was_about_empties_why_it_was_refused(ask_for, rosa, ana, now):
    asked = ask_for(ana.email)
    decide(asked, approve=False, by=rosa, at=now, reason="Ana Ruiz no es de aquí")

    erase(ana, by=ana, at=now)

    asked.refresh_from_db()
    assert asked.decision_reason == NAMELESS


def granted(person, *, by, at):
    person.mandates.update(granted_by=by, granted_at=at)


def test_whom_the_asker_granted_a_mandate_does_not_decide(asked, sofia, rosa, now):
    granted(rosa, by=sofia, at=now - timedelta(days=400))

    for approve in (True, False):
        with pytest.raises(Refused, match="own-grant"):
            decide(asked, approve=approve, by=rosa, at=now, reason="no")

    asked.refresh_from_db()
    assert asked.decided_at is None


def test_whom_an_account_of_the_asker_granted_one_does_not_decide(
    asked, sofia, rosa, carla, now
):
    User.objects.filter(pk=carla.pk).update(
        is_active=False, closed_at=now, merged_into=sofia
    )
    granted(rosa, by=carla, at=now - timedelta(days=400))

    with pytest.raises(Refused, match="own-grant"):
        decide(asked, approve=True, by=rosa, at=now)


@pytest.mark.parametrize(("days", "may"), [(13, False), (15, True)])
def test_whoever_granted_the_askers_mandate_decides_once_it_is_not_new(
    asked, sofia, rosa, now, days, may
):
    granted(sofia, by=rosa, at=asked.asked_at - timedelta(days=days))

    if may:
        decide(asked, approve=True, by=rosa, at=now)
    else:
        with pytest.raises(Refused, match="own-grant"):
            decide(asked, approve=True, by=rosa, at=now)

    asked.refresh_from_db()
    assert asked.approved is (True if may else None)


def test_a_mandate_that_two_people_gave_was_not_made_for_it(
    asked, sofia, rosa, admin, now
):
    granted(sofia, by=rosa, at=now)
    vouched = sofia.mandates.get().uuid
    approval = ask("mandate", subject=vouched, by=rosa, reason="x", at=now)
    Approval.objects.filter(pk=approval.pk).update(
        decided_by=admin, decided_at=now, approved=True
    )

    decide(asked, approve=True, by=rosa, at=now)

    assert asked.approved


def test_two_whom_one_person_let_in_lately_are_not_two(asked, sofia, rosa, admin, now):
    for person in (sofia, rosa):
        granted(person, by=admin, at=now)

    with pytest.raises(Refused, match="own-grant"):
        decide(asked, approve=True, by=rosa, at=now)


@pytest.mark.parametrize("verified", [True, False])
def test_a_second_account_with_the_same_mailbox_does_not_decide(
    asked, rosa, now, verified
):
    EmailAddress.objects.create(
        user=rosa, email="Sofia+2@example.org", verified=verified
    )

    with pytest.raises(Refused, match="same-person"):
        decide(asked, approve=True, by=rosa, at=now)


def test_a_second_account_with_the_same_name_and_domain_does_not_decide(
    asked, rosa, now
):
    rosa.legal_name = "Sofia Araya  QUIROS"
    rosa.save()

    with pytest.raises(Refused, match="same-person"):
        decide(asked, approve=True, by=rosa, at=now)
