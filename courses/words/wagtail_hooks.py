"""Adds the report on words to the editors' area; says in the editor what it finds."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.words.views import words_of_a_draft_are_named, words_report

# Before wagtail-localize's own hook, which answers with an editor of its own.
hooks.register("before_edit_page", words_of_a_draft_are_named, order=-3)


@hooks.register("register_admin_urls")
def words_screen():
    return [path("reports/words/", words_report, name="words_report")]


@hooks.register("register_reports_menu_item")
def words_in_the_menu():
    return MenuItem(_("Words"), reverse("words_report"), icon_name="edit", order=70)
