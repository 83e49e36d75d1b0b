"""Whose token does a program show?

Nobody's sight is asked: whoever has the secret is who the token says, while it stands.
"""

from datetime import date

from lms.tokens.models import Token
from lms.tokens.rules import digest_of


def token_of(secret: str, *, on: date) -> Token | None:
    """Return the token of that secret, if it opens anything that day."""
    standing = Token.objects.standing(on).with_mandate()
    return standing.filter(digest=digest_of(secret)).first()
