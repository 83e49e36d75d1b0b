"""What is decided about certificates: when one may be issued, and whether it stands."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from lms import crockford

CODE_LENGTH = 26  # × 5 bits = 130 bits: nobody guesses one
NAME_CHECKS_PER_HOUR = 5  # for one certificate
CHECKS_PER_MINUTE = 30  # from one address
MOST_OPEN_LINKS = 5  # that show the name of one certificate


class Standing(StrEnum):
    """What a certificate is worth on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"


def standing(
    *,
    valid_until: date | None,
    revoked: bool,
    suspended: bool,
    superseded: bool,
    on: date,
) -> Standing:
    """Return the standing; revocation outweighs all, the last valid day counts."""
    if revoked:
        return Standing.REVOKED
    if suspended:
        return Standing.SUSPENDED
    if superseded:
        return Standing.SUPERSEDED
    if valid_until is not None and on > valid_until:
        return Standing.EXPIRED
    return Standing.VALID


def refusals(
    *, completed_at: datetime | None, full: bool, holder_name: str
) -> list[str]:
    """Return why a certificate may not be issued, as stable words; empty if it may."""
    reasons = []
    if completed_at is None:
        reasons.append("course-not-completed")
    if not full:
        reasons.append("not-a-full-enrolment")
    if not holder_name.strip():
        reasons.append("name-missing")
    return reasons


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def new_code(choice: Callable[[str], str]) -> str:
    """Return a fresh code; `choice` picks one character (`secrets.choice`)."""
    return crockford.fresh(CODE_LENGTH, choice)


def code_read(typed: str) -> str | None:
    """Return the code that somebody typed, or None when it cannot be one."""
    return crockford.read(typed, length=CODE_LENGTH)


def code_printed(code: str) -> str:
    """Return the code in groups of four, as on paper."""
    return crockford.in_fours(code)


def file_name(code: str, *, language: str) -> str:
    """Return what a downloaded file is called; it says nothing about the holder."""
    word = {"es": "certificado"}.get(language, "certificate")
    return f"{word}-{code[:8]}.pdf"
