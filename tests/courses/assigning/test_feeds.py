"""The secret address of a calendar ends with what protected the account."""

import pytest
from allauth.account.signals import password_reset
from allauth.mfa.signals import authenticator_removed
from django.utils import timezone

from courses.assigning.actions import renew_feed
from courses.assigning.feeds import address_of_feed
from courses.models import CalendarFeed
from lms.people.actions import end_sessions
from lms.people.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "otra frase larga y nueva 7"


def is_sent(signal):
    def send(person, _browser):
        signal.send(sender=User, request=None, user=person)

    return send


def changes_password(person, browser):
    browser.force_login(person)
    facts = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    browser.post("/es/account/password/change/", facts)
    person.refresh_from_db()
    assert person.check_password(NEW)


def is_signed_out(person, _browser):
    end_sessions(person)


@pytest.fixture
def addresses(ana, bruno, settings):
    """The addresses of Ana's calendar and of Bruno's."""
    settings.SITE_URL = "http://testserver"
    for person in (ana, bruno):
        renew_feed(person, at=timezone.now())
    return address_of_feed(ana), address_of_feed(bruno)


@pytest.mark.parametrize(
    "act",
    [
        changes_password,
        is_sent(password_reset),
        is_sent(authenticator_removed),
        is_signed_out,
    ],
)
def test_the_address_ends_with_what_protected_it(client, ana, addresses, act):
    hers, others = addresses
    assert client.get(hers).status_code == 200

    act(ana, client)

    assert client.get(hers).status_code == 404
    assert client.get(others).status_code == 200
    assert client.get(address_of_feed(ana)).status_code == 200  # another one


def test_who_has_no_address_gets_none(ana):
    end_sessions(ana)

    assert not CalendarFeed.objects.exists()
