"""Notices of Wagtail are posted: no editor waits for a mail server, or is named."""

import pytest
from django.contrib.auth.models import Group
from wagtail.admin.mail import send_notification
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from lms.mail.models import Letter
from lms.mail.server import SILENT, mail_server
from tests.factories import PersonFactory
from tests.working import delivered

SMTP = "django.core.mail.backends.smtp.EmailBackend"
LOCAL = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def register():
    """The real one, with every template of ours."""


@pytest.fixture
def workflow(bruno):
    """Bruno's group says yes to pages."""
    group = Group.objects.create(name="Revisores")
    bruno.groups.add(group)
    task = GroupApprovalTask.objects.create(name="Revisar")
    task.groups.add(group)
    made = Workflow.objects.create(name="Revisión")
    WorkflowTask.objects.create(workflow=made, task=task, sort_order=0)
    return made


def test_page_that_waits_for_a_review_is_told_of_later(
    workflow, course_page, ana, bruno, settings
):
    course_page.save_revision(user=ana)
    with mail_server(SILENT) as server:
        options = {"host": "127.0.0.1", "port": server.port, "timeout": 0.3}
        settings.MAILERS = {"default": {"BACKEND": SMTP, "OPTIONS": options}}
        workflow.start(course_page, ana)
        assert server.calls == 0

    settings.MAILERS = {"default": {"BACKEND": LOCAL}}
    (letter,) = delivered()
    assert letter.to == [bruno.email]
    assert "/admin/" in letter.body
    for word in (course_page.title, ana.legal_name, "Revis"):
        assert word not in letter.subject + letter.body


def test_comment_is_told_of_later_and_to_nobody_whose_account_is_closed(
    course_page, ana
):
    gone = PersonFactory(is_active=False)

    facts = {"page": course_page, "editor": ana}
    send_notification([ana, gone], "updated_comments", facts)

    assert [letter.person for letter in Letter.objects.all()] == [ana]
