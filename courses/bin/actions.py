"""Putting pages into the bin, taking them out again, emptying it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.log_actions import log
from wagtail.models import Page

from courses.bin.rules import KEPT_FOR
from courses.models.bin import Binned, binned_above
from lms.people.models import User
from lms.refusals import Refused

PUT, TAKEN = "campus.bin", "campus.bin.restore"


@transaction.atomic
def put_away(pages: Iterable[Page], *, by: User | None, at: datetime) -> None:
    """Put pages with all below them into the bin: nobody reads them any more.

    What waits for its time or for a review waits no longer. To learners it is what
    deleting a page always was.
    """
    for page in _topmost(pages):
        below = list(page.get_descendants(inclusive=True).specific())
        live = {str(one.pk): one.live_revision_id for one in below if one.live}
        for one in below:
            if one.live:
                one.unpublish(user=by)
            one.revisions.update(approved_go_live_at=None)
            if state := one.current_workflow_state:
                state.cancel(user=by)
        Binned.objects.get_or_create(page=page, defaults={"at": at, "revisions": live})
        log(instance=page.specific, action=PUT, user=by)


def _topmost(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield what is in no bin yet, nor below another of the pages."""
    taken: list[str] = []
    for page in sorted(pages, key=lambda one: one.path):
        is_below = any(page.path.startswith(path) for path in taken)
        if not is_below and binned_above(page) is None:
            taken.append(page.path)
            yield page


@transaction.atomic
def restore(binned: Binned, *, by: User, with_above: bool = False) -> list[Page]:
    """Take a page out of the bin, with the languages that went in with it.

    What was live is live again, if its rules still allow it; the pages for which they
    do not are returned, and are drafts. Raises `Refused` while what it stands in is in
    the bin, unless that is to come back too.
    """
    above = binned_above(binned.page)
    if above != binned and above is not None:
        if not with_above:
            raise Refused("above-in-bin")
        drafts = restore(above, by=by)
        return drafts + restore(binned, by=by, with_above=True)
    together = Binned.objects.filter(
        page__translation_key=binned.page.translation_key, at=binned.at
    ).select_related("page__locale")
    drafts = []
    # No translation is public before its original.
    for one in sorted(together, key=_is_translated):
        if binned_above(one.page) == one:
            one.delete()
            log(instance=one.page.specific, action=TAKEN, user=by)
            drafts += _published(one.revisions, by=by)
    return drafts


def _is_translated(binned: Binned) -> bool:
    return binned.page.locale.language_code != settings.LANGUAGE_CODE


def _published(revisions: dict[str, int | None], *, by: User) -> list[Page]:
    """Publish again what was live; return the pages that have to stay drafts."""
    drafts = []
    for page in Page.objects.filter(pk__in=revisions).order_by("path").specific():
        if not page.permissions_for_user(by).can_publish():
            drafts.append(page)
            continue
        revision = page.revisions.filter(pk=revisions[str(page.pk)]).first()
        try:
            with transaction.atomic():
                revision = revision or page.save_revision(user=by)
                revision.publish(user=by)
        except ValidationError:
            drafts.append(page)
    return drafts


def empty(*, at: datetime) -> int:
    """Delete for good what was put away long enough ago; return how many pages.

    One that cannot be deleted keeps no other waiting: raises `ExceptionGroup` once all
    were tried.
    """
    over = Binned.objects.filter(at__lte=at - KEPT_FOR).order_by("page__path")
    done, failed = 0, []
    for key in list(over.values_list("page", flat=True)):
        page = Page.objects.filter(pk=key).first()
        if page is None:  # it went with what it stood in
            continue
        try:
            with transaction.atomic():
                DeletePageAction(page.specific, user=None).execute()
            done += 1
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("pages that could not be deleted", failed)
    return done
