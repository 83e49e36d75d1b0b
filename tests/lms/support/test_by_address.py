"""Somebody without an account is forgotten by the address that others typed."""

import pytest

from certificates.erase_drill import stored_words
from lms.audit.rules import NOT_FOUND
from lms.models import Cohort, CohortMember, Event, Invitation, Mandate, User
from lms.people.former import digest_of
from tests.factories import MandateFactory
from tests.lms.team.inviting import invited

PAGE = "/en/support/by-address/"
BOSS = "julia@example.org"
SURE = {"address": BOSS, "sure": "yes"}


@pytest.fixture
def named(ana, tomas, at):
    """Julia, who has no account, is invited, offered a mandate, and a superior."""
    invited(Cohort.objects.get(), address=BOSS, by=tomas, at=at)
    facts = {"holder": None, "accepted_at": None, "reason": "Oficio"}
    MandateFactory(address=BOSS, granted_by=tomas, **facts)
    CohortMember.objects.filter(person=ana).update(
        superior_name="Julia Sosa", superior_address="Julia+campus@example.org"
    )


def test_door_of_support_leads_there(as_, admin):
    page = as_(admin).get("/en/support/").content.decode()

    assert f'<a href="{PAGE}">Forget somebody without an account</a>' in page


def test_it_first_says_how_much_there_is_and_not_what(as_, admin, ana, named):
    answer = as_(admin).post(PAGE, {"address": f" {BOSS.upper()}"})

    page = answer.content.decode()
    assert answer.status_code == 200
    for kind in ("Invitations", "Offers of mandates", "Superiors that somebody named"):
        assert f'<th scope="row">{kind}</th><td class="number">1</td>' in page
    hidden = ("Julia Sosa", "Oficio", ana.legal_name)
    assert [word for word in hidden if word in page] == []
    assert Invitation.objects.get().address == BOSS


def test_sure_empties_all_and_the_log_keeps_a_digest(as_, admin, named):
    answer = as_(admin).post(PAGE, SURE, follow=True)

    stored = stored_words().casefold()
    assert "julia" not in stored
    assert "Nothing stands under that address any more." in answer.content.decode()
    assert Invitation.objects.get().withdrawn_at
    assert Mandate.objects.get(holder=None).ended_at
    event = Event.objects.get(actor=admin, kind="change")
    assert event.purpose == "what stood under an address emptied"
    assert event.fields == ["e-mail", digest_of(BOSS)]
    assert not event.subjects.exists()


def test_looking_leaves_a_trace_as_any_address_that_nobody_has(as_, admin, db):
    page = as_(admin).post(PAGE, {"address": BOSS}).content.decode()

    assert "Nothing stands under this address." in page
    event = Event.objects.get()
    assert (event.kind, event.actor, event.purpose) == ("look", admin, NOT_FOUND)


@pytest.mark.parametrize("more", [{}, {"sure": "yes"}])
def test_address_of_an_account_is_its_owners_to_erase(as_, admin, ana, more):
    answer = as_(admin).post(PAGE, {"address": "ANA@example.org"} | more)

    assert answer.status_code == 422
    assert "An account has this address." in answer.content.decode()
    assert User.objects.get(pk=ana.pk).email == "ana@example.org"
    assert list(Event.objects.get().subjects.all()) == [ana]


def test_spelling_that_is_an_accounts_is_left_alone(as_, admin, ana, tomas, at):
    kept = invited(Cohort.objects.get(), address="ana@example.org", by=tomas, at=at)

    as_(admin).post(PAGE, {"address": "ana+x@example.org", "sure": "yes"})

    kept.refresh_from_db()
    assert kept.address == "ana@example.org"


@pytest.mark.parametrize("who", ["ana", "tomas", "ines", "sofia"])
def test_nobody_else_finds_it(request, as_, who):
    browser = as_(request.getfixturevalue(who))

    assert browser.get(PAGE).status_code == 404
    assert browser.post(PAGE, SURE).status_code == 404


@pytest.mark.parametrize("typed", ["", "nobody"])
def test_what_is_no_address_is_refused(as_, admin, typed):
    answer = as_(admin).post(PAGE, {"address": typed})

    assert answer.status_code == 422
    assert not Event.objects.exists()
