"""A report of a mail system marks the letter it returns, and nothing else does."""

import io
import sys
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.mail.models import Letter
from lms.mail.outbox import letter_to, post
from lms.mail.returned import Returned, read_report, take_back
from lms.mail.sending import send_chunk

REPORT = """\
From: MAILER-DAEMON@mail.example
To: campus@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

<ana@example.org>: host mx.example said: 550 5.1.1 Unknown person

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Mon, 2 Nov 2026 12:00:00 -0600

Final-Recipient: rfc822; ana@example.org
Original-Recipient: rfc822;ana@example.org
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example

--b
Content-Type: {kind}

{returned}

--b--
"""
RETURNED = """\
Auto-Submitted: auto-generated
Message-ID: {message_id}
From: Campus <campus@example.org>
To: ana@example.org
Subject: Su cuenta

"""


@pytest.fixture
def letter(ana, at):
    """A letter to Ana that a mail server took."""
    post([letter_to(ana, event="test:1", template="account_unused", at=at)])
    send_chunk(clock=lambda: at)
    return Letter.objects.get()


def report(
    letter, *, action="failed", status="5.1.1", kind="message/rfc822", message_id=None
):
    """Return what a mail system writes about a letter, as it comes in."""
    message_id = message_id or f"<{letter.uuid}@campus.example>"
    text = REPORT.format(
        action=action,
        status=status,
        kind=kind,
        returned=RETURNED.format(message_id=message_id),
    )
    return text.encode()


@pytest.fixture
def hand_in(monkeypatch, capsys):
    """Pipe a mail in as the mail server does; return what is said on stderr."""

    def pipe(raw):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        call_command("read_bounce")
        return capsys.readouterr().err

    return pipe


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_report_of_a_failure_marks_the_letter(letter, hand_in, kind):
    before = timezone.now()

    assert hand_in(report(letter, kind=kind)) == ""

    letter.refresh_from_db()
    assert before <= letter.bounced_at <= timezone.now()
    assert (letter.trouble, letter.given_up_at) == ("5.1.1", None)
    assert letter.sent_at is not None


@pytest.mark.parametrize(
    ("status", "trouble"),
    [("5.2.2 (mailbox full)", "5.2.2"), ("Ana Ruiz", "returned"), ("", "returned")],
)
def test_only_the_code_of_a_report_is_kept(letter, hand_in, status, trouble):
    hand_in(report(letter, status=status))

    letter.refresh_from_db()
    assert letter.trouble == trouble


@pytest.mark.parametrize("action", ["FAILED", "Failed"])
def test_action_is_read_in_any_case(letter, action):
    assert read_report(report(letter, action=action)) == Returned(letter.uuid, "5.1.1")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_report_of_anything_but_a_failure_changes_nothing(letter, hand_in, action):
    said = hand_in(report(letter, action=action))

    assert "nothing noted" in said
    assert Letter.objects.get().bounced_at is None


def with_line_ends(raw):
    return raw.replace(b"\n", b"\r\n")


def test_report_with_the_line_ends_of_mail_is_read(letter):
    assert read_report(with_line_ends(report(letter))) is not None


def cut_before(word):
    return lambda letter: report(letter)[: report(letter).index(word)]


def without(word):
    return lambda letter: report(letter).replace(word, b"X-Nothing")


GARBAGE = {
    "nothing": lambda letter: b"",
    "noise": lambda letter: bytes(range(256)) * 40,
    "a plain answer": lambda letter: (
        b"Subject: Re\n\nMessage-ID: <" + str(letter.uuid).encode() + b"@x>\n"
    ),
    "an answer to ours": lambda letter: (
        b"In-Reply-To: <" + str(letter.uuid).encode() + b"@campus.example>\n\nHola\n"
    ),
    "no parts": lambda letter: b"Content-Type: multipart/report; boundary=b\n\nx\n",
    "no report": without(b"message/delivery-status"),
    "nothing returned": cut_before(b"--b\nContent-Type: message/rfc822"),
    "no name": without(b"Message-ID"),
    "no action": without(b"Action"),
    "a name in a name": lambda letter: report(
        letter, message_id=f"<x-{letter.uuid}@campus.example>"
    ),
    "two names": lambda letter: report(
        letter, message_id=f"<{letter.uuid}@a> <{letter.uuid}@b>"
    ),
    "not a report": lambda letter: report(letter).replace(
        b"multipart/report", b"multipart/mixed"
    ),
    "another kind returned": lambda letter: report(letter, kind="text/plain"),
}


@pytest.mark.parametrize("garbage", GARBAGE)
def test_anything_else_changes_nothing_and_is_no_error(letter, hand_in, garbage):
    said = hand_in(GARBAGE[garbage](letter))

    assert said == "No report that a letter of ours failed: nothing noted.\n"
    assert Letter.objects.get().bounced_at is None


@settings(deadline=None)
@given(data=st.data())
def test_no_mail_is_too_strange_to_read(data):
    raw = report(SimpleNamespace(uuid=uuid4()))
    begin = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(begin, len(raw)))
    words = st.sampled_from([b"", b"\n\n", b"\xff\n", b"--b\n", b"=?utf-8?b?x?=", b";"])

    read_report(raw[:begin] + data.draw(words) + raw[end:])


def test_nobody_elses_letter_is_marked_by_guessing(letter, hand_in):
    said = hand_in(report(letter, message_id=f"<{uuid4()}@campus.example>"))

    assert said == "A letter that is not out: nothing noted.\n"
    assert Letter.objects.get().bounced_at is None


def test_letter_comes_back_once(letter, at):
    returned = Returned(letter.uuid, "5.1.1")

    assert take_back(returned, at=at)
    assert not take_back(Returned(letter.uuid, "5.2.2"), at=at + timedelta(days=1))
    letter.refresh_from_db()
    assert (letter.bounced_at, letter.trouble) == (at, "5.1.1")


def test_letter_that_nobody_sent_does_not_come_back(letter, at):
    Letter.objects.update(sent_at=None, tried_at=None)

    assert not take_back(Returned(letter.uuid, "5.1.1"), at=at)


def test_letter_whose_worker_died_is_not_sent_again_once_it_came_back(letter, at):
    Letter.objects.update(sent_at=None)

    assert take_back(Returned(letter.uuid, "5.1.1"), at=at)

    letter.refresh_from_db()
    assert (letter.bounced_at, letter.given_up_at) == (at, at)


def test_report_waits_at_the_mail_server_while_the_database_is_away(
    letter, hand_in, monkeypatch
):
    def away(*_args, **_kwargs):
        raise OperationalError

    monkeypatch.setattr("django.db.models.query.QuerySet.update", away)

    with pytest.raises(SystemExit) as ended:
        hand_in(report(letter))

    assert ended.value.code == 75
