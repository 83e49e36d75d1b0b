"""Which of our letters did a mail system return, and for good?

It says so in a report (RFC 3464) to the address of MAIL_FROM. The Message-ID of ours
that it returns names the letter: nobody guesses one, and nothing else is believed.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from uuid import UUID

from lms.mail.models import Letter

MOST = 1_000_000  # bytes that are looked at: a report returns a short letter
OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>\s]+>")
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter that did not reach anybody, and why: a status as in RFC 3463, or ""."""

    letter: UUID
    status: str


def read_report(raw: bytes) -> Returned | None:
    """Return what a mail says of a letter of ours; None unless that it failed.

    `raw` may be anything: whoever knows the address can write to it.
    """
    report = message_from_bytes(raw[:MOST], policy=policy.compat32)
    if report.get_content_type() != "multipart/report" or not report.is_multipart():
        return None
    parts = {part.get_content_type(): part for part in report.get_payload()}
    failed = failure_of(parts.get("message/delivery-status"))
    ours = OURS.fullmatch(message_id_of(parts))
    if failed is None or ours is None:
        return None
    return Returned(UUID(ours[1]), failed)


def failure_of(part) -> str | None:
    """Return the status of a recipient whom the letter did not reach, if there is one.

    The first group of fields is about the message, each other one about a recipient.
    """
    if part is None or not part.is_multipart():
        return None
    for fields in part.get_payload()[1:]:
        action = str(fields.get("Action", "")).strip().lower()
        if action == "failed":
            status = STATUS.match(str(fields.get("Status", "")).strip())
            return status[0] if status else ""
    return None


def message_id_of(parts: dict) -> str:
    """Return the Message-ID of what was returned: the whole letter, or its headers."""
    if whole := parts.get("message/rfc822"):
        returned = whole.get_payload(0) if whole.is_multipart() else None
    elif headers := parts.get("text/rfc822-headers"):
        returned = message_from_bytes(
            headers.get_payload(decode=True) or b"", policy=policy.compat32
        )
    else:
        returned = None
    return str(returned.get("Message-ID", "")).strip() if returned is not None else ""


def take_back(returned: Returned, *, at: datetime) -> bool:
    """Write down that a letter came back; return whether one of ours was out."""
    came = Letter.objects.filter(
        uuid=returned.letter, bounced_at=None, tried_at__isnull=False
    )
    trouble = returned.status or "returned"
    # Handed over by a worker that died before it could say so: not a second time.
    stopped = came.waiting().update(
        bounced_at=at, given_up_at=at, trouble=trouble, sealed=""
    )
    return bool(stopped or came.update(bounced_at=at, trouble=trouble))
