"""Which certificate is this? For whoever has its code or its file in hand.

Nobody's sight is asked: the code cannot be guessed, and what is shown of the row is
what the paper says, without the name.
"""

from hashlib import sha256

from certificates import rules
from certificates.models import Certificate, CertificateQuerySet


def of_code(typed: str) -> Certificate | None:
    """Return the certificate whose code was typed, however it was typed."""
    code = rules.code_read(typed)
    if code is None:
        return None
    return _the_one(Certificate.objects.filter(code=code))


def of_file(content: bytes) -> Certificate | None:
    """Return the certificate that was issued as exactly this file."""
    digest = sha256(content).hexdigest()
    return _the_one(Certificate.objects.filter(sha256=digest))


def _the_one(found: CertificateQuerySet) -> Certificate | None:
    """Return the only one; without an order, which would cost as much as the rest."""
    return next(iter(found.with_successor()), None)
