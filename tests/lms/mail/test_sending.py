"""Every letter goes out once, whatever dies, waits or is wrong with another one."""

from datetime import timedelta

from django.core import mail
from django_tasks_db.models import DBTaskResult

from lms.mail.models import Letter
from lms.mail.outbox import letter_to_address, post
from lms.mail.sending import send_chunk
from lms.mail.tasks import send_letters

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def send(at):
    """Send all that is due at that moment, and return to whom."""
    mail.outbox.clear()
    while send_chunk(clock=lambda: at):
        pass
    return [message.to for message in mail.outbox]


def test_post_of_many_letters_is_one_task_and_one_mail_each(db, at):
    addresses = [f"p{number}@example.org" for number in range(120)]

    post(
        letter_to_address(
            address,
            language="es",
            event=f"test:{address}",
            template="account_unused",
            at=at,
        )
        for address in addresses
    )
    assert DBTaskResult.objects.count() == 1
    send_letters.func()
    send_letters.func()

    assert sorted(message.to for message in mail.outbox) == sorted(
        [address] for address in addresses
    )
    assert set(Letter.objects.values_list("tries", flat=True)) == {1}
