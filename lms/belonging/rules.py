"""Which texts name one place, what tells an address, does a claim read as before?"""

import hashlib
import hmac
import json
from collections.abc import Sequence

from lms.folding import folded_text

DIGEST_DIGITS = 16


def text_key(typed: str) -> str:
    """Return what texts have in common that differ in case, accents or signs only."""
    return " ".join(folded_text(typed).split()) or typed.strip()


def domain_of(address: str | None) -> str:
    """Return what stands after the @ of an address: where the mail goes, not whose."""
    return (address or "").rpartition("@")[2]


def digest_of(words: Sequence[str], *, key: str) -> str:
    """Return a short word that is another one as soon as one of these words is.

    It takes the key of the site: who writes the words themselves could otherwise look
    for two that have one digest.
    """
    message = json.dumps(list(words)).encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()[:DIGEST_DIGITS]


def own_claims(claimants: list[int], *, by: int) -> list[str]:
    """Return why these people may not be answered by this one: none when they may."""
    return ["own-claim"] if by in claimants else []
