"""What do duty posts keep about a person, and what becomes of it?"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from certificates.models import PostHolder
from lms.people.records import Merging, register

DONE_TO_OTHERS = _("It is somebody else’s record; that you did it is in the log.")

register(
    "certificates.PostHolder",
    "person",
    _("Duty posts that you hold or held"),
    export={
        "post__name": _("duty post"),
        "post__institution__name_{language}": _("institution"),
        "from_on": _("from"),
        "until_on": _("until"),
    },
    merge="certificates.coverage.records.move_holdings",
    erase="delete",
    note=_("If both hold a post, one of the two times ends."),
)
for model, column, words in (
    ("certificates.PostHolder", "named_by", _("People whom you named for a post")),
    ("certificates.DutyPost", "loaded_by", _("Duty posts that you loaded")),
    ("certificates.PostRoster", "by", _("Rosters of duty posts that you gave")),
):
    register(model, column, words, export=DONE_TO_OTHERS, merge="keep", erase="keep")


def move_holdings(merging: Merging) -> int:
    """Move the times in posts; of two that go on in one post, the other's ends."""
    rows = PostHolder.objects.filter(person=merging.gone)
    ours = PostHolder.objects.not_over().filter(person=merging.kept)
    end = timezone.localdate(merging.at) - timedelta(days=1)
    for row in rows.not_over().filter(post__in=ours.values("post")):
        row.until_on = max(row.from_on, end)
        row.save(update_fields=["until_on"])
    return rows.update(person=merging.kept)
