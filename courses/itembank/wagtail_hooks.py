"""Adds the screens of the bank to the editors' area, and its words to Wagtail's log."""

from urllib.parse import urlencode

from django.contrib import messages
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from courses.itembank.actions import (
    BROUGHT_BACK,
    COPIED,
    RETIRED,
    TAGGED,
    copy_questions,
)
from courses.itembank.rules import BEFORE
from courses.itembank.views.question import preview, rest
from courses.itembank.views.tagging import tag_questions
from courses.models import CoursePage, Question, QuizPage


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
        (COPIED, _("Copy the questions"), _("Questions copied with the page")),
    ):
        actions.register_action(name, label, done)


@hooks.register("after_copy_page")
def questions_go_along(request, page, copied):
    """Of whoever may not change questions as drafts: others say they are asked."""
    count = copy_questions(
        page,
        copied,
        as_drafts=not request.user.has_perm("courses.change_question"),
        by=request.user,
        at=timezone.now(),
    )
    if count:
        said = ngettext(
            "%(count)d question was copied too, with a new code.",
            "%(count)d questions were copied too, with new codes.",
            count,
        )
        messages.success(request, said % {"count": count})


@hooks.register("register_page_header_buttons")
def questions_of_a_quiz(page, user, view_name, next_url=None):
    """Lead from a quiz to what it draws from in the bank."""
    quiz = page.specific_deferred
    if not isinstance(quiz, QuizPage) or not user.has_perm("courses.view_question"):
        return
    above = quiz.get_parent().specific_deferred
    if isinstance(above, CoursePage):
        before = quiz.purpose == QuizPage.Purpose.PRETEST
        use = BEFORE if before else Question.Use.FINAL
        asked = {"course": above.translation_key, "use": use}
    else:
        course = above.get_parent().translation_key
        asked = {"course": course, "module": above.translation_key}
        asked |= {"use": Question.Use.PRACTICE}
    yield Button(
        _("Its questions in the bank"),
        url=f"{reverse('question:index')}?{urlencode(asked)}",
        icon_name="help",
        priority=80,
    )
