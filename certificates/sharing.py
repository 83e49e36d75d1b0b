"""The links by which a holder lets somebody see the name on their certificate."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from certificates import rules
from certificates.actions import note_look, note_share
from certificates.limits import is_another_use
from certificates.models import Certificate, ShareLink, ShareLinkQuerySet, ShareUse
from lms.people.models import User
from lms.refusals import Refused
from lms.tokens.rules import digest_of

LASTS = timedelta(days=7)
KEPT = timedelta(days=90)  # after it is over
LISTED = 10
TOKEN_BYTES = 16  # nobody guesses one
SHOW = "#show="  # stands before the token in the address, where no log reads it


@transaction.atomic
def make_link(certificate: Certificate, *, by: User, at: datetime) -> str:
    """Return the token of a new link, which shows the name for seven days.

    The token is told this once: only its digest is kept. Raises `Refused`.
    """
    links = ShareLink.objects.filter(certificate=certificate)
    if links.open(at).count() >= rules.MOST_OPEN_LINKS:
        raise Refused("too-many-links")
    token = secrets.token_hex(TOKEN_BYTES)
    links.create(
        certificate=certificate,
        digest=digest_of(token),
        made_at=at,
        until_at=at + LASTS,
    )
    note_share(certificate, by=by, at=at)
    return token


def withdraw_link(link: ShareLink, *, at: datetime) -> None:
    """Let the link show nothing any more; what was used of it stays listed."""
    ShareLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=at)


def withdraw_links_of(holder: User, *, at: datetime) -> None:
    """Let no link to a certificate of theirs show anything more."""
    open_ones = ShareLink.objects.filter(certificate__holder=holder).open(at)
    open_ones.update(withdrawn_at=at)


@transaction.atomic
def use_link(
    certificate: Certificate, *, token: str, visitor: str, at: datetime
) -> bool:
    """Return whether the token shows this certificate's name; a use is written down.

    `visitor` is the hash of whoever came (`limits.visitor_of`): in an hour they use
    the link once, however often they load the page.
    """
    link = open_link(certificate, token=token, at=at)
    if link is None:
        return False
    if is_another_use(link.pk, visitor=visitor, at=at):
        ShareUse.objects.create(link=link, at=at)
        purpose = gettext_noop("shared certificate")
        note_look(certificate, viewer=None, purpose=purpose, at=at)
    return True


def open_link(
    certificate: Certificate, *, token: str, at: datetime
) -> ShareLink | None:
    """Return the link of that token; None for one that is over, forged or another's."""
    links = ShareLink.objects.filter(certificate=certificate).open(at)
    return links.filter(digest=digest_of(token)).first()


def links_of(certificate: Certificate, *, at: datetime) -> list[ShareLink]:
    """Return its last links with their uses; each knows whether it `is_open`."""
    links: ShareLinkQuerySet = ShareLink.objects.filter(certificate=certificate)
    still_open = set(links.open(at).values_list("pk", flat=True))
    found = list(links.with_uses().order_by("-made_at", "-pk")[:LISTED])
    for link in found:
        link.is_open = link.pk in still_open
    return found


def forget_links(*, at: datetime) -> int:
    """Delete links, and what was used of them, that ended long ago; return how many."""
    _all, each = ShareLink.objects.filter(until_at__lt=at - KEPT).delete()
    return each.get(ShareLink._meta.label, 0)
