"""What other packages want to know of people."""

from collections.abc import Callable

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_removed
from django.dispatch import Signal
from django.utils import timezone

# Somebody was signed out of every browser: sent with `person`.
signed_out = Signal()
# Somebody is to be seen by nobody from now on: sent with `person`.
shielded = Signal()
# What protects an account is another from now on: each is sent with `user`.
SECRET_CHANGED = [password_changed, password_reset, password_set, authenticator_removed]


def ends_with_the_secret[End: Callable](end: End) -> End:
    """Have `end(person, at=…)` called once an account may not have been safe.

    Everything that opens something without a sign-in registers here: it ends with the
    sessions, and with whatever protected the account.
    """

    def with_the_sessions(sender, person, **_more) -> None:
        end(person, at=timezone.now())

    def with_the_secret(sender, user, **_more) -> None:
        end(user, at=timezone.now())

    signed_out.connect(with_the_sessions, weak=False)
    for signal in SECRET_CHANGED:
        signal.connect(with_the_secret, weak=False)
    return end
