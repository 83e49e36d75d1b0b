"""What is done about people by the clock."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from lms.people.tasks import forget_ended_sessions
from lms.queue.periodic import REGISTER, Work


def test_ended_sessions_are_forgotten_once_a_day(client, ana):
    client.force_login(ana)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    forget_ended_sessions.call()

    assert not Session.objects.exists()
    assert REGISTER["forget ended sessions"] == Work(
        forget_ended_sessions, timedelta(days=1)
    )
