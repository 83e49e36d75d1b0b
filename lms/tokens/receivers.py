"""What ends a person's tokens: whatever shows that their account was not safe."""

from lms.people.signals import ends_with_the_secret
from lms.tokens.actions import revoke_all

ends_with_the_secret(revoke_all)
