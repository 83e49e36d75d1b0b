"""Nothing is kept longer than promised, nor a day less: the clock is an argument."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import DatabaseError, connection
from django.utils import timezone

from lms.belonging.actions import shield
from lms.mail.outbox import letter_to
from lms.mail.tasks import send_letters
from lms.models import (
    Approval,
    Cohort,
    Consent,
    Invitation,
    Letter,
    MembershipRule,
    RoomWindow,
    RosterCheck,
    SupportRequest,
    SupportVisit,
    User,
)
from lms.people.kept_for import table
from lms.people.retention import retain
from lms.people.tasks import run_retention
from lms.queue.periodic import REGISTER
from tests.factories import CohortFactory, MandateFactory, PersonFactory
from tests.lms.people.seeding import asked
from tests.lms.team.inviting import invited

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
TWO_YEARS = timedelta(days=730)


def signed_up(at, *, verified=False, **fields):
    person = PersonFactory(joined_at=at, **fields)
    EmailAddress.objects.filter(user=person).update(verified=verified)
    Consent.objects.create(person=person, version="2026-11", at=at)
    return person


def is_there(person):
    return User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("age", "there"),
    [(timedelta(days=7) - HOUR, True), (timedelta(days=7), False)],
)
def test_unconfirmed_sign_up_goes_after_seven_days(db, at, age, there):
    person = signed_up(at - age)

    retain(at=at)

    assert is_there(person) is there
    assert Consent.objects.exists() is there
    assert EmailAddress.objects.exists() is there


@pytest.mark.parametrize(
    "fields",
    [
        {"verified": True},
        {"last_login": "now"},
        {"is_superuser": True},
        {"is_staff": True},
    ],
    ids=lambda fields: "-".join(fields),
)
def test_whoever_came_in_stays(db, at, fields):
    if "last_login" in fields:
        fields = {"last_login": at}
    person = signed_up(at - timedelta(days=8), **fields)

    retain(at=at)

    assert is_there(person)


def test_member_of_a_cohort_who_has_not_come_yet_stays(db, at):
    person = signed_up(at - timedelta(days=8))
    CohortFactory(members=[person])

    retain(at=at)

    assert is_there(person)
    assert person.consents.count() == 1


def test_somebody_without_any_address_row_stays(db, at):
    person = signed_up(at - timedelta(days=8))
    EmailAddress.objects.all().delete()

    retain(at=at)

    assert is_there(person)


def notices():
    return Letter.objects.filter(template="account_unused")


def leave_unused(person, at, *, since=TWO_YEARS):
    User.objects.filter(pk=person.pk).update(last_login=at - since)


@pytest.mark.parametrize(
    ("since", "warned"), [(TWO_YEARS - HOUR, False), (TWO_YEARS, True)]
)
def test_unused_account_is_written_to_after_two_years(ana, at, since, warned):
    leave_unused(ana, at, since=since)

    retain(at=at)
    retain(at=at)

    ana.refresh_from_db()
    assert ana.warned_at == (at if warned else None)
    assert notices().count() == warned


def test_account_that_was_never_used_counts_from_its_opening(ana, at):
    User.objects.filter(pk=ana.pk).update(joined_at=at - TWO_YEARS)

    retain(at=at)

    ana.refresh_from_db()
    assert ana.warned_at == at


def test_notice_of_a_saturday_night_goes_out_on_monday_and_counts_from_then(ana, at):
    saturday, monday = (
        at + timedelta(days=4, hours=15),
        at + timedelta(days=6, hours=19),
    )
    leave_unused(ana, saturday)

    retain(at=saturday)

    ana.refresh_from_db()
    assert (notices().get().due_at, ana.warned_at) == (monday, monday)


def test_notice_says_neither_name_nor_course(ana, at):
    leave_unused(ana, at)
    retain(at=at)

    send_letters.func()

    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert "/es/account/login/" in letter.body
    assert "Ana" not in letter.subject + letter.body


def test_who_came_back_meanwhile_gets_no_notice_and_is_not_warned(ana, at):
    leave_unused(ana, at)
    retain(at=at)
    User.objects.filter(pk=ana.pk).update(last_login=at - HOUR)

    send_letters.func()
    retain(at=at)

    ana.refresh_from_db()
    assert (mail.outbox, ana.warned_at) == ([], None)


@pytest.fixture
def warned(ana, at):
    """Ana, who got the notice at noon and has not come since."""
    leave_unused(ana, at)
    retain(at=at)
    return ana


@pytest.mark.parametrize(
    ("later", "erased"),
    [(timedelta(days=60) - HOUR, False), (timedelta(days=60), True)],
)
def test_unused_account_is_erased_sixty_days_after_the_notice(
    warned, at, later, erased
):
    retain(at=at + later)

    warned.refresh_from_db()
    assert warned.erased_at == (at + later if erased else None)
    assert bool(warned.legal_name) is not erased


def test_sign_in_after_the_notice_keeps_the_account(warned, at):
    User.objects.filter(pk=warned.pk).update(last_login=at + HOUR)

    retain(at=at + timedelta(days=60))

    warned.refresh_from_db()
    assert (warned.erased_at, warned.warned_at) == (None, None)


@pytest.mark.parametrize(("ends", "there"), [(timedelta(0), False), (TICK, True)])
def test_lists_of_people_are_gone_when_their_day_is_over(tomas, at, ends, there):
    RosterCheck.objects.create(
        cohort=Cohort.objects.get(),
        by=tomas,
        made_at=at - timedelta(days=1),
        until_at=at + ends,
    )

    retain(at=at)

    assert RosterCheck.objects.exists() is there


@pytest.mark.parametrize(
    "fields", [{"is_superuser": True}, {"is_staff": True}], ids=lambda f: "-".join(f)
)
def test_administrators_are_never_erased_by_the_clock(ana, at, fields):
    User.objects.filter(pk=ana.pk).update(
        joined_at=at - 2 * TWO_YEARS, warned_at=at - TWO_YEARS, **fields
    )

    retain(at=at)

    ana.refresh_from_db()
    assert ana.erased_at is None


@pytest.mark.parametrize(
    ("until", "warned"), [(date(2026, 11, 2), False), (date(2026, 11, 1), True)]
)
def test_holders_of_a_mandate_are_never_erased_by_the_clock(ana, at, until, warned):
    MandateFactory(holder=ana, until_on=until)
    User.objects.filter(pk=ana.pk).update(last_login=at - TWO_YEARS)

    retain(at=at)

    ana.refresh_from_db()
    assert bool(ana.warned_at) is warned


def test_closed_accounts_are_left_alone(ana, at):
    User.objects.filter(pk=ana.pk).update(
        last_login=at - 2 * TWO_YEARS, is_active=False, closed_at=at - TWO_YEARS
    )

    retain(at=at)

    ana.refresh_from_db()
    assert (ana.warned_at, ana.erased_at) == (None, None)


@pytest.mark.parametrize(
    ("ended", "there"), [(TWO_YEARS - HOUR, True), (TWO_YEARS, False)]
)
def test_visits_of_support_are_kept_two_years(ana, admin, at, ended, there):
    SupportVisit.objects.create(
        helper=admin,
        person=ana,
        reason="x",
        opened_at=at - ended - HOUR,
        until_at=at - ended,
    )

    retain(at=at)

    assert SupportVisit.objects.exists() is there


@pytest.mark.parametrize(("ago", "says"), [(TWO_YEARS - HOUR, "x"), (TWO_YEARS, "—")])
def test_what_support_asked_for_is_emptied_after_two_years(ines, admin, at, ago, says):
    SupportRequest.objects.create(
        helper=admin,
        person=ines,
        act="mailbox",
        facts={"address": "x@example.org"},
        reason="x",
        asked_at=at - ago,
    )

    retain(at=at)

    request = SupportRequest.objects.get()
    assert (request.reason, bool(request.facts)) == (says, says == "x")


@pytest.mark.parametrize(
    ("ended", "there"), [(24 * HOUR - HOUR, True), (24 * HOUR, False)]
)
def test_rooms_are_kept_a_day(ana, at, ended, there):
    RoomWindow.objects.create(
        trainer=ana,
        address_hash="0",
        places=9,
        opened_at=at - ended - HOUR,
        until_at=at - ended,
    )

    retain(at=at)

    assert RoomWindow.objects.exists() is there


@pytest.mark.parametrize(
    ("ended", "there"),
    [(timedelta(days=90) - HOUR, True), (timedelta(days=90), False)],
)
def test_requests_that_nobody_decided_are_kept_ninety_days(ana, at, ended, there):
    asked(ana, reason="x", subject=uuid4(), at=at - ended - timedelta(days=7))

    retain(at=at)

    assert Approval.objects.exists() is there


def test_decided_requests_stay(ana, bruno, at):
    request = asked(ana, reason="x", subject=uuid4(), at=at - timedelta(days=900))
    Approval.objects.filter(pk=request.pk).update(
        decided_at=at, decided_by=bruno, approved=True
    )

    retain(at=at)

    assert Approval.objects.exists()


@pytest.mark.parametrize(
    ("column", "limit"),
    [("sent_at", timedelta(days=90)), ("given_up_at", timedelta(days=180))],
)
def test_letters_are_forgotten_in_time(ana, at, column, limit):
    for age in (limit - HOUR, limit):
        letter = letter_to(ana, event=f"test:{age}", template="any", at=at - age)
        setattr(letter, column, at - age)
        letter.save()
    waiting = letter_to(ana, event="waiting", template="any", at=at - 2 * limit)
    waiting.save()

    retain(at=at)

    left = Letter.objects.order_by("pk").values_list("event", flat=True)
    assert list(left) == [f"test:{limit - HOUR}", "waiting"]


def test_retention_runs_every_day():
    work = REGISTER["keep nothing longer than promised"]

    assert (work.task, work.every) == (run_retention, timedelta(days=1))


def test_task_keeps_nothing_longer_than_promised(db, at):
    signed_up(at - timedelta(days=8))

    run_retention.func()

    assert not User.objects.exists()


@pytest.mark.parametrize("language", ["es", "en"])
def test_privacy_page_shows_the_table(client, db, language):
    page = client.get(f"/{language}/privacy/").content.decode()

    section = page[page.index('id="how-long"') : page.index('id="cookies"')]
    assert section.count("<tr>") == len(table()) + 1


MONTH = timedelta(days=30)
OVER = {
    "redeemed": lambda at, by: {"redeemed_at": at, "redeemed_by": by},
    "declined": lambda at, by: {"declined_at": at},
    "withdrawn": lambda at, by: {"withdrawn_at": at},
    "run out": lambda at, by: {"until_at": at, "invited_at": at - HOUR},
}


@pytest.mark.parametrize(("age", "kept"), [(MONTH - HOUR, True), (MONTH, False)])
@pytest.mark.parametrize("how", OVER)
def test_invitation_is_emptied_thirty_days_after_it_was_over(bruno, at, how, age, kept):
    one = invited(CohortFactory(), by=bruno, at=at, name="Bruno")
    Invitation.objects.update(**OVER[how](at - age, bruno))

    retain(at=at)
    retain(at=at)

    one.refresh_from_db()
    there = ("bruno@example.org", {"name": "Bruno"})
    assert (one.address, one.facts) == (there if kept else ("", {}))
    assert Letter.objects.exists() is kept


@pytest.mark.parametrize(("age", "kept"), [(MONTH - HOUR, True), (MONTH, False)])
def test_what_a_shielded_person_accepted_goes_with_those_that_ran_out(
    bruno, at, age, kept
):
    shield(bruno, by=bruno, reason="", at=at - MONTH * 2)
    one = invited(CohortFactory(), by=bruno, at=at)
    invited_at, ran_out = at - age - timedelta(days=7), at - age
    Invitation.objects.update(
        invited_at=invited_at,
        until_at=ran_out,
        redeemed_at=invited_at,
        redeemed_by=bruno,
    )

    retain(at=at)

    one.refresh_from_db()
    assert bool(one.address) is kept


def test_two_that_ran_out_in_one_cohort_are_both_emptied(bruno, at):
    cohort = CohortFactory()
    for name in "xy":
        invited(cohort, by=bruno, at=at - MONTH * 2, address=f"{name}@example.org")
    invited(cohort, by=bruno, at=at)

    retain(at=at)

    rows = Invitation.objects.order_by("pk").values_list("address", "withdrawn_at")
    assert list(rows) == [("", at), ("", at), ("bruno@example.org", None)]
    assert Letter.objects.get().address == "bruno@example.org"


@pytest.mark.parametrize(("days", "kept"), [(0, True), (-1, False)])
def test_whom_a_rule_asked_it_knows_until_the_cohort_is_over(bruno, at, days, kept):
    cohort = CohortFactory()
    rule = MembershipRule.objects.create(
        cohort=cohort, track="judge", made_by=bruno, made_at=at
    )
    one = invited(cohort, by=bruno, at=at - MONTH * 2)
    Invitation.objects.update(rule=rule, declined_at=at - MONTH)
    Cohort.objects.update(until_on=timezone.localdate(at) + timedelta(days=days))

    retain(at=at)

    one.refresh_from_db()
    assert bool(one.address) is kept


def test_an_erasure_that_fails_stops_nobody_after_it(ana, bruno, at):
    for person in (ana, bruno):
        leave_unused(person, at)
    retain(at=at)

    def fails_for_ana(execute, sql, params, many, context):
        if sql.startswith('UPDATE "lms_user"') and ana.pk in (params or ()):
            raise DatabaseError("The disk is full.")
        return execute(sql, params, many, context)

    with (
        connection.execute_wrapper(fails_for_ana),
        pytest.raises(ExceptionGroup, match="Some erasures failed"),
    ):
        retain(at=at + timedelta(days=60))

    for person in (ana, bruno):
        person.refresh_from_db()
    assert (ana.erased_at, bruno.erased_at) == (None, at + timedelta(days=60))
