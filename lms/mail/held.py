"""Is this database a copy? Then it sends no mail until somebody lets it go.

Database and STATE_DIR know each other by an identity that both keep, and STATE_DIR
keeps the address of its database as well. `restore` says that it made a copy; one that
was made by hand is found out because they do not fit together.
"""

from datetime import datetime
from pathlib import Path
from secrets import token_hex
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, QuerySet
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from lms.mail.models import ONE, Installation, Letter


def mail_held(at: datetime) -> str | None:
    """Return a sentence that says why no mail goes out; None: it does."""
    row = copies().first()
    if row is None:
        return None
    if row.held_since is None:
        return _(
            "No mail goes out: this database is a copy, or its files are not where "
            "they were."
        )
    return _("No mail goes out: this is a copy, found out %(long)s ago.") % {
        "long": timesince(row.held_since, at)
    }


def copies() -> QuerySet[Installation]:
    """Return the row of the installation if its mail is held, else none."""
    return Installation.objects.exclude(identity=known_here(), held_since=None)


def unless_held(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Return the letters that may go out: those of a copy may not."""
    return letters.filter(~Exists(copies()))


def settle(*, at: datetime) -> None:
    """Let database and folder know each other, once; note when they do not."""
    if not Installation.objects.exists():
        introduce()
    copies().filter(held_since=None).update(held_since=at)


@transaction.atomic
def introduce() -> None:
    """Give an installation its identity; others see the row once the file is there."""
    row, made = Installation.objects.get_or_create(
        pk=ONE, defaults={"identity": uuid4()}
    )
    if made:
        write(row.identity)


def hold(*, at: datetime) -> None:
    """Hold the mail of a database that was just restored."""
    Installation.objects.get_or_create(pk=ONE, defaults={"identity": uuid4()})
    Installation.objects.update(held_since=at)


def known_here() -> UUID | None:
    """Return the identity that the folder keeps, if of a database at this address."""
    if not file().exists():
        return None
    identity, _line, where = file().read_text().partition("\n")
    return UUID(identity) if where == place() else None


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
    made.write_text(f"{identity}\n{place()}")
    made.replace(path)


def file() -> Path:
    return Path(settings.STATE_DIR) / "installation"
