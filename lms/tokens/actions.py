"""Making a token for programs, revoking it, and noting that it was used."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people.models import Mandate, User
from lms.refusals import Refused
from lms.tokens import rules
from lms.tokens.mails import mail_token
from lms.tokens.models import Token

MADE = gettext_noop("token for programs made")
REVOKED = gettext_noop("token for programs revoked")
FIELDS = [gettext_noop("role"), gettext_noop("place")]


@transaction.atomic
def make(
    mandate: Mandate, *, by: User, name: str, until_on: date, at: datetime
) -> tuple[Token, str]:
    """Make a token of one's own mandate; return it, and its secret for the only time.

    Two requests of one person wait for each other, so that no name is given twice.
    """
    on = timezone.localdate(at)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    living = Token.objects.filter(mandate=mandate).unrevoked()
    reasons = rules.refusals(
        stands=Mandate.objects.own(by).standing(on).contains(mandate),
        until_on=until_on,
        on=on,
        mandate_until=mandate.until_on,
        others=living.filter(until_on__gte=on).count(),
    )
    if living.filter(name=name).exists():
        reasons.append("name-is-taken")
    if reasons:
        raise Refused(*reasons)
    secret = rules.new_token(secrets.choice)
    token = Token.objects.create(
        mandate=mandate,
        name=name,
        prefix=rules.prefix_of(secret),
        digest=rules.digest_of(secret),
        made_at=at,
        until_on=until_on,
    )
    _write_down(MADE, by=by, at=at)
    mail_token.enqueue(str(token.uuid))
    return token, secret


@transaction.atomic
def revoke(token: Token, *, by: User, at: datetime) -> None:
    """End a token of one's own now; ending it again changes nothing."""
    open_ones = Token.objects.own(by).unrevoked()
    if open_ones.filter(pk=token.pk).update(revoked_at=at):
        _write_down(REVOKED, by=by, at=at)


@transaction.atomic
def revoke_all(person: User, *, at: datetime) -> None:
    """End every token of the person's mandates."""
    if Token.objects.own(person).unrevoked().update(revoked_at=at):
        _write_down(REVOKED, by=person, at=at)


def note_use(token: Token, *, on: date) -> None:
    """Write down the day on which a token was last used; once a day."""
    if token.last_used_on != on:
        Token.objects.filter(pk=token.pk).update(last_used_on=on)


def _write_down(purpose: str, *, by: User, at: datetime) -> None:
    record_event(
        Event.Kind.CHANGE,
        actor=by,
        purpose=purpose,
        subjects=[by],
        fields=FIELDS,
        at=at,
    )
