"""What people support does: who is told, what is true then, and the trace of it."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lms.audit.models import Event
from lms.mail.bounces import came_back
from lms.mail.outbox import letter_to
from lms.mandates.mails import mail_end
from lms.models import Mandate, NameChange, User
from lms.people.choices import Role
from lms.refusals import Refused
from lms.support.actions import end_mandate, take_up_address
from lms.support.forms import CorrectNameForm
from lms.support.mailboxes import link_for
from tests.factories import PASSWORD, MandateFactory, PersonFactory, rival
from tests.working import work_off

SIGN_IN = "/es/account/login/"
NEW = "ana.nueva@example.org"
WORD = "otras cuatro palabras"
MAILBOX = {"address": NEW, "checked": "video", "reason": "Lost it with the job"}
FORMS = {
    "mailbox": MAILBOX,
    "second-step": {"checked": "video", "reason": "Lost phone"},
    "sessions": {"reason": "Left a computer open"},
    "name": {"legal_name": "Ana Lucía Ruiz", "sort_name": "", "reason": "A typo"},
    "close": {"reason": "Asked for it"},
}


@pytest.mark.parametrize(
    ("sort_name", "refused"), [("Tun, Rosa", ["sort_name"]), ("RUIZ  Lucia, Ana", [])]
)
def test_name_to_sort_by_is_the_same_name(sort_name, refused):
    form = CorrectNameForm(
        FORMS["name"] | {"sort_name": sort_name}, person=PersonFactory.build()
    )

    assert list(form.errors) == refused


def change():
    return Event.objects.filter(kind=Event.Kind.CHANGE).order_by("-pk").first()


def sign_in(email, password=PASSWORD, browser=None):
    return (browser or Client()).post(SIGN_IN, {"login": email, "password": password})


@pytest.fixture(autouse=True)
def key(ana):
    """Ana's second step; not one that the sign-in asks for."""
    return Authenticator.objects.create(user=ana, type="recovery_codes", data={})


@pytest.fixture
def do(as_, admin, page_of):
    """Return a function that does one act as the administrator."""
    return lambda act, **more: as_(admin).post(page_of(f"{act}/"), FORMS[act] | more)


@pytest.mark.parametrize("act", FORMS)
def test_act_asks_first_and_changes_nothing(as_, admin, ana, page_of, act):
    before = User.objects.filter(pk=ana.pk).values().get()

    page = as_(admin).get(page_of(f"{act}/"))

    assert page.status_code == 200
    assert User.objects.filter(pk=ana.pk).values().get() == before
    assert change() is None


@pytest.mark.parametrize("act", FORMS)
def test_act_needs_a_reason(do, ana, act):
    answer = do(act, reason="")

    assert answer.status_code == 422
    assert "Write the reason." in answer.content.decode()
    assert change() is None


@pytest.mark.parametrize("act", FORMS)
def test_act_leaves_a_trace_and_its_reason(do, admin, ana, opened, page_of, act):
    answer = do(act)

    assert answer["Location"] == page_of()
    event = change()
    assert event.actor == admin
    assert list(event.subjects.all()) == [ana]
    opened.refresh_from_db()
    assert opened.reason == f"Llamó por teléfono\n{FORMS[act]['reason']}"


def test_reason_that_is_given_twice_stands_once(do, opened):
    do("mailbox")
    do("mailbox", address="otra@example.org")

    opened.refresh_from_db()
    assert opened.reason == f"Llamó por teléfono\n{MAILBOX['reason']}"


@pytest.mark.parametrize("act", [act for act in FORMS if act != "close"])
def test_act_is_told_to_every_confirmed_address(do, ana, letters, act):
    ana.emailaddress_set.create(email="ruiz@example.org", verified=True)
    ana.emailaddress_set.create(email="typo@example.org", verified=False)

    do(act)

    told = [to for to in letters() if to != NEW]
    assert told == ["ana@example.org", "ruiz@example.org"]
    assert not any("Ana" in letter.body for letter in mail.outbox)


RESET = "/account/password/reset/"


def test_notice_names_a_new_password_and_whom_to_tell(do, ana, letters, settings):
    settings.SUPPORT_EMAIL = ""
    User.objects.filter(pk=ana.pk).update(language="en")

    do("name")
    letters()

    body = mail.outbox[0].body
    assert body.index("If it was not you, choose") < body.index(RESET)
    assert "Ask the focal point of your country." in body


