"""The link by which a holder lets somebody see the name on their certificate."""

from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

from certificates.models import Certificate

LASTS = timedelta(days=30)


def token_for(certificate: Certificate, *, at: datetime) -> str:
    """Return a signed token that shows this certificate's name for thirty days."""
    until = at + LASTS
    return _signer(certificate).sign(str(int(until.timestamp())))


def shows_name_until(
    token: str, certificate: Certificate, *, at: datetime
) -> datetime | None:
    """Return until when; None for a forged, an old and another certificate's token.

    An erased holder's name is shown to nobody, whatever links they made before.
    """
    if certificate.erased_at is not None:
        return None
    try:
        until = int(_signer(certificate).unsign(token))
    except BadSignature:
        return None
    return datetime.fromtimestamp(until, UTC) if at.timestamp() <= until else None


def _signer(certificate: Certificate) -> Signer:
    return Signer(salt=f"certificates.sharing:{certificate.pk}")
