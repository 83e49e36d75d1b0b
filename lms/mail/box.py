"""The demo's mail: one file per message in a folder, readable at /demo/mail/."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from secrets import token_hex
from time import time_ns

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"\d{20}-[0-9a-f]{8}")
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
            drop(message.message().as_bytes())
        return len(email_messages)


def drop(message: bytes) -> str:
    """Put a message in the box and return its name; processes do not meet."""
    box = Path(settings.MAILBOX_DIR)
    box.mkdir(parents=True, exist_ok=True)
    name = f"{time_ns():020d}-{token_hex(4)}"
    unfinished = box / f"{name}.part"
    unfinished.write_bytes(message)
    unfinished.replace(box / f"{name}.eml")
    return name


def letters() -> list[Letter]:
    """Return the newest messages, the newest first."""
    files = sorted(Path(settings.MAILBOX_DIR).glob("*.eml"), reverse=True)
    return [read(file) for file in files[:SHOWN]]


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
        at=datetime.fromtimestamp(int(file.stem.split("-")[0]) / 1e9, tz=UTC),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
    )
