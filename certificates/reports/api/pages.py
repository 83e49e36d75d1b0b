"""Which lines come next? A page begins behind the last line of the one before.

By when each line last changed, then by its number: what does not change meanwhile comes
once, whatever is made or drawn anew in between.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import Any, Self

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext as _

from certificates.models.report_lines import ReportLineQuerySet
from lms.api.problems import wrong_value

SALT = "cursor of the completion report"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The line behind which a page of one question begins.

    Signed, so that we alone write them: how many people a question names is asked at
    its first page, and another question has none of its pages.
    """

    changed_at: datetime
    pk: int
    question: str

    def written(self) -> str:
        facts = [self.changed_at.isoformat(), self.pk, self.question]
        return signing.dumps(facts, salt=SALT)

    @classmethod
    def read(cls, text: str, *, question: str) -> Self:
        """Return the cursor of an answer of ours to the same question."""
        try:
            moment, pk, asked = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            message = _("Send the word that stood in next.")
            raise wrong_value("cursor", "invalid", message) from None
        if asked != question:
            message = _("Send the filters of the first page again.")
            raise wrong_value("cursor", "other-question", message)
        return cls(datetime.fromisoformat(moment), pk, asked)


def digest_of(question: Mapping[str, Any]) -> str:
    """Return by what a question is known again."""
    text = dumps(question, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:16]


def behind(lines: ReportLineQuerySet, cursor: Cursor) -> ReportLineQuerySet:
    """Keep the lines that come after that one."""
    at = cursor.changed_at
    return lines.filter(Q(changed_at__gt=at) | Q(changed_at=at, pk__gt=cursor.pk))
