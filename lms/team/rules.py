"""How long do rooms and invitations last, and what is a token worth?"""

import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

MINUTES = (10, 20, 30, 60)
INVITATIONS_LAST = timedelta(days=7)


def invitation_token(invitation: UUID, *, key: str) -> str:
    """Return the secret word of an invitation's link (HMAC-SHA-256, hex).

    Drawn anew from the site's key whenever a letter is written, it is stored nowhere.
    """
    message = b"invitation\n" + invitation.bytes
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """Return what is stored of a token (SHA-256, hex)."""
    return hashlib.sha256(token.encode()).hexdigest()
