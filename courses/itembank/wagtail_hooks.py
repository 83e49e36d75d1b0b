"""Adds the screens of the bank to the editors' area, and its words to Wagtail's log."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from courses.itembank.actions import TAGGED
from courses.itembank.views.tagging import tag_questions


@hooks.register("register_admin_urls")
def bank_screens():
    return [path("questions/bank/tags/", tag_questions, name="tag_questions")]


@hooks.register("register_log_actions")
def words_of_the_log(actions):
    for name, label, done in ((TAGGED, _("Tag a question"), _("Tags changed")),):
        actions.register_action(name, label, done)
