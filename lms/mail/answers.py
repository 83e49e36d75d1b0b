"""What did the mail server say, and whom does it concern: us, the address, nobody?"""

from dataclasses import dataclass
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from lms.mail.rules import is_for_good

CLOSING = 421  # RFC 5321 §4.2.2: the server hangs up
NO_ANSWER = ("timeout", "connection", str(CLOSING))  # kinds of trouble: see `Answer`
AT_THE_DOOR = (SMTPAuthenticationError, SMTPConnectError, SMTPHeloError)


@dataclass(frozen=True, slots=True)
class Answer:
    """`trouble` is the code of the reply, or the kind of trouble if there was none."""

    trouble: str
    for_good: bool = False
    connection_lost: bool = False


def answer_of(error: OSError | ValueError) -> Answer:
    """Return what an error of a try to send means. Texts are dropped: they name people.

    A reply is about the address when it follows the recipient or the message; one to
    our name, our password or our sender may be mended here, and is never for good.
    """
    match error:
        case ValueError():  # no address that mail knows
            return Answer("address", for_good=True)
        case SMTPRecipientsRefused(recipients=refused):
            code, said = next(iter(refused.values()))
            return replied(code, said)
        case SMTPDataError(smtp_code=code, smtp_error=said):
            return replied(code, said)
        case SMTPResponseException(smtp_code=code):
            lost = code == CLOSING or isinstance(error, AT_THE_DOOR)
            return Answer(str(code), connection_lost=lost)
        case TimeoutError():
            return Answer("timeout", connection_lost=True)
        case _:
            return Answer("connection", connection_lost=True)


def replied(code: int, said: bytes | str) -> Answer:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return Answer(
        str(code),
        for_good=is_for_good(code, words),
        connection_lost=code == CLOSING,
    )
