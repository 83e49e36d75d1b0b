"""The link by which a holder lets somebody see the name on their certificate."""

from datetime import timedelta

from django.core import signing

from certificates.models import Certificate

SALT = "certificates.sharing"
LASTS = timedelta(days=30)


def token_for(certificate: Certificate) -> str:
    """Return a signed token that shows this certificate's name for thirty days."""
    return signing.dumps(str(certificate.pk), salt=SALT)


def shows_name(token: str, certificate: Certificate) -> bool:
    """Return whether the token was made for this certificate and has not run out."""
    try:
        return signing.loads(token, salt=SALT, max_age=LASTS) == str(certificate.pk)
    except signing.BadSignature:
        return False
