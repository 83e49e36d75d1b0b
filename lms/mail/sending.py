"""Which letters go out now, and what becomes of each?

Whoever sends a letter claims it first, for some minutes: a worker that dies with it in
hand leaves it to the next one. What dies between handing it over and writing that down
is handed over a second time, under the same Message-ID: mail systems that know it keep
one (our own box does), others show two. SMTP offers no more.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Least
from django.utils.translation import override

from lms.mail import rules
from lms.mail.actions import HEADERS, write
from lms.mail.answers import Answer, answer_of
from lms.mail.bounces import comes_back
from lms.mail.drawing import draw
from lms.mail.held import unless_held
from lms.mail.models import Letter

logger = logging.getLogger(__name__)

CHUNK = 50
MOST_TROUBLES = 3  # in a row: it is the server, not the letters


def send_chunk(*, clock: Callable[[], datetime]) -> bool:
    """Send some of the letters due, over one connection; return whether to go on.

    A copy sends none until it is let. A server that is away ends it. The few letters in
    hand have found that out for all; the others wait for the next minute, and are there
    first when it is back.
    """
    due = unless_held(Letter.objects.due(clock())).order_by("next_at", "pk")
    letters = list(due[:CHUNK])  # each person is read when it is their turn
    line, troubles = mailers.default, 0
    try:
        for letter in letters:
            held = take(letter, line, at=clock())
            troubles = 0 if held else troubles + 1
            if troubles == MOST_TROUBLES:
                break
    finally:
        hang_up(line)
    return bool(letters) and troubles < MOST_TROUBLES


def bring_back(*, at: datetime) -> int:
    """Have letters sent whose next try is too far ahead; return how many.

    A clock that was ahead wrote it, and when they were due: from then on they would be
    tried for days.
    """
    far = Letter.objects.waiting().filter(next_at__gt=at + rules.FURTHEST)
    now = Value(at, output_field=DateTimeField())
    return far.update(next_at=at, due_at=Least("due_at", now))


def take(letter: Letter, line: BaseEmailBackend, *, at: datetime) -> bool:
    """Do with one letter what is due; return whether the connection held."""
    if not letter.urgent and not rules.is_open(at, zone=letter.zone):
        as_seen(letter).update(next_at=rules.not_before(at, zone=letter.zone))
        return True
    if not claim(letter, at=at):
        return True
    if not letter.urgent and comes_back(letter):
        give_up(letter, "bounced", at=at)
        return True
    try:
        message = message_of(letter)
    except Exception as error:  # whatever is wrong with one, the others go out
        logger.error(
            "Letter id=%s cannot be drawn: %s", letter.pk, type(error).__name__
        )
        put_off(letter, "draw", at=at)
        return True
    if message is None:
        give_up(letter, "moot", at=at)
        return True
    return hand_over(letter, message, line, at=at)


def as_seen(letter: Letter) -> QuerySet[Letter]:
    """Return the letter as a query that finds it only as it was when it was read."""
    return Letter.objects.waiting().filter(
        pk=letter.pk, next_at=letter.next_at, tries=letter.tries
    )


def claim(letter: Letter, *, at: datetime) -> bool:
    """Take a letter in hand for some minutes, unless somebody else just did."""
    claimed = {
        "next_at": at + settings.MAIL_LEASE,
        "tried_at": at,
        "tries": letter.tries + 1,
    }
    won = as_seen(letter).update(**claimed)
    for name, value in claimed.items():
        setattr(letter, name, value)
    return bool(won)


def message_of(letter: Letter) -> EmailMessage | None:
    """Return the letter as it goes out; None when it has nothing to tell any more.

    An account that may not sign in gets no mail.
    """
    person = letter.person
    if person is not None and not person.is_active:
        return None
    language = person.language if person else letter.language
    with override(language):
        facts = draw(letter)
        if facts is None:
            return None
        subject, text = write(letter.template, facts)
    site = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        subject,
        text,
        to=[person.email if person else letter.address],
        headers=HEADERS | {"Message-ID": f"<{letter.uuid}@{site}>"},
    )


def hand_over(
    letter: Letter, message: EmailMessage, line: BaseEmailBackend, *, at: datetime
) -> bool:
    """Give a message to the mail server; return whether the connection held."""
    try:
        line.open()
        line.send_messages([message])
    except (OSError, ValueError) as error:
        hang_up(line)
        answer = answer_of(error)
        note_failure(letter, answer, at=at)
        return not answer.connection_lost
    # Whoever else has it in hand by now: it went.
    Letter.objects.waiting().filter(pk=letter.pk).update(sent_at=at, trouble="")
    return True


def hang_up(line: BaseEmailBackend) -> None:
    with suppress(OSError):  # the other side was quicker
        line.close()


def note_failure(letter: Letter, answer: Answer, *, at: datetime) -> None:
    if answer.for_good:
        as_seen(letter).update(bounced_at=at, given_up_at=at, trouble=answer.trouble)
    else:
        put_off(letter, answer.trouble, at=at)


def put_off(letter: Letter, trouble: str, *, at: datetime) -> None:
    """Have a letter tried again later, or give it up after the last try."""
    again = rules.next_try(tries=letter.tries, due_at=letter.due_at, at=at)
    if again is None:
        give_up(letter, trouble, at=at)
        return
    if not letter.urgent:
        again = rules.not_before(again, zone=letter.zone)
    as_seen(letter).update(next_at=again, trouble=trouble)


def give_up(letter: Letter, trouble: str, *, at: datetime) -> None:
    """Write down why a letter is not sent; its event gets no other one."""
    as_seen(letter).update(given_up_at=at, trouble=trouble)
