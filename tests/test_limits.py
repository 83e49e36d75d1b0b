"""Every limit: its last try, one too many, somebody else's, and when it begins anew."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpRequest
from django.test import Client

from certificates.actions import check_name
from certificates.limits import is_another_use, takes_a_check, visitor_of
from certificates.models import Certificate
from courses.inperson.actions.attendance import mark_by_code
from courses.views.operations import may_send
from lms.api import limits as of_programs
from lms.api.problems import Problem
from lms.models import Tries
from lms.people import limits as of_sign_in
from lms.refusals import Refused
from lms.team import limits as of_invitations
from tests.factories import (
    NOON,
    CohortFactory,
    PersonFactory,
    WorkshopFactory,
)

MINUTE, HOUR, SECOND = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)
ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.django_db


def asked_from(address: str) -> HttpRequest:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = address
    return request


def passes(act: Callable, *args, no: type[Exception], why: str, **kwargs) -> bool:
    """Whether it was let through; refused for any other reason, it was."""
    try:
        act(*args, **kwargs)
    except no as error:
        reason = error.code if no is Problem else error.reasons[0]
        return reason != why
    return True


def of_an_address(take: Callable) -> Callable:
    """Each try from another machine of one network, or all from another network."""

    def tried(who, number: int, at: datetime) -> bool:
        network = {"one": "2001:db8:7:7", "another": "2001:db8:7:8"}[who.name]
        return take(asked_from(f"{network}::{number + 1}"), at=at)

    return tried


def letter_of_a_known_browser(who, _number: int, at: datetime) -> bool:
    with of_sign_in.asked_by("a-browser"):
        return of_sign_in.may_send_letter(
            "account/email/password_reset_key", who.person.email, account="", at=at
        )


def problem(count: Callable) -> Callable:
    def take(subject, *, at: datetime) -> bool:
        why = "too-many-requests"
        return passes(count, subject, at=at, no=Problem, why=why)

    return take


def asks_superior(request, *, at: datetime) -> bool:
    with time_machine.travel(at, tick=False):
        browser = Client(REMOTE_ADDR=request.META["REMOTE_ADDR"])
        return browser.get("/es/superior/unknown/").status_code != 429


def uses_link(request, *, at: datetime) -> bool:
    return is_another_use(7, visitor=visitor_of(request), at=at)


def types_room_code(who, _number: int, at: datetime) -> bool:
    facts = {"person": who.person, "typed": "no", "at": at}
    refused = {"no": Refused, "why": "too-many-tries"}
    return passes(mark_by_code, who.workshop, **facts, **refused)


def checks_name(who, _number: int, at: datetime) -> bool:
    facts = {"typed": "Ana", "at": at, "why": "certificate-checks-too-often"}
    return passes(check_name, who.certificate, no=Refused, **facts)


@dataclass(frozen=True)
class Limit:
    """So many tries in that time; `take` makes one and says whether it may be made."""

    name: str
    most: int
    per: timedelta
    take: Callable[[SimpleNamespace, int, datetime], bool]


LIMITS = [
    Limit(
        "sign-in of an account",
        5,
        5 * MINUTE,
        lambda who, _n, at: of_sign_in.count_try(who.person.email, at=at),
    ),
    Limit(
        "sign-in from an address",
        30,
        MINUTE,
        of_an_address(
            lambda asked, at: of_sign_in.let_in(asked.META["REMOTE_ADDR"], at=at)
        ),
    ),
    Limit(
        "letters that a network asks for to a mailbox",
        3,
        HOUR,
        of_an_address(
            lambda asked, at: of_sign_in.may_ask_letter(
                asked, "nestor@example.org", kind="reset", at=at
            )
        ),
    ),
    Limit(
        "letters that a known browser asks for",
        3,
        HOUR,
        lambda who, n, at: of_sign_in.may_ask_letter(
            asked_from(f"2001:db8:{n}::1"),
            who.person.email,
            kind="reset",
            at=at,
            browser="a-browser",
        ),
    ),
    Limit(
        "letters to a mailbox that a known browser asked for",
        3,
        HOUR,
        letter_of_a_known_browser,
    ),
    Limit(
        "letters of a kind to a mailbox",
        10,
        HOUR,
        lambda who, _n, at: of_sign_in.may_send_letter(
            "account/email/unknown_account", who.person.email, account="", at=at
        ),
    ),
    Limit(
        "forms kept for who was signed out",
        30,
        10 * MINUTE,
        of_an_address(of_sign_in.may_keep_typed),
    ),
    Limit(
        "codes to a mailbox",
        5,
        HOUR,
        lambda who, _n, at: of_sign_in.may_send_proof(who.person, at=at),
    ),
    Limit(
        "tries at a second step",
        5,
        5 * MINUTE,
        lambda who, _n, at: of_sign_in.may_try_second_step(who.person, at=at),
    ),
    Limit(
        "tries at the code of a mailbox",
        5,
        10 * MINUTE,
        lambda who, _n, at: of_sign_in.may_try_proof(who.person, at=at),
    ),
    Limit(
        "wrong links of invitations",
        30,
        MINUTE,
        of_an_address(of_invitations.count_wrong_link),
    ),
    Limit(
        "codes to join with",
        20,
        10 * MINUTE,
        lambda who, _n, at: of_invitations.may_try_code(who.person, at=at),
    ),
    Limit(
        "requests of a token",
        120,
        MINUTE,
        lambda who, _n, at: problem(of_programs.count_request)(who.person, at=at),
    ),
    Limit(
        "requests without a valid token",
        30,
        MINUTE,
        of_an_address(problem(of_programs.count_failure)),
    ),
    Limit(
        "public requests of programs",
        120,
        MINUTE,
        of_an_address(problem(of_programs.count_public)),
    ),
    Limit("questions to a superior", 60, 10 * MINUTE, of_an_address(asks_superior)),
    Limit(
        "batches of choices of a test",
        120,
        MINUTE,
        lambda who, _n, at: may_send(who.person, at=at),
    ),
    Limit("codes of a room", 6, 5 * MINUTE, types_room_code),
    Limit("checks of certificates", 30, MINUTE, of_an_address(takes_a_check)),
    Limit("checks of a name", 5, HOUR, checks_name),
    Limit("uses of a link by one visitor", 1, HOUR, of_an_address(uses_link)),
]


def somebody(name: str) -> SimpleNamespace:
    """Return a person and what else is limited by itself, one of each."""
    person = PersonFactory()
    cohort = CohortFactory(trainers=[PersonFactory()], members=[person])
    return SimpleNamespace(
        name=name,
        person=person,
        workshop=WorkshopFactory(cohort=cohort),
        certificate=Certificate(pk=uuid4(), holder=person, name_salt="x"),
    )


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_a_limit_lets_so_many_through_and_begins_anew(limit, ana):
    one, another = somebody("one"), somebody("another")
    last_second = NOON + limit.per - SECOND

    tries = [limit.take(one, number, NOON) for number in range(limit.most + 1)]

    assert tries == [True] * limit.most + [False]
    assert not limit.take(one, 0, last_second)
    assert limit.take(another, 0, last_second)
    assert limit.take(one, 0, NOON + limit.per)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_a_limit_keeps_its_count_and_neither_who_nor_where(limit):
    one = somebody("one")

    limit.take(one, 0, NOON)

    kept = Tries.objects.get()
    assert (kept.count, kept.ends_at) == (1, NOON + limit.per)
    assert not re.search("2001:|:db8|@|example", kept.key)


def test_limits_of_one_person_count_apart(db):
    one = somebody("one")

    for limit in LIMITS:
        limit.take(one, 0, NOON)

    assert Tries.objects.count() == len(LIMITS)


def test_every_limit_is_tried_here():
    places = {
        str(path.relative_to(ROOT)): path.read_text().count("Tries.objects.take(")
        for app in ("lms", "courses", "certificates")
        for path in (ROOT / app).rglob("*.py")
    }

    # Those of a room that is open are tried with it (tests/lms/people/test_limits.py),
    # an app's code with the app (test_second_step.py), a mailed one with the addresses
    # (test_emails.py): each is used once, not so often. What is wrong with the machine
    # is told once a day (tests/lms/mail/test_troubles.py).
    assert {path: count for path, count in places.items() if count} == {
        "certificates/actions.py": 1,
        "certificates/limits.py": 2,
        "courses/assigning/views/superiors.py": 1,
        "courses/inperson/actions/attendance.py": 1,
        "courses/views/operations.py": 1,
        "lms/api/limits.py": 1,
        "lms/mail/troubles.py": 1,
        "lms/people/limits.py": 13,
        "lms/team/limits.py": 2,
    }
