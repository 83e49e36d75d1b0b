"""Adds the bin to the editors' area; `courses.wagtail_hooks` includes it."""

from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from courses.bin.actions import PUT, TAKEN
from courses.bin.views import bin_on_the_first_page, page_in_the_bin
from courses.models.bin import binned_above, out_of_the_bin

hooks.register("construct_homepage_panels", bin_on_the_first_page)


@hooks.register("register_admin_urls")
def screen_of_the_bin():
    return [path("pages/<int:page_id>/bin/", page_in_the_bin, name="page_in_the_bin")]


@hooks.register("register_log_actions")
def what_the_log_says(actions):
    actions.register_action(PUT, _("Put into the bin"), _("Put into the bin"))
    actions.register_action(TAKEN, _("Taken out of the bin"), _("Taken out of the bin"))


@hooks.register("construct_explorer_page_queryset")
def lists_leave_out_the_bin(parent_page, pages, request):
    return out_of_the_bin(pages)


@hooks.register("construct_page_chooser_queryset")
def choosers_leave_out_the_bin(pages, request):
    return out_of_the_bin(pages)


@hooks.register("before_edit_page")
@hooks.register("before_copy_page")
@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def a_page_in_the_bin_is_restored_first(request, page):
    if binned_above(page):
        return redirect("page_in_the_bin", page.pk)
    return None


@hooks.register("before_move_page")
def nothing_moves_out_of_the_bin_or_into_it(request, page, destination):
    for one in (page, destination):
        if binned_above(one):
            return redirect("page_in_the_bin", one.pk)
    return None


@hooks.register("before_create_page")
def nothing_is_added_in_the_bin(request, parent_page, page_class):
    return a_page_in_the_bin_is_restored_first(request, parent_page)
