"""May this session see recovery codes? Whoever made them may, once, and then no more.

allauth shows them whenever somebody asks. Paper is where they belong: what a screen
shows again is also shown to whoever sits down at it later.
"""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_reset
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver

MADE = "recovery_codes_made"  # in a session: which were made and not yet shown
SHOWN = "recovery_codes_shown"  # and which were shown, and when
TIME_TO_DOWNLOAD = timedelta(minutes=10)


@receiver([authenticator_added, authenticator_reset])
def mark(sender, request, authenticator, **_more) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        request.session[MADE] = authenticator.pk


def show_once(session: SessionBase, codes: int, *, at: datetime) -> bool:
    """Whether the codes of that id may be shown now; the next answer is no."""
    if session.get(MADE) != codes:
        return False
    del session[MADE]
    session[SHOWN] = [codes, at.timestamp()]
    return True


def may_be_downloaded(session: SessionBase, codes: int, *, at: datetime) -> bool:
    """Whether those codes were shown in this session a moment ago."""
    shown, when = session.get(SHOWN, (None, 0))
    return shown == codes and at.timestamp() - when < TIME_TO_DOWNLOAD.total_seconds()
