"""Keeping a list and accepting it: once, as reviewed, and never for long."""

import pytest
from django.utils import timezone

from lms.models import Cohort, Invitation, Letter, RosterCheck
from lms.people.actions import erase
from lms.people.retention import forget_rosters
from lms.people.tasks import run_forget_rosters
from lms.refusals import Refused
from lms.team.actions import Asked, invite
from lms.team.roster.actions import accept, check_list, keep, report_of
from lms.team.roster.checking import New, Report
from lms.team.roster.reading import read_pasted
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
LIST = "correo,nombre\nnadie@example.org,Nadie\nbruno@example.org,Bruno\nmal,Bruno\n"


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def report(cohort, tomas, at):
    return check_list(cohort, by=tomas, reading=read_pasted(LIST), at=at)


@pytest.fixture
def kept(cohort, tomas, report, at):
    return keep(cohort, by=tomas, report=report, at=at)


def refusal(kept, tomas, at):
    with pytest.raises(Refused) as raised:
        accept(kept, by=tomas, at=at)
    return raised.value.reasons


def invited():
    return sorted(Invitation.objects.values_list("address", flat=True))


def test_what_is_kept_is_what_was_reported(kept, report):
    assert report_of(RosterCheck.objects.get()) == report


def test_what_was_reviewed_is_what_is_invited(kept, tomas, at):
    assert accept(kept, by=tomas, at=at) == 2
    assert invited() == ["bruno@example.org", "nadie@example.org"]
    assert Letter.objects.count() == 2


def test_a_list_is_accepted_once(kept, tomas, at):
    accept(kept, by=tomas, at=at)

    assert refusal(kept, tomas, at) == ["roster-accepted"]


def test_a_list_whose_day_is_over_invites_nobody(kept, tomas):
    assert refusal(kept, tomas, kept.until_at) == ["roster-accepted"]


def test_a_list_without_anybody_new_invites_nobody(cohort, tomas, at):
    kept = keep(cohort, by=tomas, report=Report(members=[2]), at=at)

    assert refusal(kept, tomas, at) == ["roster-empty"]


def test_an_archived_cohort_keeps_and_invites_nobody(cohort, kept, tomas, report, at):
    Cohort.objects.update(archived_at=at)
    cohort.refresh_from_db()

    assert refusal(kept, tomas, at) == ["cohort-archived"]
    with pytest.raises(Refused):
        keep(cohort, by=tomas, report=report, at=at)


def test_who_was_asked_meanwhile_is_not_asked_again(cohort, kept, tomas, at):
    invite(cohort, by=tomas, asked=[Asked("nadie@example.org")], at=at)

    assert accept(kept, by=tomas, at=at) == 1
    assert Letter.objects.count() == 2


def test_lists_are_deleted_after_their_day(kept, at):
    forget_rosters(at=at)
    assert RosterCheck.objects.exists()

    forget_rosters(at=kept.until_at)
    assert not RosterCheck.objects.exists()


def test_the_clock_deletes_them(kept):
    RosterCheck.objects.update(made_at=kept.made_at, until_at=timezone.now())

    run_forget_rosters.func()

    assert not RosterCheck.objects.exists()


@pytest.mark.parametrize("name", ["Nadie", "Es", "Judge"])
def test_nobody_goes_from_a_list_because_somebody_has_a_word_of_theirs_as_name(
    cohort, tomas, at, name
):
    pasted = "correo,nombre,perfil,idioma\nnadie@example.org,Nadie,jueza,español\n"
    report = check_list(cohort, by=tomas, reading=read_pasted(pasted), at=at)
    kept = keep(cohort, by=tomas, report=report, at=at)

    erase(PersonFactory(legal_name=name), by=None, at=at)

    kept.refresh_from_db()
    assert [row["address"] for row in kept.rows] == ["nadie@example.org"]


def test_whoever_is_erased_goes_from_the_lists_that_wait(kept, bruno, at):
    bruno.legal_name = "Bruno"
    bruno.save()

    erase(bruno, by=None, at=at)

    kept.refresh_from_db()
    assert [row["address"] for row in kept.rows] == ["nadie@example.org"]
    (unusable,) = kept.report["errors"]
    assert (unusable["row"], unusable["name"]) == (4, "—")


def test_so_do_rows_that_name_them_as_a_superior(cohort, tomas, bruno, at):
    facts = {"superior_address": bruno.email}
    report = Report(new=[New(2, "x@example.org", facts), New(3, "y@example.org", {})])
    kept = keep(cohort, by=tomas, report=report, at=at)

    erase(bruno, by=None, at=at)

    kept.refresh_from_db()
    assert [row["row"] for row in kept.rows] == [3]
