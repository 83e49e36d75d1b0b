"""Who of a list is new, here or wrong; and that nobody else is asked about."""

from datetime import timedelta

import pytest

from lms.models import Cohort, CohortMember, Invitation
from lms.people.choices import Role
from lms.team.actions import Asked, invite
from lms.team.roster.checking import New, Report, check
from lms.team.roster.reading import read_pasted
from tests.factories import CohortFactory, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(tomas):
    return Cohort.objects.get()


@pytest.fixture
def checked(cohort, tomas, at):
    """Return a function that checks the rows of a list."""

    def checks(text, *, heading="correo", cohort=cohort):
        reading = read_pasted(f"{heading}\n{text}")
        return check(reading, cohort=cohort, by=tomas, at=at)[0]

    return checks


def test_a_list_is_told_apart_row_by_row(checked, cohort, tomas, at):
    invite(cohort, by=tomas, asked=[Asked("eva@example.org")], at=at)

    report = checked(
        "ANA@example.org\neva@example.org\nNadie@Example.org\nnadie@example.org\nmal\n"
    )

    assert report == Report(
        new=[New(4, "nadie@example.org", {}, [])],
        members=[2],
        invited=[3],
        errors=[{"is": "address-wrong", "row": 6, "address": "mal", "name": ""}],
        twice=[(5, 4)],
        notes=[],
    )
    assert report.here == 2


@pytest.mark.parametrize(
    ("address", "flaw"),
    [
        ("", "address-missing"),
        ("x" * 300 + "@example.org", "address-long"),
        ("ana\u200b@example.org", "address-hidden"),
        ("an\u202ea@example.org", "address-hidden"),
        ("a@x.org; b@x.org", "address-many"),
        ("ana@", "address-wrong"),
        ("ana@example", "address-wrong"),
        ("a na@example.org", "address-wrong"),
        ('=HYPERLINK("a")', "address-wrong"),
    ],
)
def test_addresses_that_nobody_can_write_to_are_errors(checked, address, flaw):
    quoted = address.replace('"', '""')

    report = checked(f'"{quoted}"\tX', heading="correo\tnombre")

    assert [error["is"] for error in report.errors] == [flaw]
    assert report.new == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ana Ruiz <nadie@example.org>", "Ana Ruiz"),
        ("mailto:nadie@example.org", None),
        ("\u200bnadie@example.org\ufeff", None),
        ("\xa0Nadie@EXAMPLE.org ", None),
    ],
)
def test_addresses_as_programs_write_them_are_understood(checked, typed, name):
    [new] = checked(typed).new

    assert (new.address, new.facts.get("name")) == ("nadie@example.org", name)


def test_rows_that_moodle_would_delete_are_left_out(checked):
    report = checked("a@example.org,1\nb@example.org,0\n", heading="email,deleted")

    assert [new.address for new in report.new] == ["b@example.org"]
    assert report.notes == [{"is": "left-deleted", "rows": 1}]


def test_a_shielded_member_looks_new(checked, cohort, ana):
    ana.shielded = True
    ana.save()

    assert [new.address for new in checked("ana@example.org").new] == [ana.email]


def test_a_shielded_member_looks_new_to_an_officer_who_trains_too(checked, ana, tomas):
    MandateFactory(holder=tomas, role=Role.PROTECTION, seat=1)
    ana.shielded = True
    ana.save()

    assert len(checked("ana@example.org").new) == 1


def test_whoever_left_or_closed_their_account_looks_new(checked, cohort, ana, at):
    CohortMember.objects.update(until_on=at.date() - timedelta(days=1))

    assert len(checked("ana@example.org").new) == 1


def test_members_of_other_cohorts_look_new(checked, tomas):
    other = PersonFactory(email="otra@example.org")
    CohortFactory(trainers=[tomas], members=[other])

    assert len(checked("otra@example.org").new) == 1


def redeemed(cohort, tomas, person, at):
    invite(cohort, by=tomas, asked=[Asked("trabajo@example.org")], at=at)
    Invitation.objects.update(redeemed_at=at, redeemed_by=person)


def test_a_member_is_known_by_the_address_they_were_asked_at(
    checked, cohort, tomas, ana, at
):
    redeemed(cohort, tomas, ana, at)

    assert checked("trabajo@example.org").members == [2]


def test_a_shielded_member_is_not_known_by_that_address_either(
    checked, cohort, tomas, ana, at
):
    redeemed(cohort, tomas, ana, at)
    ana.shielded = True
    ana.save()

    assert checked("trabajo@example.org").members == []


def test_invitations_that_are_over_or_of_others_count_for_nothing(
    checked, cohort, tomas, at
):
    long_ago = at - timedelta(days=30)
    invite(cohort, by=tomas, asked=[Asked("eva@example.org")], at=long_ago)
    other = CohortFactory(trainers=[tomas])
    invite(other, by=tomas, asked=[Asked("oto@example.org")], at=at)

    assert len(checked("eva@example.org\noto@example.org").new) == 2


def test_as_many_questions_for_a_thousand_rows_as_for_one(
    checked, django_assert_num_queries
):
    people = "\n".join(f"p{n}@example.org" for n in range(1000))

    with django_assert_num_queries(4):
        checked("nadie@example.org")
    with django_assert_num_queries(4):
        checked(people)
