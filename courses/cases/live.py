"""Which text of a case begins today, in every language in which it is live."""

from typing import Any
from uuid import UUID

from courses.cases.document import document_of
from courses.cases.faults import faults
from courses.models import CasePage, CaseVersion
from courses.reach import reached


def live_document(key: UUID) -> dict[str, Any] | None:
    """Return the case as it is published, or nothing when it cannot be walked.

    While one language is ahead of another, and so a text would be missing on the way,
    the newest text that somebody walked before goes on.
    """
    pages = {
        page.locale.language_code: page
        for page in reached(
            CasePage.objects.filter(translation_key=key)
        ).select_related("locale")
    }
    if not pages:
        return None
    document = document_of(pages)
    if not faults(document):
        return document
    before = CaseVersion.objects.filter(activity=key).order_by("made_at", "pk").last()
    return before.document if before else None
