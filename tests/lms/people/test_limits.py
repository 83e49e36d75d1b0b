import re
from collections import Counter
from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.test import Client
from django.utils import timezone

from lms.people.limits import count_try
from lms.people.rooms import close_room, open_room
from lms.web.models import Tries
from tests.factories import PersonFactory
from tests.working import delivered, work_off

SIGN_IN = "/es/account/login/"
RESET = "/es/account/password/reset/"
SIGN_UP = "/es/account/signup/"
CODE = "/es/account/confirm-email/"
WRONG = {"password": "not-the-password"}
TOO_OFTEN = "Demasiados intentos"
ROOM = "192.0.2.1"


@pytest.fixture(autouse=True)
def noon(time_machine):
    """Stand still, so that no window of counting ends in the middle of a test."""
    time_machine.move_to("2026-11-24 18:00:30Z", tick=False)
    return time_machine


def try_from(address, email, **more):
    return Client(REMOTE_ADDR=address).post(SIGN_IN, {"login": email, **WRONG}, **more)


def said_too_often(pages):
    return [TOO_OFTEN in page.content.decode() for page in pages]


def test_wrong_passwords_of_one_account_count_wherever_they_come_from(ana, sign_in):
    pages = [try_from(f"192.0.2.{number}", ana.email) for number in range(6)]

    assert [page.status_code for page in pages] == [422] * 6
    assert said_too_often(pages) == [False] * 5 + [True]
    refused = sign_in(ana, browser=Client(REMOTE_ADDR="192.0.2.9"))
    assert refused.status_code == 422  # the right password comes too late as well


def test_strangers_keep_nobody_out_of_where_they_usually_come_from(ana, bruno, sign_in):
    usual = Client()
    sign_in(ana, browser=usual)
    usual.post("/es/account/logout/")
    for number in range(6):
        try_from(f"192.0.2.{number}", ana.email)

    assert sign_in(ana, browser=Client()).status_code == 422
    assert sign_in(ana, browser=usual).status_code == 302


def test_known_browser_has_five_tries_of_its_own_at_one_account(ana, bruno, sign_in):
    usual = Client()
    sign_in(ana, browser=usual)
    usual.post("/es/account/logout/")
    wrong = {"login": ana.email, "password": "not-the-password"}

    tries = [usual.post("/es/account/login/", wrong) for _number in range(6)]

    assert said_too_often(tries) == [False] * 5 + [True]
    for number in range(6):
        try_from(f"192.0.2.{number}", bruno.email)
    assert sign_in(bruno, browser=usual).status_code == 422  # it knows Ana alone


@pytest.mark.parametrize("spoil", [lambda said: said[:-1], lambda said: "x" * 80])
def test_cookie_that_was_made_up_is_none(ana, sign_in, spoil):
    browser = Client()
    sign_in(ana, browser=browser)
    browser.post("/es/account/logout/")
    browser.cookies["known"] = spoil(browser.cookies["known"].value)
    for number in range(6):
        try_from(f"192.0.2.{number}", ana.email)

    assert sign_in(ana, browser=browser).status_code == 422


def test_cookie_names_nobody(ana, sign_in):
    browser = Client()
    sign_in(ana, browser=browser)

    cookie = browser.cookies["known"]
    assert "ana" not in cookie.value.lower()
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_unknown_accounts_are_limited_like_known_ones(db):
    pages = [try_from(f"192.0.2.{n}", "nobody@example.org") for n in range(6)]

    assert said_too_often(pages) == [False] * 5 + [True]


def test_accounts_are_counted_by_all_spellings_of_their_address(db):
    spellings = ["sofia@example.org", "SOFIA@example.org", "\u017fofia@example.org"]

    counted = [count_try(name, at=timezone.now()) for name in spellings * 2]

    assert counted == [True] * 5 + [False]


def test_five_minutes_later_the_account_may_be_tried_again(ana, sign_in, noon):
    for number in range(6):
        try_from(f"192.0.2.{number}", ana.email)

    noon.move_to("2026-11-24 18:05:00Z", tick=False)

    assert sign_in(ana).status_code == 302


def test_right_passwords_do_not_count(ana, sign_in):
    answers = [sign_in(ana, browser=Client()) for _number in range(8)]

    assert [answer.status_code for answer in answers] == [302] * 8
    assert not Tries.objects.filter(key__startswith="sign-in:to:", count__gt=0).exists()