def test_notice_about_a_closed_account_speaks_of_no_password(do, ana, letters):
    do("name")
    User.objects.filter(pk=ana.pk).update(is_active=False)

    assert letters() == ["ana@example.org"]
    assert RESET not in mail.outbox[0].body


def test_forms_ask_for_the_words_of_the_other_person(do, as_, admin):
    named = do("name", legal_name="").content.decode()
    found = as_(admin).post("/en/support/", {"address": "", "reason": "x"})

    assert "Enter the person’s name as it should appear on the certificate." in named
    assert "Enter the e-mail of the person." in found.content.decode()


@pytest.fixture
def held(ana):
    """Ana's two mandates; she shields herself, so nobody who grants finds them."""
    ana.shielded = True
    ana.save()
    until = timezone.localdate() + timedelta(days=90)
    roles = (Role.MINISTRY, Role.TRAINER)
    return [MandateFactory(holder=ana, role=role, until_on=until) for role in roles]


def end(as_, admin, page_of, mandate, reason="Oficio 3-2026"):
    facts = {"mandate": mandate.uuid, "reason": reason}
    return as_(admin).post(page_of("mandate/"), facts)


def test_one_mandate_of_an_open_account_is_ended(
    as_, admin, ana, opened, page_of, held
):
    one, other = held
    assert "End one mandate" in as_(admin).get(page_of()).content.decode()

    answer = end(as_, admin, page_of, one)

    for mandate in held:
        mandate.refresh_from_db()
    assert answer["Location"] == page_of()
    assert (one.ended_by, one.ended_reason) == (admin, "Oficio 3-2026")
    assert other.ended_at is None
    event = change()
    assert (event.purpose, event.actor) == ("mandate ended", admin)
    assert list(event.subjects.all()) == [ana]
    assert DBTaskResult.objects.filter(task_path=mail_end.module_path).count() == 1
    opened.refresh_from_db()
    assert opened.reason.endswith("\nOficio 3-2026")


def test_a_mandate_is_not_ended_without_a_reason_nor_twice(as_, admin, page_of, held):
    assert end(as_, admin, page_of, held[0], reason="").status_code == 422
    held[0].refresh_from_db()
    assert held[0].ended_at is None

    end(as_, admin, page_of, held[0])

    again = end(as_, admin, page_of, held[0])
    assert again.status_code == 422
    assert "Choose one of the mandates in the list." in again.content.decode()


def test_a_mandate_of_somebody_else_is_not_ended_on_this_page(
    as_, admin, page_of, held, tomas
):
    mandate = tomas.mandates.get()

    answer = end(as_, admin, page_of, mandate)

    mandate.refresh_from_db()
    assert answer.status_code == 422
    assert mandate.ended_at is None


def test_a_mandate_that_ended_meanwhile_is_not_ended_again(admin, ana, held, at):
    Mandate.objects.filter(holder=ana).update(ended_at=at, ended_reason="x")

    with pytest.raises(Refused, match="already-over"):
        end_mandate(
            ana, mandate=str(held[0].uuid), by=admin, reason="Oficio 3-2026", at=at
        )


def test_who_holds_no_mandate_is_offered_no_end(as_, admin, page_of):
    browser = as_(admin)

    assert "End one mandate" not in browser.get(page_of()).content.decode()
    assert browser.get(page_of("mandate/")).status_code == 404


def test_ended_sessions_open_nothing(do, ana):
    browser = Client()
    sign_in(ana.email, browser=browser)
    assert browser.get("/es/my-learning/").status_code == 200

    do("sessions")

    assert browser.get("/es/my-learning/").status_code == 302
    assert sign_in(ana.email)["Location"] == "/es/my-learning/"


def test_lost_second_step_lets_the_person_in_again(do, ana, admin, as_, page_of):
    Authenticator.objects.create(user=ana, type="totp", data={"secret": "x"})
    assert sign_in(ana.email)["Location"] == "/es/account/2fa/authenticate/"

    do("second-step")

    page = as_(admin).get(page_of()).content.decode()
    assert "no second step and is signed out everywhere" in page
    assert not Authenticator.objects.filter(user=ana).exists()
    assert sign_in(ana.email)["Location"] == "/es/my-learning/"


