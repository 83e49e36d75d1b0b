"""What did an invitation say of whoever signs up by its link? It saves them typing.

Kept in the session, and only on the way that begins and ends at the invitation's page:
a sign-up that leads elsewhere may be that of the next person at the computer.
"""

from collections.abc import Mapping

from allauth.account.adapter import get_adapter
from django.utils import timezone

from lms.people.choices import Country, Language, Track
from lms.people.models import Institution, Invitation, Mandate
from lms.web.next import safe_next

KEY = "invited"
STASH = "account_verified_email"  # where allauth's adapter keeps it


def remember(request, invitation: Invitation, *, leads_to: str) -> None:
    """Let whoever holds the link sign up: that it arrived proves the address.

    Not where a mandate is offered to the address: it asks for more than a letter that
    somebody may have passed on, and a code is sent as to everybody.
    """
    address = invitation.address
    if not Mandate.objects.offered_to([address]).exists():
        get_adapter(request).stash_verified_email(request, address)
    request.session[KEY] = {
        "invitation": str(invitation.uuid),
        "address": address,
        "facts": dict(invitation.facts),
        "to": leads_to,
    }


def forget(request) -> None:
    request.session.pop(KEY, None)
    request.session.pop(STASH, None)


def said(request) -> dict[str, str] | None:
    """Return what the invitation said, None to whoever is not on its way.

    Nor once it was taken back, or ran out: the session would remember it for longer.
    """
    kept = request.session.get(KEY)
    if kept is None or safe_next(request) != kept["to"]:
        return None
    standing = Invitation.objects.open(timezone.now())
    if not standing.filter(uuid=kept.get("invitation")).exists():
        return None
    return kept["facts"] | {"address": kept["address"]}


def as_sign_up(facts: Mapping[str, str]) -> dict[str, str]:
    """Return how the sign-up begins: who they are."""
    found = {"email": facts["address"], "legal_name": facts.get("name", "")}
    if facts.get("language") in Language.values:
        found["language"] = facts["language"]
    return found


def as_post(facts: Mapping[str, str]) -> dict[str, object]:
    """Return where they work: nothing where no country of ours is named."""
    country, track = facts.get("country", ""), facts.get("track", "")
    if country not in Country.values:
        return {}
    listed = Institution.objects.in_country(country)
    institution = listed.filter(code=facts.get("institution", "")).first()
    return {
        "country": country,
        "institution": institution.pk if institution else "",
        "track": track if track in Track.values else "",
        "position": facts.get("position", ""),
    }
