"""One administrator alone takes over nobody who works with people."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.utils import timezone

from lms.approvals.actions import decide
from lms.approvals.kinds import decidable_by, summary_of
from lms.approvals.models import Approval
from lms.audit.models import Event
from lms.models import SupportRequest, User
from lms.people import actions as people
from lms.people.export import as_json
from lms.refusals import Refused
from lms.support import actions
from tests.factories import PersonFactory

NEW = "nueva@example.org"
WORD = "otras cuatro palabras"
REASON = {"reason": "Asked by telephone"}
FORMS = {
    "mailbox": REASON | {"address": NEW, "checked": "video"},
    "second-step": REASON | {"checked": "known"},
    "name": REASON | {"legal_name": "Otro Nombre Ruiz", "sort_name": ""},
    "close": REASON,
    "reopen": REASON,
}
ASKED = "Asked for. Another administrator decides"
FIRST = "another administrator decides first"
pytestmark = pytest.mark.django_db


@pytest.fixture
def helped(second_admin):
    """Whom the tests help: another administrator, with a second step."""
    Authenticator.objects.create(user=second_admin, type="totp", data={"secret": "x"})
    return second_admin


@pytest.fixture
def third_admin():
    return PersonFactory(email="third@example.org", is_superuser=True, is_staff=True)


@pytest.fixture
def page_of(admin):
    """Return the path of an act on somebody's account, opened by the administrator."""

    def path(person, act):
        visit = actions.open_visit(
            person.email, by=admin, reason="Called", at=timezone.now()
        )
        return f"/en/support/visits/{visit.uuid}/{act}/"

    return path


@pytest.fixture
def do(as_, admin, page_of):
    """Return a function that does one act on somebody's account."""

    def post(act, person, **more):
        if act == "reopen":
            people.close(person, by=person, reason="Away", at=timezone.now())
        path = page_of(person, act)
        return as_(admin).post(path, FORMS[act] | more, follow=True)

    return post


def state_of(person):
    return (
        User.objects.filter(pk=person.pk).values().get(),
        list(person.emailaddress_set.values()),
        list(Authenticator.objects.filter(user=person).values()),
        list(person.mandates.values()),
    )


@pytest.mark.parametrize("act", FORMS)
@pytest.mark.parametrize("who", ["helped", "ines", "elena"])
def test_act_on_who_works_with_people_waits_for_a_second_administrator(
    request, do, admin, letters, act, who
):
    person = request.getfixturevalue(who)
    Authenticator.objects.get_or_create(user=person, type="totp", data={"secret": "x"})
    if act == "reopen":
        people.close(person, by=person, reason="Away", at=timezone.now())
        letters()  # that of the closing
    before = state_of(person)

    page = do(act, person).content.decode()

    assert ASKED in page
    assert state_of(person) == before
    assert letters() == []
    approval = Approval.objects.get()
    assert (approval.kind, approval.asked_by) == ("support", admin)
    event = Event.objects.get(purpose="change asked for by people support")
    assert (event.actor, list(event.subjects.all())) == (admin, [person])


@pytest.fixture
def elena(db):
    """Elena edits."""
    return PersonFactory(email="elena@example.org", is_staff=True)


@pytest.mark.parametrize("act", ["mailbox", "second-step", "name", "close"])
def test_page_says_before_the_button_who_decides(as_, admin, helped, page_of, act):
    page = as_(admin).get(page_of(helped, act)).content.decode()

    assert page.index(FIRST) < page.index("<form", page.index(FIRST))
    assert "Ask another administrator</button>" in page


def test_sessions_end_at_once_whoever_they_are(as_, admin, helped, page_of):
    page = as_(admin).get(page_of(helped, "sessions")).content.decode()
    assert FIRST not in page

    as_(admin).post(page_of(helped, "sessions"), REASON)

    assert Event.objects.filter(purpose="sessions ended").exists()
    assert not Approval.objects.exists()


@pytest.mark.parametrize("act", FORMS)
def test_editor_is_one_by_the_group(do, ana, act):
    Authenticator.objects.create(user=ana, type="totp", data={"secret": "x"})
    ana.groups.add(Group.objects.create(name="editors"))

    do(act, ana)

    assert Approval.objects.get().kind == "support"


def test_learner_is_helped_at_once(as_, admin, ana, do, page_of):
    assert FIRST not in as_(admin).get(page_of(ana, "name")).content.decode()

    do("name", ana)

    assert User.objects.get(pk=ana.pk).legal_name == "Otro Nombre Ruiz"
    assert not Approval.objects.exists()


DONE = {
    "mailbox": "link sent to a new address",
    "second-step": "second step removed",
    "name": None,
    "close": "account closed",
    "reopen": "account opened again",
}


@pytest.mark.parametrize("act", FORMS)
def test_second_administrator_does_it_and_the_log_names_both(
    do, admin, helped, third_admin, act
):
    do(act, helped)

    decide(Approval.objects.get(), approve=True, by=third_admin, at=timezone.now())

    person = User.objects.get(pk=helped.pk)
    keys = Authenticator.objects.filter(user=helped).exists()
    facts = (keys, person.legal_name == "Otro Nombre Ruiz", person.is_active)
    assert facts == (act != "second-step", act == "name", act != "close")
    about = Event.objects.filter(kind="change", subjects=helped)
    actors = {event.purpose: event.actor for event in about}
    assert actors["change asked for by people support"] == admin
    assert third_admin in actors.values()
    if DONE[act]:
        assert actors[DONE[act]] == third_admin
    assert SupportRequest.objects.get().done_at is not None


