"""Adds what is checked to the editors' area; `courses.wagtail_hooks` includes it."""

from django.urls import path
from wagtail import hooks
from wagtail_localize.views.update_translations import UpdateTranslationsForm

from courses.checks.aliases import menu_without_aliases, no_alias
from courses.checks.api import programs_only_read
from courses.checks.many import DeleteMany, MoveMany, UnpublishMany
from courses.checks.publishing import (
    a_translation_behind_is_named,
    a_translation_is_published_whole,
    a_translation_that_ended_is_told,
    pages_are_published_whole,
)
from courses.checks.views import course_checks, page_checks
from courses.checks.viewsets import CheckedPages

hooks.register("construct_admin_api", programs_only_read)
hooks.register("construct_page_action_menu", menu_without_aliases)
hooks.register("before_bulk_action", pages_are_published_whole)
# Before wagtail-localize's own hook, which publishes.
hooks.register("before_edit_page", a_translation_that_ended_is_told, order=-1)
hooks.register("before_edit_page", a_translation_is_published_whole, order=-1)
hooks.register("before_edit_page", a_translation_behind_is_named, order=-2)
# "Publish immediately" would fill the gaps with texts of the source language.
UpdateTranslationsForm.base_fields["publish_translations"].disabled = True

# After Wagtail's own, which would take the place of ours.
for action in (DeleteMany, MoveMany, UnpublishMany):
    hooks.register("register_bulk_action", action, order=10)


@hooks.register("register_admin_viewset", order=10)
def screens_of_pages():
    return CheckedPages()


# Before wagtail-localize's own addresses, one of which makes aliases.
@hooks.register("register_admin_urls", order=-1)
def screens_of_checks():
    return [
        path("localize/page/<int:page_id>/convert_to_alias/", no_alias),
        path("pages/<int:page_id>/checks/", page_checks, name="page_checks"),
        path("courses/<int:page_id>/checks/", course_checks, name="course_checks"),
    ]