def test_nobody_loses_a_second_step_unless_somebody_made_sure_who_asks(do, ana):
    answer = do("second-step", checked="")

    assert answer.status_code == 422
    assert Authenticator.objects.filter(user=ana).exists()
    do("second-step", checked="letter")
    how = "identity checked by a letter of the institution"
    assert change().fields == ["second step", how]


def test_second_step_is_lost_only_where_there_is_one(as_, admin, page_of, key):
    browser = as_(admin)
    assert "The second step is lost" in browser.get(page_of()).content.decode()

    key.delete()

    assert "The second step is lost" not in browser.get(page_of()).content.decode()
    assert browser.get(page_of("second-step/")).status_code == 404


def test_whoever_lost_it_sets_a_new_step_where_people_are_shown(do, tomas, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    browser = Client()
    sign_in(tomas.email, browser=browser)

    asked = browser.get("/es/team/")

    assert asked["Location"].startswith("/es/account/second-step/")


def test_lost_second_step_signs_out_whoever_has_it(do, ana):
    thief = Client()
    sign_in(ana.email, browser=thief)
    assert thief.get("/es/my-learning/").status_code == 200

    do("second-step")

    assert thief.get("/es/my-learning/").status_code == 302


@pytest.fixture
def link(do, letters):
    """The path that was mailed to Ana's new address."""
    do("mailbox")
    letters()
    (letter,) = [letter for letter in mail.outbox if letter.to == [NEW]]
    return re.search(r"http://127.0.0.1:8000(/\S+/new-address/\S+)", letter.body)[1]


def follow(link, word=WORD):
    return Client().post(link, {"password1": word, "password2": word})


def test_new_address_counts_only_once_its_link_is_followed(ana, link):
    ana.refresh_from_db()

    assert ana.email == "ana@example.org"
    assert sign_in(ana.email).status_code == 302
    assert sign_in(NEW).status_code == 422
    assert Client().get(link).status_code == 200


def test_following_the_link_makes_the_new_address_the_only_one(ana, link):
    answer = follow(link)

    ana.refresh_from_db()
    assert answer["Location"] == SIGN_IN
    assert ana.email == NEW
    addresses = ana.emailaddress_set.values_list("email", "verified", "primary")
    assert list(addresses) == [(NEW, True, True)]
    assert sign_in(NEW, WORD)["Location"] == "/es/my-learning/"


def test_new_address_is_believed_though_mail_to_the_old_one_came_back(ana, link, at):
    letter = letter_to(ana, event="test:1", template="any", at=at)
    letter.tried_at = letter.sent_at = letter.bounced_at = at
    letter.save()

    follow(link)

    assert came_back([ana]) == set()


def test_old_address_opens_nothing_any_more(ana, link):
    follow(link)
    mail.outbox.clear()

    Client().post("/es/account/password/reset/", {"email": "ana@example.org"})
    work_off()

    assert sign_in("ana@example.org").status_code == 422
    assert sign_in("ana@example.org", WORD).status_code == 422
    assert "/key/" not in mail.outbox[0].body


def test_a_reset_asked_for_before_opens_nothing_any_more(ana, link):
    Client().post("/es/account/password/reset/", {"email": "ana@example.org"})
    work_off()
    body = mail.outbox[-1].body
    old = re.search(r"http://127.0.0.1:8000(/\S+/key/\S+)", body)[1]

    follow(link)

    assert "El enlace ya no funciona" in Client().get(old, follow=True).content.decode()


def test_old_address_is_told_before_and_after(ana, link, letters):
    assert "ana@example.org" in [to for letter in mail.outbox for to in letter.to]

    follow(link)

    assert letters() == ["ana@example.org"]


def test_taking_up_an_address_ends_the_sessions(ana, link):
    thief = Client()
    sign_in(ana.email, browser=thief)

    follow(link)

    assert thief.get("/es/my-learning/").status_code == 302


def test_address_that_somebody_took_meanwhile_is_not_taken_up(ana, bruno, at):
    bruno.emailaddress_set.create(email=NEW, verified=True)

    with pytest.raises(Refused, match="address-cannot-be-used"):
        take_up_address(ana, address=NEW, password=WORD, at=at)

    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    assert ana.emailaddress_set.exists()


def test_of_two_who_take_up_an_address_at_once_one_does(ana, bruno, at):
    taken = EmailAddress(user=bruno, email=NEW, verified=True)

    with rival(taken), pytest.raises(Refused, match="address-cannot-be-used"):
        take_up_address(ana, address=NEW, password=WORD, at=at)

    assert User.objects.get(pk=ana.pk).email == "ana@example.org"


def test_nobody_is_told_where_there_is_no_other_address(ana, letters, at):
    take_up_address(ana, address=ana.email, password=WORD, at=at)

    assert letters() == []


def test_link_works_once(link):
    follow(link)

    again = follow(link, "a different long word")

    assert again.status_code == 410
    assert sign_in(NEW, WORD).status_code == 302


def test_link_ends_when_the_owner_chooses_another_password(ana, link):
    ana.set_password("the-owner-was-still-there")
    ana.save()

    assert follow(link).status_code == 410
    ana.refresh_from_db()
    assert ana.check_password("the-owner-was-still-there")


def test_link_ends_after_three_days(link, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=3, minutes=1))

    assert follow(link).status_code == 410


