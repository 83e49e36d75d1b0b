"""Which certificate is this? For whoever has its code or its file in hand.

Nobody's sight is asked: the code cannot be guessed, and what is shown of the row is
what the paper says, without the name.
"""

from hashlib import sha256

from certificates import rules
from certificates.models import Certificate


def of_code(typed: str) -> Certificate | None:
    """Return the certificate whose code was typed, however it was typed."""
    code = rules.code_read(typed)
    if code is None:
        return None
    return Certificate.objects.with_successor().filter(code=code).first()


def of_file(content: bytes) -> Certificate | None:
    """Return the certificate that was issued as exactly this file."""
    digest = sha256(content).hexdigest()
    return Certificate.objects.with_successor().filter(sha256=digest).first()
