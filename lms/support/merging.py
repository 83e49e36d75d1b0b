"""What a second administrator decides about two accounts, and how it reads."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.approvals.kinds import Summary
from lms.approvals.models import Approval
from lms.people import actions as people
from lms.people.models import Merger, User
from lms.refusals import Refused
from lms.support.accounts import addresses_of
from lms.support.mails import CHANGED, tell

SENTENCES = {
    "same-account": gettext_lazy("Both addresses are of this account."),
    "own-account": gettext_lazy(
        "One of the accounts is yours. Another administrator helps you."
    ),
    "account-erased": gettext_lazy("One of the accounts was erased."),
    "account-merged": gettext_lazy(
        "One of the accounts has become part of another already."
    ),
    "account-closed": gettext_lazy(
        "The account that stays is closed. Open it again first."
    ),
    "account-of-an-administrator": gettext_lazy(
        "One of the accounts is an administrator’s or an editor’s. It cannot become "
        "one with another."
    ),
}

FOR_GOOD = gettext_lazy(
    "The account that goes is closed for good; its addresses go along, and its "
    "mandates end. This cannot be undone."
)


def decides(viewer: User) -> bool:
    return viewer.is_superuser


def rows(subjects: list[UUID], viewer: User) -> dict[UUID, Merger]:
    """Return the mergers by their identifier, in one query."""
    found = Merger.objects.select_related("kept", "gone").filter(uuid__in=subjects)
    return {merger.uuid: merger for merger in found}


def summary(approval: Approval, viewer: User) -> Summary:
    """Return which two accounts, and what would move.

    Whoever asked and is no administrator any more reads only what it was about.
    """
    merger = approval.row
    what = _("Make one of two accounts")
    if not decides(viewer):
        return Summary(what=what, facts=[])
    return Summary(
        what=what,
        facts=[
            (_("Account that stays"), named(merger.kept)),
            (_("Account that goes"), named(merger.gone)),
            (_("What moves"), what_moves(merger)),
        ],
        people=[merger.kept_id, merger.gone_id],
        warning=str(FOR_GOOD),
    )


def named(person: User) -> str:
    return f"{person.legal_name} · {person.email}"


def what_moves(merger: Merger) -> str:
    if merger.done_at:
        return _("entries moved: %(number)d") % {"number": sum(merger.moved.values())}
    try:
        lines = people.merge_preview(merger.kept, merger.gone)
    except Refused as refused:
        return str(SENTENCES.get(refused.reasons[0], _("It is not possible any more.")))
    moving = [f"{line.label}: {line.rows}" for line in lines if line.rows]
    return "; ".join(moving) or _("nothing but the addresses")


def carry_out(approval: Approval, by: User, at: datetime) -> None:
    merger = Merger.objects.select_related("kept", "gone").get(uuid=approval.subject)
    if by.pk in {merger.kept_id, merger.gone_id}:
        raise Refused("own-account")
    told = dict.fromkeys([*addresses_of(merger.kept), *addresses_of(merger.gone)])
    people.merge(merger, by=by, at=at)
    tell.enqueue(str(merger.kept.uuid), CHANGED, list(told))


def turn_down(approval: Approval, by: User, at: datetime) -> None:
    """Both accounts stay as they are."""