def test_approved_address_is_proven_by_its_owner(do, helped, third_admin, letters):
    do("mailbox", helped)
    decide(Approval.objects.get(), approve=True, by=third_admin, at=timezone.now())

    assert letters() == [NEW, helped.email]
    (letter,) = [letter for letter in mail.outbox if letter.to == [NEW]]
    link = re.search(r"http://127.0.0.1:8000(/\S+/new-address/\S+)", letter.body)[1]
    Client().post(link, {"password1": WORD, "password2": WORD})

    assert User.objects.get(pk=helped.pk).email == NEW


@pytest.mark.parametrize(
    ("who", "reason"), [("admin", "own-request"), ("helped", "own-account")]
)
def test_neither_helper_nor_helped_decides(request, do, helped, who, reason):
    do("second-step", helped)

    with pytest.raises(Refused) as refused:
        decide(
            Approval.objects.get(),
            approve=True,
            by=request.getfixturevalue(who),
            at=timezone.now(),
        )

    assert refused.value.reasons == [reason]
    assert Authenticator.objects.filter(user=helped).exists()


@pytest.mark.parametrize("who", ["ana", "sofia", "ines", "tomas", "elena"])
def test_only_administrators_decide(request, do, helped, who):
    do("close", helped)

    viewer = request.getfixturevalue(who)
    assert not Approval.objects.filter(decidable_by(viewer)).exists()


def test_refused_help_changes_nothing_and_may_be_asked_for_again(
    do, helped, third_admin
):
    do("close", helped)
    decide(
        Approval.objects.get(),
        approve=False,
        by=third_admin,
        at=timezone.now(),
        reason="Nobody told me",
    )
    assert User.objects.get(pk=helped.pk).is_active

    do("close", helped)

    assert Approval.objects.waiting(timezone.now()).count() == 1


def test_asking_twice_is_once_and_another_address_is_another_request(do, helped):
    do("mailbox", helped)
    do("mailbox", helped)
    assert Approval.objects.count() == 1

    do("mailbox", helped, address="otra@example.org")

    facts = SupportRequest.objects.order_by("pk").values_list("facts", flat=True)
    assert [said["address"] for said in facts] == [NEW, "otra@example.org"]
    assert Approval.objects.count() == 2


def test_summary_says_whose_account_and_what_would_change(do, helped, third_admin):
    do("mailbox", helped)

    summary = summary_of(Approval.objects.get(), viewer=third_admin)

    said = [value for _name, value in summary.facts]
    assert said[:2] == [helped.legal_name, helped.email]
    assert NEW in said
    assert summary.people == [helped.pk]


def test_whoever_was_an_administrator_reads_nothing_of_the_person_any_more(
    as_, do, admin, helped
):
    do("name", helped)
    User.objects.filter(pk=admin.pk).update(is_superuser=False, is_staff=False)
    page = f"/en/approvals/{Approval.objects.get().uuid}/"

    for path in (page, "/en/approvals/"):
        answer = as_(User.objects.get(pk=admin.pk)).get(path)
        for words in [helped.legal_name, helped.email, "Otro Nombre Ruiz"]:
            assert words not in answer.content.decode()


def test_page_of_the_approval_shows_the_person_and_writes_it_down(
    as_, do, helped, third_admin
):
    do("name", helped)
    approval = Approval.objects.get()

    page = as_(third_admin).get(f"/en/approvals/{approval.uuid}/").content.decode()

    for words in [helped.legal_name, helped.email, "Otro Nombre Ruiz", "Correct the"]:
        assert words in page
    look = Event.objects.filter(actor=third_admin, kind="look").get()
    assert list(look.subjects.all()) == [helped]


def test_what_fits_no_more_is_not_done(as_, do, helped, third_admin):
    do("second-step", helped)
    approval = Approval.objects.get()
    people.close(helped, by=helped, reason="Away", at=timezone.now())

    answer = as_(third_admin).post(
        f"/en/approvals/{approval.uuid}/decide/", {"answer": "approve"}
    )

    assert answer.status_code == 409
    assert "cannot be done any more" in answer.content.decode()
    assert Authenticator.objects.filter(user=helped).exists()


def test_what_a_removed_administrator_asked_for_is_not_done(
    do, admin, helped, third_admin
):
    do("second-step", helped)
    User.objects.filter(pk=admin.pk).update(is_superuser=False)

    with pytest.raises(Refused) as refused:
        decide(Approval.objects.get(), approve=True, by=third_admin, at=timezone.now())

    assert refused.value.reasons == ["over"]


def test_address_that_is_taken_by_then_is_said_and_nothing_is_done(
    as_, do, helped, third_admin
):
    do("mailbox", helped)
    PersonFactory(email=NEW)
    approval = Approval.objects.get()

    answer = as_(third_admin).post(
        f"/en/approvals/{approval.uuid}/decide/", {"answer": "approve"}
    )

    assert "belongs to another account by now" in answer.content.decode()
    assert SupportRequest.objects.get().done_at is None


def test_erasing_empties_what_was_asked(do, helped, admin):
    do("mailbox", helped)

    people.erase(helped, by=admin, at=timezone.now() + timedelta(hours=1))

    request = SupportRequest.objects.get()
    assert (request.facts, request.reason) == ({}, "—")
    assert Approval.objects.get().reason == "—"


def test_person_takes_along_what_was_asked_about_them(do, helped):
    do("mailbox", helped)

    taken = as_json(helped, language="en", at=timezone.now())

    assert NEW in taken
    assert "Asked by telephone" in taken
