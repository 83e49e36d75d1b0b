"""Adds the screens of the bank to the editors' area, and its words to Wagtail's log."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from courses.itembank.actions import BROUGHT_BACK, RETIRED, TAGGED
from courses.itembank.views.question import preview, rest
from courses.itembank.views.tagging import tag_questions


@hooks.register("register_admin_urls")
def bank_screens():
    one = "questions/bank/<uuid:question>"
    return [
        path("questions/bank/tags/", tag_questions, name="tag_questions"),
        path(f"{one}/preview/", preview, name="preview_question"),
        path(f"{one}/retire/", rest, name="retire_question"),
    ]


@hooks.register("register_log_actions")
def words_of_the_log(actions):
    for name, label, done in (
        (TAGGED, _("Tag a question"), _("Tags changed")),
        (RETIRED, _("Retire a question"), _("Question retired")),
        (BROUGHT_BACK, _("Ask a question again"), _("Question asked again")),
    ):
        actions.register_action(name, label, done)
