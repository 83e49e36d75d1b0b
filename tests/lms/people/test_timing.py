"""Known and unknown addresses: the same answer, the same hashing, as many letters.

How long both take, the drill `timing` measures.
"""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client

from lms.people.timing_drill import FIELDS, chance_of_more

UNKNOWN = "nadie@example.org"


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
        page = browser.post(f"/es/account/{form}/", FIELDS[form](email) | more)
        pages = [page]
        if page.status_code == 302:
            pages.append(browser.get(page["Location"]))
        return {
            "answers": [(p.status_code, p.get("Location", "")) for p in pages],
            "texts": [without_what_varies(p.content.decode(), email) for p in pages],
            "hashes": len(hashed),
            "letters": [letter.to == [email] for letter in mail.outbox],
            "cookies": sorted(browser.cookies),
        }

    return post


def without_what_varies(page, email):
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return page.replace(email, "…")


@pytest.mark.parametrize("form", FIELDS)
def test_known_and_unknown_addresses_are_answered_alike(ask, ana, form):
    known, unknown = ask(form, ana.email), ask(form, UNKNOWN)

    assert known == unknown


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
        assert ask(form, ana.email) == ask(form, UNKNOWN)


def test_accounts_without_a_password_are_answered_alike(ask, ana):
    ana.set_unusable_password()
    ana.save()

    assert ask("login", ana.email) == ask("login", UNKNOWN)


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


@pytest.mark.parametrize(
    ("form", "is_even"), [("signup", True), ("password/reset", True), ("login", False)]
)
def test_answers_end_with_a_step(ask, ana, settings, monkeypatch, form, is_even):
    settings.EVEN_STEP, slept = timedelta(seconds=1000), []
    monkeypatch.setattr("lms.people.even_time.time.sleep", slept.append)

    ask(form, ana.email)

    assert [900 < seconds < 1000 for seconds in slept] == [True] * is_even


def test_who_asks_too_often_holds_nobody_up(ask, ana, settings, monkeypatch):
    settings.EVEN_STEP, slept = timedelta(seconds=1000), []
    monkeypatch.setattr("lms.people.even_time.time.sleep", slept.append)

    asked = [ask("password/reset", ana.email)["answers"][0][0] for _time in range(8)]

    assert 429 in asked
    assert len(slept) == asked.count(302)
