"""The cast of the demo: everybody in place, once."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings

from lms.models import Affiliation, User
from lms.people.cast import CAST, call_the_cast
from lms.people.institutions import load_institutions
from tests.factories import NOON


@pytest.fixture
def cast(db):
    load_institutions(settings.BASE_DIR / "fixtures" / "institutions.csv")
    return {p.email: p for p in call_the_cast("a-first-password", at=NOON)}


def test_call_the_cast_brings_everybody_with_a_verified_address(cast):
    assert [email.partition("@")[0] for email in cast] == [
        "ana",
        "bruno",
        "carla",
        "tomas",
        "ines",
        "hugo",
        "sofia",
        "elena",
        "admin",
    ]
    for email, person in cast.items():
        address = EmailAddress.objects.get(user=person)
        assert (address.email, address.verified, address.primary) == (email, True, True)
        assert person.has_post
        assert person.check_password("a-first-password")
        assert Affiliation.objects.get(person=person).institution


def test_call_the_cast_makes_one_administrator(cast):
    assert [p.email for p in cast.values() if p.is_superuser] == ["admin@demo.example"]


def test_call_the_cast_again_changes_only_the_password(cast):
    call_the_cast("another-password", at=NOON)

    assert User.objects.count() == len(CAST)
    assert Affiliation.objects.count() == len(CAST)
    assert User.objects.get(email="ana@demo.example").check_password("another-password")
