"""What ends a person's tokens: whatever shows that their account was not safe."""

from django.dispatch import receiver
from django.utils import timezone

from lms.people.models import User
from lms.people.signals import SECRET_CHANGED, signed_out
from lms.tokens import actions


@receiver(signed_out)
def end_with_the_sessions(sender, person: User, **_more) -> None:
    actions.revoke_all(person, at=timezone.now())


@receiver(SECRET_CHANGED)
def end_with_the_secret(sender, user: User, **_more) -> None:
    actions.revoke_all(user, at=timezone.now())
