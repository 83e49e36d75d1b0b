"""Two accounts of one person become one, and nothing is lost."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lms.audit.actions import record_event
from lms.audit.models import Event
from lms.people import rules
from lms.people.models import Merger, User
from lms.people.records import Merging, end_what_stands, move_records, to_be_moved
from lms.people.signals import shielded
from lms.refusals import Refused

MERGED = gettext_noop("accounts merged")


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One kind of row that would move: what, how many, and what to know about it."""

    label: str
    rows: int
    note: str


def merge_preview(kept: User, gone: User) -> list[MergeLine]:
    """Return what of `gone` would move to `kept`, in the active language.

    Raises `Refused`.
    """
    _check(kept, gone)
    return [
        MergeLine(_(record.what), rows, _(record.note) if record.note else "")
        for record, rows in to_be_moved(gone)
    ]


@transaction.atomic
def merge(merger: Merger, *, by: User, at: datetime) -> None:
    """Move everything of the one account to the other, and close it, once.

    Its mandates end before: a power is granted to an account, it does not move.
    Raises `Refused`, having changed nothing.
    """
    won = Merger.objects.filter(pk=merger.pk, done_at=None).update(done_at=at)
    if not won:
        merger.refresh_from_db()
        return
    kept = User.objects.get(pk=merger.kept_id)
    gone = User.objects.get(pk=merger.gone_id)
    _check(kept, gone)
    end_what_stands(gone, by=by, reason=MERGED, at=at)
    moved = move_records(Merging(kept, gone, by, at))
    _take_over(kept, gone)
    _shut(gone, into=kept, at=at)
    Merger.objects.filter(pk=merger.pk).update(moved=moved)
    record_event(
        Event.Kind.CHANGE, actor=by, purpose=MERGED, subjects=[kept, gone], at=at
    )
    merger.refresh_from_db()


def why_not_merge(*, kept: User | None = None, gone: User | None = None) -> list[str]:
    """Return why two accounts cannot become one, or one of them with any other."""
    known = [person for person in (kept, gone) if person]
    return rules.merging_refusals(
        same=len({person.pk for person in known}) < len(known),
        erased=any(person.erased_at for person in known),
        merged=any(person.merged_into_id for person in known),
        closed=kept is not None and not kept.is_active,
        administrator=any(person.is_superuser or person.is_staff for person in known),
    )


def _check(kept: User, gone: User) -> None:
    if reasons := why_not_merge(kept=kept, gone=gone):
        raise Refused(*reasons)


def _take_over(kept: User, gone: User) -> None:
    """Fill in what the account lacks; whoever was shielded in one stays shielded.

    That it held a mandate once goes along, no mandate that stands. What the other one
    brought is behind the shield as well: whoever listens is told.
    """
    kept.shielded = kept.shielded or gone.shielded
    kept.holds_mandate = kept.holds_mandate or gone.holds_mandate
    kept.country = kept.country or gone.country
    kept.track = kept.track or gone.track
    kept.save(update_fields=["shielded", "holds_mandate", "country", "track"])
    if kept.shielded:
        shielded.send(sender=User, person=kept)


def _shut(gone: User, *, into: User, at: datetime) -> None:
    User.objects.filter(pk=gone.pk).update(
        email=rules.address_of_nobody("merged", gone.uuid),
        password=make_password(None),
        is_active=False,
        closed_at=gone.closed_at or at,
        warned_at=None,
        merged_into=into,
    )
