"""What follows when an editor publishes a page, moves it or takes it away."""

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    pre_page_move,
)

from courses.actions import make_identity
from courses.models import Activity, CoursePage
from courses.models.places import Placed
from courses.moves import move_translations
from courses.tasks import settle_open_enrolments


@receiver(page_published)
def a_published_page_has_an_identity(sender, instance, **kwargs):
    if instance.live:  # not yet, when it is to appear at its time
        make_identity(instance)


@receiver(page_published, sender=CoursePage)
def a_course_in_its_original_asks_what_is_in_it(sender, instance, **kwargs):
    _settle_those_who_owe(instance)


@receiver(pre_page_move)
def a_page_moves_only_to_where_it_may_stand(
    sender, instance, parent_page_before, parent_page_after, **kwargs
):
    page = instance.specific
    if isinstance(page, Placed) and parent_page_before != parent_page_after:
        page.refuse_below(parent_page_after, publishing=False)


@receiver(post_page_move)
def translations_follow_a_page_that_moves(sender, instance, **kwargs):
    move_translations(instance)


@receiver(post_page_move)
def a_page_moved_out_of_reach_is_owed_by_nobody(sender, instance, **kwargs):
    _settle_those_who_owe(instance)


@receiver(page_unpublished)  # so is one that is deleted, by Wagtail, before it goes
def a_page_taken_down_is_owed_by_nobody(sender, instance, **kwargs):
    _settle_those_who_owe(instance)


def _settle_those_who_owe(page: Page) -> None:
    """Settle the courses of what the page is, and of all that stands below it."""
    pages = Page.objects.filter(path__startswith=page.path)
    courses = Activity.objects.filter(pk__in=pages.values("translation_key"))
    for course in courses.order_by().values_list("course", flat=True).distinct():
        settle_open_enrolments.enqueue(str(course))