def test_who_owns_the_mailbox_may_sign_in_at_once(ana, client):
    for number in range(6):
        try_from(f"192.0.2.{number}", ana.email)
    client.post(RESET, {"email": ana.email})
    work_off()
    link = re.search(r"http://127.0.0.1:8000(/\S+/key/\S+)", mail.outbox[-1].body)[1]
    word = "otras cuatro palabras"

    client.post(client.get(link)["Location"], {"password1": word, "password2": word})
    answer = Client().post(SIGN_IN, {"login": ana.email, "password": word})

    assert answer.status_code == 302


def test_a_changed_name_of_the_site_does_not_start_another_count(ana):
    pages = [
        try_from(f"192.0.2.{number}", ana.email, HTTP_HOST=f"name{number}.example")
        for number in range(6)
    ]

    assert said_too_often(pages) == [False] * 5 + [True]


def test_a_header_does_not_make_another_client(db):
    pages = [
        try_from(
            "192.0.2.1",
            f"nobody{number}@example.org",
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}",
        )
        for number in range(31)
    ]

    assert [page.status_code for page in pages] == [422] * 30 + [429]
    assert "Espere cinco minutos" in pages[-1].content.decode()


def test_behind_a_proxy_that_is_ours_each_client_has_a_count(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    pages = [
        try_from(
            "192.0.2.1",
            f"nobody{number}@example.org",
            HTTP_X_FORWARDED_FOR=f"203.0.113.7, 198.51.100.{number}",
        )
        for number in range(31)
    ]

    assert {page.status_code for page in pages} == {422}


def test_behind_a_proxy_that_is_ours_only_its_own_word_counts(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    pages = [
        try_from(
            "192.0.2.1",
            f"nobody{number}@example.org",
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 203.0.113.7",
        )
        for number in range(31)
    ]

    assert [page.status_code for page in pages] == [422] * 30 + [429]


def test_counts_keep_neither_who_nor_where(ana):
    try_from("192.0.2.1", ana.email)

    kept = " ".join(Tries.objects.values_list("key", flat=True))
    assert Tries.objects.count() == 2
    assert "ana" not in kept
    assert "192.0" not in kept


@pytest.fixture
def room(tomas):
    """Tomás's room, where forty people may sign in."""
    return open_room(tomas, address=ROOM, places=40, minutes=10, at=timezone.now())


def statuses(number, *, address=ROOM):
    """Sign so many people in at once, and return the answers."""
    learners = PersonFactory.create_batch(number)
    password = "a-long-enough-word"
    return [
        Client(REMOTE_ADDR=address)
        .post(SIGN_IN, {"login": learner.email, "password": password})
        .status_code
        for learner in learners
    ]


def test_a_room_signs_in_from_one_address(room):
    assert statuses(45) == [302] * 45


def test_a_room_that_is_full_leaves_what_every_address_has(room):
    assert statuses(71) == [302] * 70 + [429]


def test_a_room_opens_its_own_address_only(room):
    assert statuses(31, address="192.0.2.2") == [302] * 30 + [429]


def test_a_closed_room_opens_nothing(room):
    close_room(room, at=timezone.now())

    assert statuses(31) == [302] * 30 + [429]


def test_a_room_that_is_over_opens_nothing(room, noon):
    noon.move_to(timezone.now() + timedelta(minutes=10), tick=False)

    assert statuses(31) == [302] * 30 + [429]


def test_a_room_does_not_refill_when_the_clock_strikes(tomas, noon):
    open_room(tomas, address=ROOM, places=5, minutes=60, at=timezone.now())
    statuses(5)

    noon.move_to(timezone.now() + timedelta(minutes=59), tick=False)

    assert statuses(31) == [302] * 30 + [429]


def test_a_room_opened_again_gives_no_further_places(tomas, monkeypatch):
    monkeypatch.setattr("lms.people.limits.MOST_PLACES", 8)
    for _number in range(2):
        open_room(tomas, address=ROOM, places=5, minutes=10, at=timezone.now())
        answers = statuses(5)

    assert answers == [302] * 5
    assert statuses(31) == [302] * 28 + [429] * 3


def test_addresses_written_as_ipv6_are_the_machines_they_are(db):
    pages = [
        try_from(f"::ffff:192.0.2.{number}", f"{number}@example.org")
        for number in range(40)
    ]

    assert {page.status_code for page in pages} == {422}


def test_all_addresses_of_one_account_count_together(ana):
    for number in range(3):
        ana.emailaddress_set.create(email=f"ana{number}@example.org", verified=True)
    known = ana.emailaddress_set.values_list("email", flat=True)

    pages = [
        try_from(f"192.0.2.{number}", known[number % len(known)]) for number in range(6)
    ]

    assert said_too_often(pages) == [False] * 5 + [True]


def test_an_address_that_nobody_proved_counts_for_no_account(ana, bruno):
    ana.emailaddress_set.create(email="shared@example.org", verified=False)

    unproven = [count_try("shared@example.org", at=timezone.now()) for _n in range(6)]

    assert unproven == [True] * 5 + [False]
    assert count_try(ana.email, at=timezone.now())


def test_a_room_does_not_open_one_account_to_more_tries(room, ana):
    pages = [try_from(ROOM, ana.email) for _number in range(6)]

    assert said_too_often(pages) == [False] * 5 + [True]


def test_too_many_sign_ups_answer_429_on_our_own_page(db, form):
    answers = [Client().post(SIGN_UP, form | {"consent": ""}) for _number in range(21)]

    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert "Espere cinco minutos" in answers[-1].content.decode()


def stranger(number=9):
    """Return a browser in another network, of somebody who knows an address."""
    return Client(REMOTE_ADDR=f"203.0.113.{number}")


def test_strangers_keep_nobody_from_a_new_password(bruno, client):
    theirs = [stranger().post(RESET, {"email": bruno.email}) for _number in range(20)]
    mine = client.post(RESET, {"email": bruno.email})
    work_off()

    assert [page.status_code for page in [*theirs, mine]] == [302] * 21
    assert [letter.to for letter in mail.outbox] == [[bruno.email]] * 4


def test_strangers_keep_nobody_from_a_link_where_they_usually_come_from(ana, sign_in):
    usual = Client(REMOTE_ADDR="192.0.2.1")
    sign_in(ana, browser=usual)
    usual.post("/es/account/logout/")
    for number in range(1, 12):  # one of them sits in her office
        for _try in range(3):
            stranger(number).post(RESET, {"email": ana.email})
    work_off()
    of_strangers = len(mail.outbox)

    for _try in range(5):
        usual.post(RESET, {"email": ana.email})
    work_off()

    assert (of_strangers, len(mail.outbox)) == (10, 13)


def test_a_browser_is_known_at_its_own_account_alone(ana, bruno, sign_in):
    usual = Client()
    sign_in(ana, browser=usual)
    usual.post("/es/account/logout/")
    for number in range(4):
        for _try in range(3):
            stranger(number).post(RESET, {"email": bruno.email})

    usual.post(RESET, {"email": bruno.email})
    work_off()

    assert len(mail.outbox) == 10


def test_strangers_keep_nobody_from_signing_up(client, form, code, db):
    theirs = [stranger().post(SIGN_UP, form) for _number in range(20)]
    work_off()
    of_strangers = len(mail.outbox)

    mine = client.post(SIGN_UP, form)

    assert [page.status_code for page in [*theirs, mine]] == [302] * 21
    assert of_strangers == 3
    assert client.post(CODE, {"code": code()})["Location"] == "/es/my-learning/"


def test_a_mailbox_is_filled_from_no_number_of_networks(bruno, form):
    for number in range(12):
        stranger(number).post(RESET, {"email": bruno.email})
        stranger(number).post(SIGN_UP, form | {"email": bruno.email})
        stranger(number).post(SIGN_UP, form)
    work_off()

    sent = Counter((letter.to[0], letter.subject) for letter in mail.outbox)
    assert sorted(sent.values()) == [10, 10, 10]


def test_other_spellings_of_an_address_are_the_same_mailbox(bruno, form):
    for tag in ("", "+a", "+b", "+c"):
        address = bruno.email.replace("@", f"{tag}@").upper()
        stranger().post(RESET, {"email": address})
    work_off()

    assert len(mail.outbox) == 3


def test_an_hour_later_a_mailbox_gets_letters_again(bruno, noon):
    for _number in range(4):
        stranger().post(RESET, {"email": bruno.email})

    noon.move_to("2026-11-24 19:00:00Z", tick=False)
    stranger().post(RESET, {"email": bruno.email})
    work_off()

    assert len(mail.outbox) == 4


def test_letters_that_tell_what_happened_are_not_counted(bruno):
    for _number in range(12):
        get_adapter().send_mail("account/email/password_changed", bruno.email, {})

    assert len(delivered()) == 12


def test_one_browser_waits_between_two_letters_to_one_address(client, form, db):
    answers = [client.post(SIGN_UP, form) for _number in range(2)]

    assert [answer.status_code for answer in answers] == [302, 429]
