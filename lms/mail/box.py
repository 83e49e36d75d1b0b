"""The demo's mail: one file per message in a folder, readable at /demo/mail/.

As a mail system may, it keeps one of two messages with the same Message-ID: the first.
"""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from time import time_ns

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"[0-9a-f]{32}|\d{20}-[0-9a-f]{8}")  # the second of an older box
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it lies in the box."""

    name: str
    at: datetime
    to: str
    subject: str
    text: str


class MailboxBackend(BaseEmailBackend):
    """Writes each message under a name of its own, whole or not at all."""

    def send_messages(self, email_messages):
        for message in email_messages:
            whole = message.message()
            drop(whole.as_bytes(), message_id=str(whole["Message-ID"]))
        return len(email_messages)


def drop(message: bytes, *, message_id: str) -> str:
    """Put a message in the box and return its name; processes do not meet.

    Its name is that of its Message-ID, its time that of the file.
    """
    box = Path(settings.MAILBOX_DIR)
    box.mkdir(parents=True, exist_ok=True)
    name = sha256(message_id.encode()).hexdigest()[:32]
    unfinished = box / f"{name}.{token_hex(4)}.part"
    unfinished.write_bytes(message)
    now = time_ns()  # the file system's own clock ticks too slowly to sort by
    os.utime(unfinished, ns=(now, now))
    with suppress(FileExistsError):
        os.link(unfinished, box / f"{name}.eml")
    unfinished.unlink()
    return name


def letters() -> list[Letter]:
    """Return the newest messages, the newest first."""
    files = Path(settings.MAILBOX_DIR).glob("*.eml")
    newest = sorted(files, key=came_at, reverse=True)
    return [read(file) for file in newest[:SHOWN]]


def came_at(file: Path) -> int:
    """Return when a message came, in nanoseconds since 1970."""
    return file.stat().st_mtime_ns


def letter(name: str) -> Letter | None:
    """Return the message of that name, if it is in the box."""
    file = Path(settings.MAILBOX_DIR) / f"{name}.eml"
    return read(file) if NAME.fullmatch(name) and file.is_file() else None


def read(file: Path) -> Letter:
    """Return what a file of the box says."""
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(preferencelist=("plain",))
    return Letter(
        name=file.stem,
        at=datetime.fromtimestamp(came_at(file) / 1e9, tz=UTC),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
    )
