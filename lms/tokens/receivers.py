"""What ends a person's tokens: whatever shows that their account was not safe."""

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_removed
from django.dispatch import receiver
from django.utils import timezone

from lms.people.models import User
from lms.people.signals import signed_out
from lms.tokens import actions


@receiver(signed_out)
def end_with_the_sessions(sender, person: User, **_more) -> None:
    actions.revoke_all(person, at=timezone.now())


@receiver([password_changed, password_reset, password_set, authenticator_removed])
def end_with_the_secret(sender, user: User, **_more) -> None:
    actions.revoke_all(user, at=timezone.now())
