"""What a mail server's answer means for the letter, without what it says of people."""

from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest

from lms.mail.answers import Answer, answer_of

UNKNOWN = b"5.1.1 <ana@example.org> unknown"


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (
            SMTPRecipientsRefused({"ana@example.org": (550, UNKNOWN)}),
            Answer("550", for_good=True),
        ),
        (SMTPRecipientsRefused({"ana@example.org": (450, b"")}), Answer("450")),
        (SMTPDataError(554, "no"), Answer("554", for_good=True)),
        (SMTPDataError(421, b"no"), Answer("421", connection_lost=True)),
        (SMTPSenderRefused(550, b"no", "campus@example.org"), Answer("550")),
        (SMTPAuthenticationError(535, b"no"), Answer("535", connection_lost=True)),
        (SMTPConnectError(554, b"no"), Answer("554", connection_lost=True)),
        (SMTPServerDisconnected("gone"), Answer("connection", connection_lost=True)),
        (ConnectionRefusedError(), Answer("connection", connection_lost=True)),
        (TimeoutError(), Answer("timeout", connection_lost=True)),
        (ValueError("ana@"), Answer("address", for_good=True)),
    ],
)
def test_answer_is_about_the_address_or_about_us(error, answer):
    assert answer_of(error) == answer
