"""Every address that takes a form, with everything that a form should not hold."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories import PASSWORD
from tests.posts.forms import (
    ABOUT_STAFF,
    AGAIN,
    BY_JSON,
    EVERY_FORM,
    READ_ONLY,
    SHUT,
)
from tests.posts.sweeping import (
    LONG,
    Sentences,
    addresses,
    bodies,
    encoded,
    facts,
    hold_facts,
    undone,
    writes_noted,
)

pytestmark = pytest.mark.django_db
OURS = pytest.mark.parametrize("name", EVERY_FORM)
METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
PERSONAL = [name for name, form in EVERY_FORM.items() if form.who != "nobody"]
STORED = {
    name
    for name, form in ABOUT_STAFF.items()
    # Which asks whether one is sure, and what needs a code of its own.
    if name != "belonging:refuse" and form.works
}
# Whose record is it not? Of somebody who could send such a form about their own.
ONES_OWN = {
    "share_certificate": "bruno",
    "withdraw_link": "bruno",
    "leave": "bruno",
    "reasons": "bruno",
    "reasons_again": "bruno",
    "paper": "abroad",
    "attempt": "bruno",
    "attempt_answers": "bruno",
    "attempt_submit": "bruno",
    "case_step": "bruno",
    "case_decide": "bruno",
    "case_stop": "bruno",
    "accept_mandate": "abroad",
    "accept_mandate_code": "abroad",
    "decline_mandate": "abroad",
    "give_back_mandate": "abroad",
    "end_mandate": "abroad",
    "decide_approval:approve": "abroad",
    "lift_shield": "abroad",
    "shield_person": "abroad",
    "change_certificate": "abroad",
    "revoke_token": "abroad",
    "schedule_report": "marta",
    "forget_report": "marta",
    "stop_schedule": "marta",
    "run_schedule": "marta",
    "shield_member": "abroad",
    "cohort_settings": "abroad",
    "cohort_trainers": "abroad",
    "take_off_trainer": "abroad",
    "cohort_member": "abroad",
    "end_membership": "abroad",
    "membership_rules": "abroad",
    "end_membership_rule": "abroad",
    "archive_cohort": "abroad",
    "leave_cohort": "bruno",
    "my_superior": "bruno",
    "ask_again": "abroad",
    "take_back_invitation": "abroad",
    "accept_invitation": "bruno",
    "decline_invitation": "bruno",
    "change_assignment": "abroad",
    "withdraw_assignment": "abroad",
    "assignment_exception": "abroad",
    "start_assignment": "bruno",
    "name_superior": "bruno",
    "import_people": "abroad",
    "import_check": "abroad",
    "note_checked": "abroad",
    "duty_post": "abroad",
    "end_post_holder": "abroad",
    "check_roster": "abroad",
    "workshop": "abroad",
    "workshop_edit": "abroad",
    "workshop_cancel": "abroad",
    "workshop_correction": "abroad",
    "scan": "abroad",
    "practice": "abroad",
    "training_edit": "abroad",
    "training_withdraw": "abroad",
    "workshop_take": "bruno",
    "workshop_give_back": "bruno",
    "workshop_here": "bruno",
    "support_merge": "second_admin",
    "support_act:mailbox": "second_admin",
    "support_act:close": "second_admin",
}
# Of a page of reasons: its number, what is sealed, and whether two persons read it.
SALTED = ("number", "sealed", "sealed_reason", "drawn_twice", "wanted")
# What names an invitation, a request or a feed, or opens one.
DRAWN = {
    ("lms.Invitation", "token_hash"),
    ("lms.JoinCode", "code"),
    ("courses.CalendarFeed", "token_hash"),
    ("courses.Reminder", "event"),
    ("courses.SuperiorRequest", "token_hash"),
    ("lms.Token", "digest"),
    ("certificates.ReportFile", "task"),
    ("lms.Token", "prefix"),
    *(("courses.Paper", name) for name in SALTED),
    ("courses.Marking", "sealed"),
    ("courses.Note", "sealed"),
    ("certificates.ShareLink", "digest"),
    ("lms.Letter", "event"),
    ("lms.Letter", "facts"),
    ("lms.Letter", "sealed"),
    ("lms.Letter", "address"),  # of who is erased: one of ours, that chance named
    # Keys of what is made anew: PostgreSQL counts on, though the first was undone.
    ("lms.CohortTrainer", "cohort_id"),
    ("courses.LedgerEntry", "observation_id"),
}
STRANGE = ("pk", "id", "user", "learner", "at", "by", "holder", "role", "approved_at")
STAFF = ("tomas", "ines", "marta", "pilar", "olga", "sofia", "admin")
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def test_every_address_is_known_here():
    sent = {name.partition(":")[0] for name in EVERY_FORM}
    known = sent | READ_ONLY | SHUT | AGAIN | BY_JSON

    assert {name for _route, name in addresses()} == known


@OURS
@pytest.mark.sweep
def test_form_refuses_what_is_wrong_in_a_sentence_and_stores_nothing(name, send):
    form, told = EVERY_FORM[name], set()
    refused = _refusals(form, send(name))

    for wrong in bodies(form.good, form.spoiled()):
        spanish = refused(wrong, language="es")
        if spanish is None:
            continue
        assert spanish, wrong[:2]
        if not told.issuperset(spanish):  # else its English was read before
            english = refused(wrong, language="en")
            assert english, wrong[:2]
            assert not english & spanish, wrong[:2]
            told |= spanish


def _refusals(form, send_it):
    """Return what sends something wrong and tells the sentences that refuse it.

    None where it is accepted; fails where it should not have been, or left a trace.
    """
    before = facts()

    def refused(what, *, language):
        wrong, field, body = what
        with undone(send_it.browser), writes_noted() as written:
            answer = send_it(body, language=language)
            if _is_accepted(form, answer, wrong, field):
                return None
            assert not hold_facts(written) or facts() == before, (wrong, field)
        page = answer.content.decode()
        assert f'<html lang="{language}"' in page
        return Sentences(page, status=answer.status_code).said

    return refused


def _is_accepted(form, answer, wrong, field) -> bool:
    """Whether the answer is no refusal; fail where it should have been one."""
    if 400 <= answer.status_code < 500:
        return False
    assert answer.status_code in (200, 302), (wrong, field)
    if answer.status_code == 200:
        assert form.asks, (wrong, field)
        return False
    assert not form.minds(wrong, field), (wrong, field, answer["Location"])
    return True


@OURS
@pytest.mark.sweep
def test_form_sent_twice_is_sent_once(name, send):
    send_it, good = send(name), encoded(EVERY_FORM[name].good)

    first, once = send_it(good), facts()
    second, twice = send_it(good), facts()

    assert not EVERY_FORM[name].works or first.status_code in (200, 302)
    assert second.status_code < 500
    assert EVERY_FORM[name].again or twice == once


@pytest.mark.parametrize("name", sorted(STORED))
@pytest.mark.sweep
def test_good_form_of_staff_is_stored(name, send):
    send_it, before = send(name), facts()

    with writes_noted() as written:
        answer = send_it(encoded(EVERY_FORM[name].good))

    assert answer.status_code == 302
    assert facts() != before
    assert hold_facts(written)


@OURS
@pytest.mark.sweep
def test_form_takes_no_notice_of_fields_it_does_not_have(name, send):
    own, send_it = EVERY_FORM[name].good, send(name)
    good = encoded(own)
    strange = "&".join(f"{extra}=1" for extra in STRANGE if extra not in own)

    with undone(send_it.browser):
        answer, plain = send_it(good), _without_salt(facts())
    with undone(send_it.browser):
        other, extra = send_it(f"{good}&{strange}&x%00={LONG}"), _without_salt(facts())

    assert other.status_code == answer.status_code
    assert extra == plain


def _without_salt(stored):
    """Leave out what chance decides."""
    chance = {"id", "uuid", "password", "pk", "data", "shown", "version_id", "user_id"}
    chance |= {"attempt_id", "person_id", "subject", "batch"}
    chance |= {"reportfile_id", "schedule_id"}  # PostgreSQL counts on
    return {
        table: [
            {
                key: value
                for key, value in row.items()
                if key not in chance and (table, key) not in DRAWN
            }
            for row in rows
        ]
        for table, rows in stored.items()
    }


@OURS
def test_form_from_another_site_is_refused(name, send):
    form, send_it = EVERY_FORM[name], send(name)
    stranger = Client(enforce_csrf_checks=True)

    with writes_noted() as written:
        answer = send_it(encoded(form.good), browser=stranger)

    assert answer.status_code == (200 if name.startswith("verify_code") else 403)
    assert not hold_facts(written)


@pytest.mark.parametrize("name", PERSONAL)
def test_form_of_nobody_leads_to_the_sign_in(name, send):
    send_it = send(name)

    with writes_noted() as written:
        answer = send_it(
            encoded(EVERY_FORM[name].good), browser=Client(), language="en"
        )

    assert answer.status_code == 302
    assert re.match("/en/account/(login|signup)/|/$", answer["Location"])
    assert not hold_facts(written)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(("name", "who"), ONES_OWN.items())
def test_form_for_the_record_of_another_is_as_unknown_as_any(
    name, who, send, browser_of, language
):
    send_it, stranger = send(name), browser_of(who)
    good = encoded(EVERY_FORM[name].good)

    with writes_noted() as written:
        foreign = send_it(good, browser=stranger, language=language)
        unknown = send_it(good, browser=stranger, language=language, thing=uuid4())

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert _without_uuids(foreign) == _without_uuids(unknown)
    assert not hold_facts(written)


def _without_uuids(answer) -> str:
    return re.sub(r"[0-9a-f-]{36}|value=\"\w{64}\"", "", answer.content.decode())


@pytest.mark.parametrize("who", ["nobody", "signed_in", *STAFF])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.sweep
def test_no_address_fails_for_any_method(method, who, browser_of, award):
    browser = browser_of(who)
    before = facts()

    with undone(browser):
        answers = {
            route: getattr(browser, method)(_filled(route)).status_code
            for route, _name in addresses()
        }

    assert not {route: code for route, code in answers.items() if code == 500}
    assert facts() == before


def _filled(route: str) -> str:
    """Return an address of that pattern; what it names does not exist."""
    path = re.sub(r"<uuid:\w+>", UNKNOWN, route)
    path = re.sub(r"<int:\w+>", "9" * 30, path)
    path = re.sub(r"\(\?P<\w+>[^)]*\)|<\w+:\w+>", "x", path)
    return "/" + re.sub(r"\(.*\)|\[\w+\]|[\^$]", "", path)


@pytest.mark.parametrize("method", METHODS[2:6])
def test_what_is_only_read_takes_no_other_method(method, signed_in, course):
    for route, name in addresses():
        if name in READ_ONLY - {"front_door", "healthz", "readyz"}:
            answer = getattr(signed_in, method)(_filled(route))
            assert answer.status_code in (302, 404, 405), route


def test_wagtails_own_sign_in_is_shut(nobody, ana):
    """It would ask for no second step and count no wrong passwords."""
    who = {"username": ana.email, "password": PASSWORD, "next": "/es/trata/"}

    answer = nobody.post("/es/_util/login/", who)

    assert answer["Location"] == "/es/account/login/?next=%2Fes%2Ftrata%2F"
    assert "_auth_user_id" not in nobody.session
