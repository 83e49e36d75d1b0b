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
from lms.mail.actions import write
from lms.mail.answers import NO_ANSWER, Answer, answer_of
from lms.mail.bounces import comes_back
from lms.mail.drawing import draw
from lms.mail.held import unless_held
from lms.mail.models import Letter

logger = logging.getLogger(__name__)

HEADERS = {"Auto-Submitted": "auto-generated"}
CHUNK = 10  # then it is asked again what is most urgent by now
MOST_TROUBLES = 3  # in a row: it is the server, not the letters


def send_chunk(*, clock: Callable[[], datetime]) -> bool:
    """Send some of the letters due, over one connection; return whether to go on.

    A copy sends none until it is let. A server that is away ends it. The few letters in
    hand have found that out for all; the others wait for the next minute, and are there
    first when it is back.
    """
    if server_is_away(at=clock()):
        return False
    due = unless_held(Letter.objects.due(clock())).most_urgent_first()
    letters = list(due[:CHUNK])  # each person is read when it is their turn
    line, troubles = mailers.default, 0
    try:
        for letter in letters:
            held = take(letter, line, clock=clock)
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


def server_is_away(*, at: datetime) -> bool:
    """Return whether it was found out within the last minute that none answers.

    Each letter that is posted makes a task: a worker that asked a silent server anew
    for every one of them would have time for nothing else.
    """
    unanswered = Letter.objects.waiting().filter(trouble__in=NO_ANSWER)
    times = unanswered.order_by("-tried_at").values_list("tried_at", flat=True)
    newest = list(times[:MOST_TROUBLES])
    return len(newest) == MOST_TROUBLES and newest[0] > at - rules.AWAY_FOR


def take(
    letter: Letter, line: BaseEmailBackend, *, clock: Callable[[], datetime]
) -> bool:
    """Do with one letter what is due; return whether the connection held."""
    at = clock()
    if not letter.urgent and not rules.is_open(at, zone=letter.zone):
        as_seen(letter).update(next_at=rules.not_before(at, zone=letter.zone))
        return True
    if not claim(letter, at=at):
        return True
    if not letter.urgent and comes_back(letter):
        give_up(letter, "bounced", at=at)
        return True
    try:
        message = message_of(letter, at=at)
    except Exception as error:  # whatever is wrong with one, the others go out
        logger.error(
            "Letter id=%s cannot be drawn: %s", letter.pk, type(error).__name__
        )
        put_off(letter, "draw", at=at)
        return True
    if message is None:
        give_up(letter, "moot", at=at)
        return True
    return hand_over(letter, message, line, clock=clock)


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


def message_of(letter: Letter, *, at: datetime) -> EmailMessage | None:
    """Return the letter as it goes out; None when it has nothing to tell any more.

    An account that may not sign in gets no mail, and nobody a code that has run out.
    """
    person = letter.person
    if person is not None and not person.is_active:
        return None
    if rules.has_run_out(letter.until_at, at=at):
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
        to=[address_of(letter)],
        headers=HEADERS | {"Message-ID": f"<{letter.uuid}@{site}>"},
    )


def address_of(letter: Letter) -> str:
    if letter.person is not None:
        return letter.person.email
    return letter.secrets.get("to") or letter.address


def hand_over(
    letter: Letter,
    message: EmailMessage,
    line: BaseEmailBackend,
    *,
    clock: Callable[[], datetime],
) -> bool:
    """Give a message to the mail server; return whether the connection held.

    What comes of it is written down as of when it came: a silent server takes its time.
    """
    try:
        line.open()
        line.send_messages([message])
    except (OSError, ValueError) as error:
        hang_up(line)
        answer = answer_of(error)
        note_failure(letter, answer, at=clock())
        return not answer.connection_lost
    # Whoever else has it in hand by now: it went.
    Letter.objects.waiting().filter(pk=letter.pk).update(
        sent_at=clock(), trouble="", sealed=""
    )
    return True


def hang_up(line: BaseEmailBackend) -> None:
    with suppress(OSError):  # the other side was quicker
        line.close()


def note_failure(letter: Letter, answer: Answer, *, at: datetime) -> None:
    if answer.for_good:
        as_seen(letter).update(
            bounced_at=at, given_up_at=at, trouble=answer.trouble, sealed=""
        )
    else:
        put_off(letter, answer.trouble, at=at)


def put_off(letter: Letter, trouble: str, *, at: datetime) -> None:
    """Have a letter tried again later, or give it up after the last try."""
    again = rules.next_try(
        tries=letter.tries, due_at=letter.due_at, at=at, until_at=letter.until_at
    )
    if again is None:
        give_up(letter, trouble, at=at)
        return
    if not letter.urgent:
        again = rules.not_before(again, zone=letter.zone)
    as_seen(letter).update(next_at=again, tried_at=at, trouble=trouble)


def give_up(letter: Letter, trouble: str, *, at: datetime) -> None:
    """Write down why a letter is not sent; its event gets no other one."""
    as_seen(letter).update(given_up_at=at, trouble=trouble, sealed="")
