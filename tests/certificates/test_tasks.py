"""Rendering and telling: once, whatever runs twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates import tasks
from certificates.actions import keep_file
from certificates.models import Certificate
from certificates.tasks import render_certificate, render_missing, tell_holder
from lms.mail.models import Letter
from lms.mail.tasks import send_letters
from lms.queue.periodic import REGISTER
from tests.certificates.conftest import PAPER
from tests.working import delivered, work_off

# WeasyPrint leaves closing its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings(
    r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning"
)


def enqueued(task):
    return DBTaskResult.objects.filter(task_path=task.module_path)


def test_render_certificate_keeps_the_file_and_enqueues_one_mail(award):
    render_certificate.func(str(award.pk))

    award.refresh_from_db()
    assert award.pdf.open().read().startswith(b"%PDF-1.7")
    assert [t.args_kwargs["args"] for t in enqueued(tell_holder)] == [[str(award.pk)]]


def test_render_certificate_does_nothing_the_second_time(kept):
    render_certificate.func(str(kept.pk))

    assert kept.pdf.open().read() == PAPER
    assert not enqueued(tell_holder).exists()


def test_render_certificate_that_lost_the_race_tells_nobody(award, at, monkeypatch):
    def render_while_another_worker_is_faster(certificate):
        keep_file(certificate, pdf=PAPER, at=at)
        return b"%PDF-1.7 too late"

    monkeypatch.setattr(
        "certificates.pdf.render", render_while_another_worker_is_faster
    )

    render_certificate.func(str(award.pk))

    award.refresh_from_db()
    assert award.pdf.open().read() == PAPER
    assert not enqueued(tell_holder).exists()


@pytest.mark.parametrize("language", ["es", "en"])
def test_tell_holder_writes_one_neutral_mail(kept, ana, language):
    ana.language = language
    ana.save()

    tell_holder.func(str(kept.pk))
    tell_holder.func(str(kept.pk))

    (letter,) = delivered()
    kept.refresh_from_db()
    assert letter.to == ["ana@example.org"]
    assert f"/{language}/certificates/{kept.pk}/" in letter.body
    for secret in ("Ana", "Ruiz", "Trata", "Trafficking", kept.code):
        assert secret not in letter.subject + letter.body
    assert kept.mailed_at


def test_tell_holder_writes_to_no_closed_account(kept, ana):
    ana.is_active = False
    ana.save()

    tell_holder.func(str(kept.pk))

    assert delivered() == []


def test_a_mail_that_fails_is_sent_at_the_next_try(kept, settings):
    settings.EMAIL_BACKEND = "tests.certificates.test_tasks.BrokenLine"
    tell_holder.func(str(kept.pk))
    work_off()
    Letter.objects.update(next_at=timezone.now())
    assert mail.outbox == []

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_letters.func()

    assert len(mail.outbox) == 1


class BrokenLine(BaseEmailBackend):
    def send_messages(self, messages):
        raise OSError("no line")


@pytest.fixture
def late(award, at):
    """Ana's certificate, issued long enough ago to be missed; nothing is enqueued."""
    Certificate.objects.update(issued_at=at - timedelta(days=1))
    DBTaskResult.objects.all().delete()
    return award


def test_render_missing_enqueues_what_no_task_will_make(late):
    assert render_missing.func() == 1
    assert [t.args_kwargs["args"] for t in enqueued(render_certificate)] == [
        [str(late.pk)]
    ]


def test_render_missing_waits_for_a_task_that_is_there(late):
    render_missing.func()

    assert render_missing.func() == 0


@pytest.mark.parametrize(
    ("status", "enqueues"),
    [
        (TaskResultStatus.RUNNING, 0),
        (TaskResultStatus.FAILED, 0),
        (TaskResultStatus.SUCCESSFUL, 1),
    ],
)
def test_render_missing_leaves_a_dead_letter_to_people(late, status, enqueues):
    render_missing.func()
    enqueued(render_certificate).update(status=status)

    assert render_missing.func() == enqueues


def test_render_missing_gives_a_fresh_certificate_its_minute(award, on_the_day):
    DBTaskResult.objects.all().delete()

    assert render_missing.func() == 0


def test_render_missing_passes_over_what_is_rendered(late, at):
    keep_file(late, pdf=PAPER, at=at)

    assert render_missing.func() == 0


def test_render_missing_comes_back_every_minute():
    work = REGISTER["render missing certificates"]

    assert (work.task, work.every) == (tasks.render_missing, timedelta(minutes=1))
