"""Known and unknown addresses: the same answer, the same hashing, as many letters.

How long both take, the drill `timing` measures.
"""

import re

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, hashers
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lms.people.backends import NOBODY, holder_of
from lms.people.timing_drill import FIELDS, chance_of_more
from tests.factories import CohortFactory, PersonFactory
from tests.lms.team.inviting import invited, link_of
from tests.working import work_off

UNKNOWN = "nadie@example.org"
SIGN_UP = "/es/account/signup/"


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed, each time one was."""
    seen = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode

    def counting(self, password, salt, *args, **kwargs):
        seen.append(password)
        return encode(self, password, salt, *args, **kwargs)

    monkeypatch.setattr(type(hasher), "encode", counting)
    return seen


@pytest.fixture
def ask(hashed):
    """Return a function that posts a form and tells all that came of it."""

    def post(form, email, **more):
        hashed.clear()
        mail.outbox.clear()
        browser = Client()
        with CaptureQueriesContext(connection) as asked:
            page = browser.post(f"/es/account/{form}/", FIELDS[form](email) | more)
        by_then, hashes = len(mail.outbox), len(hashed)
        work_off()
        pages = [page]
        if page.status_code == 302:
            pages.append(browser.get(page["Location"]))
        return {
            "answers": [(p.status_code, p.get("Location", "")) for p in pages],
            "texts": [without_what_varies(p.content.decode(), email) for p in pages],
            "hashes": hashes,
            "asked": [without_values(query["sql"]) for query in asked],
            "letters_by_then": by_then,
            "letters": [letter.to == [email] for letter in mail.outbox],
            "cookies": sorted(browser.cookies),
        }

    return post


def without_values(sql):
    return re.sub(r"'(?:[^']|'')*'|\b[0-9a-fx_.]*\d[0-9a-fx_.]*\b", "?", sql)


def without_what_varies(page, email):
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return page.replace(email, "…")


def seen(answer):
    """What somebody sees of it; the database is asked elsewhere."""
    return {name: answer[name] for name in answer if name != "asked"}


@pytest.mark.parametrize("form", FIELDS)
def test_known_and_unknown_addresses_are_answered_alike(ask, ana, form):
    known, unknown = ask(form, ana.email), ask(form, UNKNOWN)

    assert seen(known) == seen(unknown)


@pytest.mark.parametrize(
    ("form", "hashes", "letters"),
    [("login", 1, []), ("password/reset", 0, [True]), ("signup", 1, [True])],
)
def test_work_is_what_it_should_be(ask, ana, form, hashes, letters):
    answer = ask(form, ana.email)

    assert (answer["hashes"], answer["letters"]) == (hashes, letters)


def test_unconfirmed_addresses_are_answered_alike(ask, ana):
    ana.emailaddress_set.update(verified=False)

    assert ask("signup", ana.email) == ask("signup", UNKNOWN)
    assert ask("password/reset", ana.email) == ask("password/reset", UNKNOWN)


def test_closed_accounts_are_answered_alike(ask, ana):
    type(ana).objects.filter(pk=ana.pk).update(is_active=False)

    for form in FIELDS:
        assert seen(ask(form, ana.email)) == seen(ask(form, UNKNOWN))


def test_accounts_without_a_password_are_answered_alike(ask, ana):
    ana.set_unusable_password()
    ana.save()

    assert seen(ask("login", ana.email)) == seen(ask("login", UNKNOWN))


@pytest.mark.parametrize(
    ("ours", "theirs", "chance"),
    [
        ([2, 3], [0, 1], 1),
        ([0, 1], [2, 3], 0),
        ([1, 1], [1, 1], 0.5),
        ([0, 2], [1, 1], 0.5),
        ([1, 2], [0, 1], 0.875),
    ],
)
def test_chance_of_more_is_a_half_where_nothing_differs(ours, theirs, chance):
    assert chance_of_more(ours, theirs) == chance


LOOKED_AT_BY_TASKS = ["signup", "password/reset"]


@pytest.mark.parametrize("form", LOOKED_AT_BY_TASKS)
def test_database_is_asked_the_same_for_known_and_unknown_addresses(ask, ana, form):
    known, unknown = ask(form, ana.email), ask(form, UNKNOWN)

    assert known["asked"] == unknown["asked"]
    assert not [sql for sql in known["asked"] if "lms_user" in sql or "email" in sql]
    assert known["letters_by_then"] == unknown["letters_by_then"] == 0


def test_database_is_asked_as_often_who_signs_in_in_vain(ask, ana):
    known, unknown = ask("login", ana.email), ask("login", UNKNOWN)

    assert known["asked"] == unknown["asked"]


def test_sessions_name_a_backend_that_earlier_code_knows(ana):
    ana.set_password("cuatro palabras sueltas")
    ana.save()
    browser = Client()
    browser.post(
        "/es/account/login/",
        {"login": ana.email, "password": "cuatro palabras sueltas"},
    )

    assert browser.session[BACKEND_SESSION_KEY].startswith("allauth.")


def test_an_address_signs_in_whoever_confirmed_it(ana, tomas):
    shared = {"email": "juzgado@example.org", "primary": False}
    tomas.emailaddress_set.create(**shared, verified=False)
    assert holder_of(shared["email"]) == tomas.pk

    ana.emailaddress_set.create(**shared, verified=True)
    assert holder_of(shared["email"]) == ana.pk
    assert holder_of(ana.email) == ana.pk
    assert holder_of(UNKNOWN) == NOBODY


def test_link_of_an_invitation_hashes_as_often_for_known_addresses(hashed, db):
    def sign_up(address):
        browser = Client()
        invitation = invited(
            CohortFactory(), by=PersonFactory(), at=timezone.now(), address=address
        )
        page = link_of(invitation)
        browser.post(f"{page}sign-up/")
        hashed.clear()
        answer = browser.post(SIGN_UP, FIELDS["signup"](address) | {"next": page})
        return answer.status_code, len(hashed)

    PersonFactory(email="known@example.org")

    assert sign_up("known@example.org") == sign_up(UNKNOWN) == (302, 1)
