"""Whose mail comes back gets none that nobody waits for, until the address is good."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, email_confirmed
from django.core import mail

from lms.mail.bounces import addresses_that_came_back, came_back
from lms.mail.models import Letter
from lms.mail.outbox import letter_to, letter_to_address, post
from lms.mail.sending import send_chunk
from lms.models import User

DAY = timedelta(days=1)
TEMPLATE = "account_unused"


def send(at):
    """Send what is due, and return to whom."""
    mail.outbox.clear()
    while send_chunk(clock=lambda: at):
        pass
    return [message.to for message in mail.outbox]


def write_to(person, at, event, **more):
    post([letter_to(person, event=event, template=TEMPLATE, at=at, **more)])


def invite(address, at, event, **more):
    letter = letter_to_address(
        address, language="es", event=event, template=TEMPLATE, at=at, **more
    )
    post([letter])


@pytest.fixture
def returned(ana, bruno, at):
    """A letter to Ana came back; one to Bruno did not."""
    for person in (ana, bruno):
        write_to(person, at - DAY, f"first:{person.pk}")
    send(at - DAY)
    Letter.objects.filter(person=ana).update(bounced_at=at)
    return Letter.objects.get(person=ana)


@pytest.mark.usefixtures("returned")
def test_reminders_stop_where_mail_came_back_and_nowhere_else(ana, bruno, at):
    for person in (ana, bruno):
        write_to(person, at, f"reminder:{person.pk}", urgent=False)

    assert send(at) == [["bruno@example.org"]]
    stopped = Letter.objects.get(event=f"reminder:{ana.pk}")
    assert (stopped.given_up_at, stopped.trouble) == (at, "bounced")


@pytest.mark.usefixtures("returned")
def test_people_whose_mail_came_back_are_told(ana, bruno, carla):
    assert came_back([ana, bruno, carla]) == {ana.pk}
    assert came_back(User.objects.all()) == {ana.pk}
    assert came_back([bruno]) == set()


def test_letter_somebody_waits_for_goes_out_and_ends_the_silence(ana, at, returned):
    write_to(ana, at, "new:1")
    write_to(ana, at, "reminder:1", urgent=False)

    assert send(at) == [["ana@example.org"]] * 2
    returned.refresh_from_db()
    assert (returned.bounced_at, returned.forgiven_at) == (at, at)
    assert came_back([ana]) == set()


@pytest.mark.usefixtures("returned")
def test_asking_again_for_a_letter_that_exists_ends_nothing(ana, at):
    write_to(ana, at, f"first:{ana.pk}")

    assert came_back([ana]) == {ana.pk}


@pytest.mark.usefixtures("returned")
def test_address_confirmed_anew_ends_the_silence(ana, at):
    address = EmailAddress.objects.get(user=ana)

    email_confirmed.send(EmailAddress, request=None, email_address=address)
    write_to(ana, at, "reminder:1", urgent=False)

    assert send(at) == [["ana@example.org"]]


@pytest.mark.usefixtures("returned")
def test_another_address_ends_the_silence_of_that_person_alone(ana, bruno, at):
    Letter.objects.filter(person=bruno).update(bounced_at=at)
    new = EmailAddress(user=ana, email="ruiz@example.org")

    email_changed.send(
        EmailAddress,
        request=None,
        user=ana,
        from_email_address=None,
        to_email_address=new,
    )

    assert came_back([ana, bruno]) == {bruno.pk}


def test_what_comes_back_from_the_address_before_says_nothing_of_the_new_one(ana, at):
    write_to(ana, at, "first:1")
    send(at)
    address = EmailAddress.objects.get(user=ana)
    email_confirmed.send(EmailAddress, request=None, email_address=address)

    Letter.objects.update(bounced_at=at + DAY)

    assert came_back([ana]) == set()


def test_invitation_that_came_back_is_told_until_it_is_sent_again(db, at):
    for address in ("a@example.org", "b@example.org"):
        invite(address, at, f"invitation:{address}")
    send(at)
    Letter.objects.filter(address="a@example.org").update(bounced_at=at)
    asked = ["a@example.org", "b@example.org"]
    assert addresses_that_came_back(asked) == {"a@example.org"}
    invite("a@example.org", at, "reminder:1", urgent=False)
    assert send(at) == []

    invite("a@example.org", at, "invitation:again")

    assert send(at) == [["a@example.org"]]
    assert addresses_that_came_back(asked) == set()


def test_address_confirmed_by_a_sign_up_is_believed(ana, at):
    invite("ana@example.org", at, "invitation:1")
    send(at)
    Letter.objects.update(bounced_at=at)
    address = EmailAddress.objects.get(user=ana)

    email_confirmed.send(EmailAddress, request=None, email_address=address)

    assert addresses_that_came_back(["ana@example.org"]) == set()
