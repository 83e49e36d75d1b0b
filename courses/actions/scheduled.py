"""Pages to which an editor gave a time: they appear at it, or end."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from wagtail.models import Page, Revision


def keep_to_schedule(*, at: datetime) -> int:
    """Take down the pages whose time is over, publish those due; return how many.

    One that fails keeps no other waiting: raises `ExceptionGroup` once all were tried.
    """
    done, failed = 0, []
    for change in due(at):
        try:
            with transaction.atomic():
                change()
            done += 1
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("pages that could not keep to their time", failed)
    return done


def due(at: datetime) -> Iterable[Callable[[], object]]:
    """Yield what is to be done by now, the oldest first."""
    ended = Page.objects.filter(live=True, expire_at__lte=at).order_by("expire_at")
    for page in list(ended.specific()):
        yield partial(
            page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"
        )
    begun = Revision.page_revisions.filter(approved_go_live_at__lte=at)
    for revision in list(begun.order_by("approved_go_live_at")):
        yield partial(revision.publish, log_action="wagtail.publish.scheduled")
