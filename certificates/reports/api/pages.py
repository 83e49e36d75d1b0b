"""Which lines come next? A page begins behind the last line of the one before.

By when each line last changed, then by its number: what does not change meanwhile comes
once, whatever is made or drawn anew in between.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.core import signing
from django.db.models import Q

from certificates.models.report_lines import ReportLineQuerySet
from lms.api.problems import wrong_value

SALT = "cursor of the completion report"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The line behind which a page begins; signed, so that we alone write them."""

    changed_at: datetime
    pk: int

    def written(self) -> str:
        return signing.dumps([self.changed_at.isoformat(), self.pk], salt=SALT)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the cursor of an answer of ours."""
        try:
            moment, pk = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            message = "Send the word that stood in next."
            raise wrong_value("cursor", "invalid", message) from None
        return cls(datetime.fromisoformat(moment), pk)


def behind(lines: ReportLineQuerySet, cursor: Cursor) -> ReportLineQuerySet:
    """Keep the lines that come after that one."""
    at = cursor.changed_at
    return lines.filter(Q(changed_at__gt=at) | Q(changed_at=at, pk__gt=cursor.pk))