def test_changed_link_is_no_link(link):
    assert follow(link[:-4] + "abc/").status_code == 410
    assert sign_in(NEW, WORD).status_code == 422


def test_link_of_a_closed_account_opens_nothing(ana, link):
    User.objects.filter(pk=ana.pk).update(is_active=False, closed_at=timezone.now())

    assert follow(link).status_code == 410
    ana.refresh_from_db()
    assert (ana.email, ana.is_active) == ("ana@example.org", False)


def test_weak_password_is_refused_with_the_form(ana, link):
    answer = follow(link, "short")

    ana.refresh_from_db()
    assert answer.status_code == 422
    assert ana.email == "ana@example.org"


@pytest.mark.parametrize("verified", [True, False])
def test_address_of_another_account_cannot_be_used(do, bruno, verified, letters):
    bruno.emailaddress_set.create(email=NEW, verified=verified)

    answer = do("mailbox")

    assert answer.status_code == 422
    assert "This address cannot be used." in answer.content.decode()
    assert change() is None
    assert letters() == []


@pytest.mark.parametrize("verified", [True, False])
def test_trying_an_address_is_in_the_log_of_whose_it_is(do, admin, bruno, verified):
    bruno.emailaddress_set.create(email=NEW, verified=verified)

    do("mailbox", address=NEW.upper())

    looked = Event.objects.get(purpose="address tried by people support")
    assert (looked.kind, looked.actor) == (Event.Kind.LOOK, admin)
    assert list(looked.subjects.all()) == [bruno]


def test_link_ends_when_a_learner_begins_to_work_with_people(ana, link):
    MandateFactory(holder=ana)

    assert follow(link).status_code == 410


def test_address_that_somebody_took_meanwhile_opens_nothing(ana, link):
    PersonFactory(email=NEW)

    assert follow(link).status_code == 410
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"


def test_how_identity_was_checked_is_kept(do):
    do("mailbox", checked="letter")

    assert change().fields == [
        "e-mail",
        "identity checked by a letter of the institution",
    ]


def test_unknown_way_of_checking_is_refused(do, mailoutbox):
    assert do("mailbox", checked="trust me").status_code == 422
    assert mailoutbox == []


def test_links_are_in_the_language_of_the_person(carla):
    assert "/en/support/new-address/" in link_for(carla, NEW)


def test_closed_account_is_opened_again(do, ana, admin, as_, page_of):
    do("close")
    assert sign_in(ana.email)["Location"] == "/es/account/inactive/"

    answer = as_(admin).post(page_of("reopen/"), {"reason": "Changed her mind"})

    assert answer["Location"] == page_of()
    assert sign_in(ana.email)["Location"] == "/es/my-learning/"


def test_corrected_name_keeps_the_former_one(do, ana, admin):
    do("name")

    kept = NameChange.objects.get()
    assert (kept.before, kept.after) == ("Ana Lucía Ruiz Morales", "Ana Lucía Ruiz")
    assert (kept.by, kept.reason) == (admin, "A typo")


def test_strange_names_are_refused(do, ana):
    assert do("name", legal_name="Ana <b>").status_code == 422
    ana.refresh_from_db()
    assert ana.legal_name == "Ana Lucía Ruiz Morales"
    assert not NameChange.objects.exists()
