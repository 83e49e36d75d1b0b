"""What editors do at random, by the ways that their browsers know.

An action takes the walk, does one thing, and keeps nothing. Whether it was allowed is
no matter of this module: what holds after each is asked elsewhere.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from courses.actions import keep_to_schedule
from courses.bin.actions import empty
from courses.bin.rules import gone_at
from courses.models import (
    Binned,
    CoursePage,
)
from courses.walk_forms import form_of
from courses.walker import SHARE, Walk, new_pages

HOUR = timedelta(hours=1)


def create(walk: Walk) -> None:
    """Add a page of any kind anywhere."""
    parent = walk.place()
    page = walk.one(new_pages(walk))
    form = form_of(page) | walk.perhaps(**{"action-publish": "action-publish"})
    names = page._meta.app_label, page._meta.model_name
    if walk.has_room():
        walk.send("wagtailadmin_pages:add", *names, parent.pk, **form)


def edit(walk: Walk) -> None:
    """Change a page, as a draft, to be published, or to be reviewed."""
    page = walk.page()
    if page is None:
        return
    draft = page.get_latest_revision_as_object()
    if hasattr(draft, "summary"):
        draft.summary = walk.one(["Otro", "Resumen", "Más"])
    if isinstance(draft, CoursePage):
        draft.code = walk.one([draft.code, draft.code, "C1", "C2"])
    ways = ({}, {"action-publish": "1"}, {"action-submit": "1"})
    walk.send("wagtailadmin_pages:edit", page.pk, **form_of(draft), **walk.one(ways))


def schedule(walk: Walk) -> None:
    """Give a page the time at which it appears, or ends."""
    page = walk.page()
    if page is None:
        return
    draft = page.get_latest_revision_as_object()
    soon = timezone.now() + HOUR
    setattr(draft, walk.one(["go_live_at", "expire_at"]), soon)
    form = form_of(draft) | {"action-publish": "1"}
    walk.send("wagtailadmin_pages:edit", page.pk, **form)


def time_passes(walk: Walk) -> None:
    """Let the times come; the clock is not moved, they are."""
    past = timezone.now() - HOUR
    waiting = Revision.page_revisions.exclude(approved_go_live_at=None)
    for revision in waiting:
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save(update_fields=["content", "approved_go_live_at"])
    Page.objects.filter(expire_at__gt=past).update(expire_at=past)
    try:
        keep_to_schedule(at=timezone.now())
    except ExceptionGroup as group:
        _, faults = group.split(ValidationError)
        if faults:
            raise faults from group


def unschedule(walk: Walk) -> None:
    waiting = Revision.page_revisions.exclude(approved_go_live_at=None)
    if revision := walk.one(list(waiting.order_by("pk"))):
        name = "wagtailadmin_pages:revisions_unschedule"
        walk.send(name, revision.object_id, revision.pk)


def revert(walk: Walk) -> None:
    """Save what stands in an earlier revision, or publish it."""
    page = walk.page()
    revision = page and walk.one(list(page.revisions.order_by("pk")))
    if revision:
        form = form_of(revision.as_object()) | {"revision": revision.pk}
        form |= walk.perhaps(**{"action-publish": "1"})
        walk.send("wagtailadmin_pages:edit", page.pk, **form)


def copy(walk: Walk) -> None:
    page = walk.page()
    if page is None or not walk.has_room():
        return
    form = {
        "new_title": "Copia",
        "new_slug": uuid4().hex[:8],
        "new_parent_page": walk.one([page.get_parent(), walk.place()]).pk,
    } | walk.perhaps(copy_subpages="on", publish_copies="on", alias="on")
    walk.send("wagtailadmin_pages:copy", page.pk, **form)


def move(walk: Walk) -> None:
    page, to = walk.page(), walk.place()
    if page:
        walk.send("wagtailadmin_pages:move_confirm", page.pk, to.pk)


def put_in_order(walk: Walk) -> None:
    if page := walk.page():
        place = walk.random.randrange(4)
        name = "wagtailadmin_pages:set_page_position"
        walk.send(name, page.pk, query=f"?position={place}")


def unpublish(walk: Walk) -> None:
    if page := walk.page():
        form = walk.perhaps(also_translations="on", include_descendants="on")
        walk.send("wagtailadmin_pages:unpublish", page.pk, **form)


def delete(walk: Walk) -> None:
    if page := walk.page():
        form = walk.perhaps(also_translations="on")
        walk.send("wagtailadmin_pages:delete", page.pk, **form)


def restore(walk: Walk) -> None:
    if binned := walk.one(list(Binned.objects.order_by("pk"))):
        walk.send("page_in_the_bin", binned.page_id, **walk.perhaps(with_above="on"))


def empty_bin(walk: Walk) -> None:
    """Let the oldest in the bin have been there for thirty days."""
    if binned := Binned.objects.order_by("at").first():
        empty(at=gone_at(binned.at))


def translate(walk: Walk) -> None:
    if page := walk.page():
        english = Locale.objects.get(language_code="en").pk
        form = {"locales": [english]} | walk.perhaps(include_subtree="on")
        walk.send("wagtail_localize:submit_page_translation", page.pk, **form)


def sync(walk: Walk) -> None:
    """Bring what changed in an original into its translations."""
    if source := walk.one(list(TranslationSource.objects.order_by("pk"))):
        form = walk.perhaps(publish_translations="on")
        walk.send("wagtail_localize:update_translations", source.pk, **form)


def write_translation(walk: Walk) -> None:
    """Translate all texts of a page, or all but one; perhaps publish it."""
    translation = walk.one(list(Translation.objects.order_by("pk")))
    if translation is None:
        return
    segments = list(StringSegment.objects.filter(source=translation.source_id))
    browser = walk.one(walk.editors)
    for segment in segments[walk.one([0, 0, 1]) :]:
        address = reverse(
            "wagtail_localize:edit_string_translation",
            args=[translation.pk, segment.pk],
        )
        answer = browser.put(
            address,
            f"value=T-{segment.pk}",
            content_type="application/x-www-form-urlencoded",
        )
        walk.answers.append(str(answer.status_code))
    if page := Page.objects.filter(
        translation_key=translation.source.object_id,
        locale=translation.target_locale_id,
    ).first():
        walk.send(
            "wagtailadmin_pages:edit",
            page.pk,
            **walk.one([{"action": "publish"}, {"action": "save-draft"}]),
        )


def stop_translation(walk: Walk) -> None:
    if translation := walk.one(list(Translation.objects.order_by("pk"))):
        walk.send("wagtail_localize:stop_translation", translation.pk)


def alias(walk: Walk) -> None:
    """Make a translation an alias, or an alias a page of its own."""
    ways = ["wagtail_localize:convert_to_alias", "wagtailadmin_pages:convert_alias"]
    if page := walk.page():
        walk.send(walk.one(ways), page.pk)


def review(walk: Walk) -> None:
    """Approve or reject what waits for it, or take it back."""
    waiting = [one for one in map(_with_task, Page.objects.order_by("path")) if one]
    if found := walk.one(waiting):
        page, task = found
        if walk.random.random() < SHARE / 3:
            walk.send("wagtailadmin_pages:confirm_workflow_cancellation", page.pk)
            return
        word = walk.one(["approve", "approve", "reject"])
        name = "wagtailadmin_pages:workflow_action"
        walk.send(name, page.pk, word, task.pk, comment="")


def _with_task(page: Page):
    task = page.current_workflow_task_state
    return (page, task) if task else None


def many(walk: Walk) -> None:
    """Do one thing with several pages at once."""
    chosen = [page for page in (walk.page(), walk.page(), walk.page()) if page]
    word = walk.one(["publish", "unpublish", "delete", "move"])
    form = walk.perhaps(include_descendants="on", also_translations="on")
    if word == "move":
        form["chooser"] = walk.place().pk
    back = reverse("wagtailadmin_explore_root")
    ids = "&".join(f"id={page.pk}" for page in chosen)
    name = ("wagtailcore", "page", word)
    walk.send("wagtail_bulk_action", *name, query=f"?{ids}&next={back}", **form)


def lock(walk: Walk) -> None:
    if page := walk.page():
        ways = ["wagtailadmin_pages:lock", "wagtailadmin_pages:unlock"]
        walk.send(walk.one(ways), page.pk)


def from_model(walk: Walk) -> None:
    if walk.has_room():
        code = walk.one(["C1", "C3", uuid4().hex[:8]])
        walk.send("model_course", title=f"Modelo {uuid4().hex[:6]}", code=code)


ACTIONS: dict[Callable[[Walk], None], int] = {  # and how often, against each other
    create: 8,
    edit: 12,
    schedule: 3,
    time_passes: 2,
    unschedule: 1,
    revert: 4,
    copy: 4,
    move: 5,
    put_in_order: 2,
    unpublish: 3,
    delete: 5,
    restore: 6,
    empty_bin: 1,
    translate: 4,
    sync: 3,
    write_translation: 5,
    stop_translation: 1,
    alias: 2,
    review: 5,
    many: 4,
    lock: 1,
    from_model: 1,
}


def chosen(walk: Walk) -> Callable[[Walk], None]:
    """Return what is done next."""
    (action,) = walk.random.choices(list(ACTIONS), list(ACTIONS.values()))
    return action
