"""What do the letters about cohorts say when they go out, and do they still?"""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from lms.mail.actions import from_here
from lms.mail.models import Letter
from lms.people.choices import Language
from lms.people.models import Cohort, Invitation
from lms.team.joining import invitation_of
from lms.team.rules import invitation_token


def invitation(letter: Letter) -> dict[str, object] | None:
    """Return the link and its last day, in both languages; None once it is over.

    None as well when who invited may train there no more. The same whoever reads it:
    whether the address has an account is not asked.
    """
    token = invitation_token(UUID(letter.facts["invitation"]), key=settings.SECRET_KEY)
    found = invitation_of(token, at=timezone.now())
    if found is None or not _still_trains(found):
        return None
    facts: dict[str, object] = {}
    for language in Language.values:
        with override(language):
            facts[f"url_{language}"] = from_here(reverse("join", args=[token]))
            facts[f"until_{language}"] = date_format(found.until_on, "DATE_FORMAT")
    return facts


def _still_trains(invitation: Invitation) -> bool:
    seen = Cohort.objects.visible_to(invitation.invited_by)
    return seen.filter(pk=invitation.cohort_id).exists()
