"""Adds learning to the editors' area: lists, forms, editions, guards."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from courses.analysis import wagtail_hooks as _analysis  # noqa: F401 - its own
from courses.bin import wagtail_hooks as _bin  # noqa: F401 - registers its own
from courses.checks import registering  # noqa: F401 - registers as this module does
from courses.comparing import revisions  # noqa: F401 - registers its comparisons
from courses.correcting import wagtail_hooks as _correcting  # noqa: F401 - its own
from courses.desk.views import desk_first, no_numbers
from courses.gain.views import gain_report, gain_report_table
from courses.itembank import wagtail_hooks as _itembank  # noqa: F401 - its own
from courses.models import (
    Activity,
    Course,
    CoursePage,
    Edition,
    LessonPage,
    Question,
    ReasoningTask,
)
from courses.models.served import FramedPreview
from courses.views.editions import open_edition_view
from courses.views.interchange import (
    TAKEN,
    accept_questions,
    bring_questions,
    question_template,
    take_questions,
)
from courses.views.model_course import model_course
from courses.views.new_question import copy_question, new_question
from courses.views.note_grid import note_grid
from courses.views.reviews import sign_review_view
from courses.viewsets import LearningGroup
from courses.viewsets.policies import Only
from courses.words import wagtail_hooks as _words  # noqa: F401 - registers its own

for model in (Activity, Course, Edition):
    register_permission_policy(model, Only("view", model=model))
register_permission_policy(Question, Only("view", "change", model=Question))
register_permission_policy(
    ReasoningTask, Only("view", "add", "change", model=ReasoningTask)
)

hooks.register("register_admin_viewset", LearningGroup)
hooks.register("construct_homepage_panels", desk_first)
hooks.register("construct_homepage_summary_items", no_numbers, order=1000)


@hooks.register("register_admin_urls")
def learning_screens():
    return [
        path(
            "courses/<int:page_id>/open-edition/",
            open_edition_view,
            name="open_edition",
        ),
        path(
            "lessons/<int:page_id>/sign-review/",
            sign_review_view,
            name="sign_review",
        ),
        path("questions/new/", new_question, name="new_question"),
        path("questions/copy/<uuid:question>/", copy_question, name="copy_question"),
        path("questions/bring/", bring_questions, name="bring_questions"),
        path("questions/bring/accept/", accept_questions, name="accept_questions"),
        path("questions/template/", question_template, name="question_template"),
        path("questions/take/", take_questions, name="take_questions"),
        path("courses/from-model/", model_course, name="model_course"),
        path("reports/country-notes/", note_grid, name="note_grid"),
        path("reports/gain/", gain_report, name="gain_report"),
        path("reports/gain.csv", gain_report_table, name="gain_report_table"),
    ]


@hooks.register("register_log_actions")
def questions_taken_are_told(actions):
    actions.register_action(
        TAKEN, _("Take questions along"), _("Questions taken along, with their answers")
    )


@hooks.register("register_reports_menu_item")
def gain_in_the_menu():
    address = reverse("gain_report")
    return MenuItem(_("What is learned"), address, icon_name="list-ul", order=50)


@hooks.register("register_reports_menu_item")
def note_grid_in_the_menu():
    address = reverse("note_grid")
    return MenuItem(
        _("Country notes to write and check"), address, icon_name="globe", order=60
    )


@hooks.register("register_page_header_buttons")
def open_edition_button(page, user, view_name, next_url=None):
    if not isinstance(page.specific_deferred, CoursePage):
        return
    if page.permissions_for_user(user).can_publish():
        yield Button(
            _("Open an edition"),
            url=reverse("open_edition", args=[page.pk]),
            icon_name="date",
            priority=80,
        )


@hooks.register("register_page_header_buttons")
def sign_review_button(page, user, view_name, next_url=None):
    if not isinstance(page.specific_deferred, LessonPage):
        return
    if page.permissions_for_user(user).can_publish():
        yield Button(
            _("Sign the review"),
            url=reverse("sign_review", args=[page.pk]),
            icon_name="tick",
            priority=80,
        )


@hooks.register("register_page_header_buttons")
def seen_as_button(page, user, view_name, next_url=None):
    if not isinstance(page.specific_deferred, FramedPreview):
        return
    if page.permissions_for_user(user).can_edit():
        yield Button(
            _("See it as a country and a profession"),
            url=reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
            icon_name="view",
            attrs={"target": "_blank", "rel": "noreferrer"},
            priority=70,
        )
