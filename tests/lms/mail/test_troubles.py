"""What is wrong with the machine is told to administrators, once a day."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from lms.mail import troubles
from lms.mail.models import Letter
from lms.mail.sending import send_chunk
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_every_administrator_who_may_sign_in_gets_a_letter_a_day(admin, ana, at):
    another = PersonFactory(is_superuser=True)
    PersonFactory(is_superuser=True, is_active=False)

    days = (timedelta(), timedelta(minutes=1), timedelta(days=1))
    new = [troubles.tell(troubles.CLOCK_LEFT, at=at + day) for day in days]

    assert new == [True, False, True]
    people = Letter.objects.order_by("person").values_list("person", flat=True)
    assert list(people) == [admin.pk] * 2 + [another.pk] * 2


def test_two_kinds_of_trouble_are_told_apart(admin, at):
    for kind in (troubles.CLOCK_LEFT, troubles.REPORT_MISSING):
        troubles.tell(kind, at=at)

    assert Letter.objects.count() == 2


def test_trouble_without_an_administrator_is_in_the_log_once(at, caplog):
    for _time in range(2):
        troubles.tell(troubles.CLOCK_LEFT, at=at)

    said = [record.getMessage() for record in caplog.records]
    assert said == ["Trouble: clock-left"]


@pytest.mark.parametrize("kind", troubles.SENTENCES)
def test_the_letter_says_what_is_wrong(admin, at, mailoutbox, register, kind):
    register["trouble"] = "lms.mail.troubles.trouble"
    troubles.tell(kind, at=at)

    send_chunk(clock=lambda: at)

    (letter,) = mailoutbox
    assert letter.to == [admin.email]
    with override(admin.language):
        assert str(troubles.SENTENCES[kind]) in letter.body
