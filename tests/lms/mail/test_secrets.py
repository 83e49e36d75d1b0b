"""Codes and links: encrypted while they wait, gone afterwards, and before all else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from lms.mail.models import Letter
from lms.mail.outbox import letter_to_address, post
from lms.mail.returned import Returned, take_back
from lms.mail.sending import CHUNK, claim, send_chunk
from lms.mail.tasks import AT_A_SCREEN, forget_codes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CODE = "1234-5678"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def drawn(register):
    register["code"] = "lms.mail.drawing.as_posted"
    register["account/email/email_confirmation"] = "lms.mail.drawing.as_posted"


@pytest.fixture
def nobody_there(settings):
    settings.MAILERS = {
        "default": {"BACKEND": SMTP, "OPTIONS": {"host": "127.0.0.1", "port": 1}}
    }


def post_code(at, *, address="ana@example.org", event="test:code", **more):
    """Post a code that is good for an hour, and return its letter."""
    letter = letter_to_address(
        address,
        language="es",
        event=event,
        template="account/email/email_confirmation",
        secrets={"code": CODE} | more,
        at=at,
        until_at=at + HOUR,
    )
    post([letter])
    return Letter.objects.get(event=event)


def post_notices(number, at, **more):
    post(
        letter_to_address(
            f"p{one}@example.org",
            language="es",
            event=f"test:{at}:{one}",
            template="account_unused",
            at=at,
            **more,
        )
        for one in range(number)
    )


def send(at):
    mail.outbox.clear()
    while send_chunk(clock=lambda: at):
        pass
    return mail.outbox


def test_code_stands_encrypted_until_it_is_sent(db, at):
    letter = post_code(at)
    kept = str([*Letter.objects.values(), *DBTaskResult.objects.values()])

    (message,) = send(at)

    assert CODE not in kept
    assert letter.secrets == {"code": CODE}
    assert CODE in message.body
    letter.refresh_from_db()
    assert (letter.sealed, letter.secrets) == ("", {})


def test_address_that_stands_nowhere_else_is_where_it_goes(db, at):
    letter = post_code(at, address="nobody@letter.invalid", to="ana@example.org")

    assert "ana@example.org" not in str(Letter.objects.values())
    assert [message.to for message in send(at)] == [["ana@example.org"]]
    letter.refresh_from_db()
    assert letter.sealed == ""


def test_code_that_has_run_out_is_not_sent_and_not_kept(db, at):
    letter = post_code(at)

    assert send(at + HOUR) == []
    letter.refresh_from_db()
    assert (letter.trouble, letter.sealed) == ("moot", "")


@pytest.mark.usefixtures("nobody_there")
def test_code_is_tried_again_until_it_runs_out(db, at):
    letter = post_code(at)
    moments = []
    while letter.given_up_at is None:
        moments.append(letter.next_at - at)
        send(letter.next_at)
        letter.refresh_from_db()

    assert [moment // timedelta(minutes=1) for moment in moments] == [0, 1, 6, 21, 60]
    assert (letter.trouble, letter.sealed) == ("moot", "")


def test_code_for_an_address_that_takes_no_mail_is_not_kept(db, at, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.lms.mail.test_secrets.Refuses"}}
    letter = post_code(at)

    send(at)

    letter.refresh_from_db()
    assert (letter.bounced_at, letter.sealed) == (at, "")


class Refuses:
    def __init__(self, **_options):
        pass

    def open(self):
        pass

    close = open

    def send_messages(self, messages):
        raise ValueError("Invalid address")


def test_code_that_came_back_before_that_was_written_down_is_not_kept(db, at):
    letter = post_code(at)
    claim(letter, at=at)

    assert take_back(Returned(letter.uuid, "5.1.1"), at=at)

    letter.refresh_from_db()
    assert (letter.given_up_at, letter.sealed) == (at, "")


@pytest.mark.parametrize("over", ["sent_at", "given_up_at"])
def test_letter_with_a_code_is_deleted_within_a_day(db, at, over, time_machine):
    code = post_code(at, event="test:code")
    post_notices(1, at)
    post_code(at, event="test:waits")
    rows = Letter.objects.exclude(event="test:waits")
    rows.update(**{over: at}, sealed="")
    last = at + timedelta(hours=12)

    time_machine.move_to(last - timedelta(seconds=1), tick=False)
    forget_codes.func()
    assert Letter.objects.count() == 3
    time_machine.move_to(last, tick=False)
    forget_codes.func()

    assert Letter.objects.count() == 2
    assert not Letter.objects.filter(pk=code.pk).exists()


@pytest.mark.parametrize("over", ["sent_at", "given_up_at"])
def test_database_keeps_no_secret_of_a_letter_that_is_over(db, at, over):
    letter = post_code(at)
    rows = Letter.objects.filter(pk=letter.pk)

    with (
        pytest.raises(IntegrityError, match="letters_that_are_over_keep_no_secret"),
        transaction.atomic(),
    ):
        rows.update(**{over: at})


def test_code_goes_before_everything_that_waited_longer(db, at):
    post_notices(2, at - DAY, urgent=False)
    post_notices(1, at - HOUR)
    post_code(at)

    first, *others = send(at)

    assert first.to == ["ana@example.org"]
    assert len(others) == 3


def test_code_does_not_wait_for_a_long_row_of_letters(db, at, register):
    """It is asked for while many are being sent."""
    post_notices(3 * CHUNK, at - HOUR)
    register["account_unused"] = "tests.lms.mail.test_secrets.somebody_asks"

    sent = [message.to[0] for message in send(at)]

    assert sent.index("ana@example.org") <= CHUNK
    assert len(sent) == 3 * CHUNK + 1


def somebody_asks(letter):
    post_code(letter.asked_at + HOUR)
    return {"url": "https://campus.example/es/"}


def test_task_that_sends_a_code_goes_before_other_tasks(db, at):
    post_notices(1, at)
    post_code(at)

    priorities = DBTaskResult.objects.values_list("priority", flat=True)
    assert sorted(priorities) == [0, AT_A_SCREEN]
    assert DBTaskResult.objects.ready().first().priority == AT_A_SCREEN
