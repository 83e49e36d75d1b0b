"""What is wrong with the machine? Administrators are told, once a day for each kind."""

import logging
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lms.mail.actions import from_here
from lms.mail.drawing import Facts
from lms.mail.models import Letter
from lms.mail.outbox import letter_to, post
from lms.people.models import User
from lms.web.models import Tries

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
CLOCK_LEFT = "clock-left"
CLOCK_CAME_BACK = "clock-came-back"
CERTIFICATE_MISSING = "certificate-missing"
DOCUMENT_MISSING = "document-missing"
REPORT_MISSING = "report-missing"
PICTURE_MISSING = "picture-missing"
AUDIT_CHANGED = "audit-changed"
SENTENCES = {
    CLOCK_LEFT: _(
        "The clock of the machine and the time that the database knows are a day or "
        "more apart. Nothing is deleted by the clock until they agree. Set the clock. "
        "If it is right and the machine was off: manage.py beat --once "
        "--clock-is-right"
    ),
    CLOCK_CAME_BACK: _(
        "The clock of the machine was set back: before, it was ahead. Work that waited "
        "for a time too far ahead goes on. What was written meanwhile bears wrong "
        "times."
    ),
    CERTIFICATE_MISSING: _(
        "The file of a certificate is not where the database says. Bring the folder of "
        "private files back from its backup."
    ),
    DOCUMENT_MISSING: _(
        "The file of a document is not where the database says. Bring the folder of "
        "private files back from its backup."
    ),
    REPORT_MISSING: _(
        "The file of a report is not where the database says. Look whether all "
        "machines share one folder of private files."
    ),
    PICTURE_MISSING: _(
        "The file of a picture is not where the database says. Bring the public folder "
        "back from its backup."
    ),
    AUDIT_CHANGED: _(
        "The audit log is not as it was sealed: somebody changed the database past "
        "Campus. Keep the machine as it is and copy the database; manage.py "
        "audit_check says what was changed."
    ),
}


@transaction.atomic
def tell(kind: str, *, at: datetime) -> bool:
    """Write it into the log and to every administrator; return whether it was new.

    `kind` is one of `SENTENCES`. The same one again on the same day tells nobody twice.
    """
    if not Tries.objects.take(f"trouble:{kind}", limit=1, per=DAY, at=at):
        return False
    logger.error("Trouble: %s", kind)
    day = at.astimezone(UTC).strftime("%Y-%m-%d")
    post(
        letter_to(
            administrator,
            event=f"trouble:{kind}:{day}:{administrator.uuid}",
            template="trouble",
            facts={"kind": kind},
            at=at,
        )
        for administrator in User.objects.open().filter(is_superuser=True)
    )
    return True


def trouble(letter: Letter) -> Facts:
    """Return what is wrong, and where: the address of this site."""
    return {"why": SENTENCES[letter.facts["kind"]], "url": from_here("/")}
