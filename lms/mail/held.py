"""Is this database a copy? Then it sends no mail until somebody lets it go.

Database and STATE_DIR know each other by an identity that both keep, and STATE_DIR
keeps the address of its database as well. `restore` says that it made a copy; one that
was made by hand is found out because they do not fit together.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.mail.models import ONE, Installation, Letter
from lms.queue.actions import drop_waiting, let_waiting
from lms.queue.exceptions import Waits

HELD = "held"  # why a letter was given up: it was sent where the copy was made


@dataclass(frozen=True, slots=True)
class Released:
    """How many letters go out, and how many were dropped."""

    waiting: int
    discarded: int


def mail_held(at: datetime) -> str | None:
    """Return a sentence that says why no mail goes out; None: it does."""
    row = Installation.objects.first()
    if row is None or (row.held_since is None and is_here(row.identity)):
        return None
    if row.held_since is None:
        return _(
            "No mail goes out: this database is a copy, or its files are not where "
            "they were."
        )
    return _("No mail goes out: this is a copy, found out %(long)s ago.") % {
        "long": timesince(row.held_since, at)
    }


def refuse_while_held(at: datetime) -> None:
    """Raise `Waits` for what is mailed at once: a task is done when mail is let go."""
    if reason := mail_held(at):
        raise Waits(reason)


def settle(*, at: datetime) -> None:
    """Let database and folder know each other, once; note when they do not."""
    row = Installation.objects.first() or introduce()
    if not is_here(row.identity):
        Installation.objects.filter(held_since=None).update(held_since=at)


@transaction.atomic
def introduce() -> Installation:
    """Give an installation its identity; others see the row once the file is there."""
    row, made = Installation.objects.get_or_create(
        pk=ONE, defaults={"identity": uuid4()}
    )
    if made:
        write(row.identity)
    return row


def hold(*, at: datetime) -> None:
    """Hold the mail of a database that was just restored."""
    Installation.objects.get_or_create(pk=ONE, defaults={"identity": uuid4()})
    Installation.objects.update(held_since=at)


@transaction.atomic
def release(*, discard: bool, at: datetime) -> Released:
    """Let mail go; the copy is an installation of its own from now on.

    With `discard`, what was written before it was held is not sent. The days in which a
    letter is tried begin anew.
    """
    row = Installation.objects.get()
    discarded = drop(before=row.held_since or at, at=at) if discard else 0
    Letter.objects.waiting().filter(due_at__lt=at).update(due_at=at)
    let_waiting()
    identity = uuid4()
    Installation.objects.filter(pk=row.pk).update(identity=identity, held_since=None)
    record_event(
        Event.Kind.CHANGE, actor=None, purpose="mail released", subjects=[], at=at
    )
    write(identity)
    return Released(waiting=waiting(), discarded=discarded)


def drop(*, before: datetime, at: datetime) -> int:
    """Give up what was written, or asked of a task, before that; return the letters."""
    drop_waiting(before=before)
    letters = Letter.objects.waiting().filter(asked_at__lt=before)
    return letters.update(given_up_at=at, trouble=HELD)


def waiting() -> int:
    return Letter.objects.waiting().count()


def is_here(identity: UUID) -> bool:
    """Whether the folder knows a database of that identity, at the address of this."""
    return file().exists() and file().read_text() == words(identity)


def words(identity: UUID) -> str:
    return f"{identity}\n{place()}\n"


def place() -> str:
    """Return where the database is; a copied folder leads to another one."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(Path(own["NAME"]).absolute())
    return f"{own['HOST']}:{own['PORT']}/{own['NAME']}"


def write(identity: UUID) -> None:
    """Write the file, whole or not at all."""
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{token_hex(4)}")
    made.write_text(words(identity))
    made.replace(path)


def file() -> Path:
    return Path(settings.STATE_DIR) / "installation"
