"""A real mail server refuses, puts off, hangs up: the others get theirs, once."""

import re
from datetime import timedelta

import pytest

from lms.mail.models import Letter
from lms.mail.outbox import letter_to_address, post
from lms.mail.sending import send_chunk
from tests.lms.mail.sink import REFUSALS, Sink

SMTP = "django.core.mail.backends.smtp.EmailBackend"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        host, port = sink.server_address
        options = {"host": host, "port": port, "timeout": 5}
        settings.MAILERS = {"default": {"BACKEND": SMTP, "OPTIONS": options}}
        yield sink
        sink.shutdown()


def post_to(*names, at):
    post(
        letter_to_address(
            f"{name}@example.org",
            language="es",
            event=f"test:{name}",
            template="account_unused",
            at=at,
        )
        for name in names
    )


def send(at):
    while send_chunk(clock=lambda: at):
        pass


def outcome(name):
    """Return what became of the letter to that address, as the row says."""
    letter = Letter.objects.get(address=f"{name}@example.org")
    return letter.trouble, letter.next_at, letter.given_up_at, letter.bounced_at


def test_one_connection_carries_all_letters(db, at, sink):
    post_to("ana", "bruno", "carla", at=at)

    send(at)

    assert [to for to, _text in sink.arrived] == [
        "ana@example.org",
        "bruno@example.org",
        "carla@example.org",
    ]
    assert sink.connections == 1
    message_ids = [
        re.search(r"Message-ID: (\S+)", text)[1] for _to, text in sink.arrived
    ]
    assert len(set(message_ids)) == 3


def test_each_trouble_is_that_of_one_letter(db, at, sink):
    post_to("a", "later", "b", "unknown", "c", "drop", "d", at=at)

    send(at)

    assert [to[0] for to, _text in sink.arrived] == ["a", "b", "c", "d"]
    assert outcome("later") == ("451", at + MINUTE, None, None)
    assert outcome("unknown") == ("550", outcome("unknown")[1], at, at)
    assert outcome("drop") == ("connection", at + MINUTE, None, None)


@pytest.mark.parametrize(
    ("name", "trouble", "for_good"),
    [("policy", "550", False), ("closing", "421", False), ("content", "554", True)],
)
def test_refusal_of_us_is_not_one_of_the_address(db, at, sink, name, trouble, for_good):
    post_to(name, "ana", at=at)

    send(at)

    said, _next_at, given_up_at, bounced_at = outcome(name)
    assert (said, given_up_at, bounced_at) == (
        (trouble, at, at) if for_good else (trouble, None, None)
    )
    assert [to for to, _text in sink.arrived] == ["ana@example.org"]


def test_letter_put_off_arrives_when_the_server_takes_it(db, at, sink, monkeypatch):
    post_to("later", at=at)
    send(at)
    monkeypatch.delitem(REFUSALS, "later")

    send(at + MINUTE)
    send(at + HOUR)

    assert [to for to, _text in sink.arrived] == ["later@example.org"]


def test_server_that_is_not_there_loses_nothing(db, at, sink, settings):
    options = settings.MAILERS["default"]["OPTIONS"]
    there = options["port"]
    options["port"] = 1
    post_to(*(f"p{number}" for number in range(8)), at=at)
    send(at)
    assert Letter.objects.waiting().count() == 8

    options["port"] = there
    send(at + HOUR)

    assert len({to for to, _text in sink.arrived}) == len(sink.arrived) == 8
