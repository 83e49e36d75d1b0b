"""Which text of a case is live now, in every language in which it is."""

from typing import Any
from uuid import UUID

from courses.cases.document import document_of
from courses.cases.rules import faults
from courses.models import CasePage


def live_document(key: UUID) -> dict[str, Any] | None:
    """Return the case as it is published, or nothing when it cannot be walked."""
    pages = {
        page.locale.language_code: page
        for page in CasePage.objects.live()
        .filter(translation_key=key)
        .select_related("locale")
    }
    if not pages:
        return None
    document = document_of(pages)
    return None if faults(document) else document
