"""The cast of the demo: everybody in place, once."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from lms.demo.cast import CAST, call_the_cast
from lms.demo.region import people_the_region
from lms.models import Affiliation, Cohort, Mandate, User
from lms.people.choices import Country
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
        "mateo",
        "admin",
        "olga",
        "rosa",
        "pilar",
    ]
    for email, person in cast.items():
        address = EmailAddress.objects.get(user=person)
        assert (address.email, address.verified, address.primary) == (email, True, True)
        assert person.has_post
        assert person.check_password("a-first-password")
        assert Affiliation.objects.get(person=person).institution


def test_two_of_the_cast_are_administrators(cast):
    assert [p.email for p in cast.values() if p.is_superuser] == [
        "admin@demo.example",
        "olga@demo.example",
    ]


def test_one_of_two_editors_reviews_what_the_other_writes(cast):
    assert [p.email for p in cast.values() if p.is_staff and not p.is_superuser] == [
        "elena@demo.example",
        "mateo@demo.example",
    ]


def test_the_cast_hold_their_mandates_once(cast):
    call_the_cast("another-password", at=NOON)

    held = Mandate.objects.standing(timezone.localdate(NOON)).order_by("pk")
    assert [(m.holder.email.partition("@")[0], m.role) for m in held] == [
        ("sofia", "secretariat"),
        ("tomas", "trainer"),
        ("rosa", "trainer"),
        ("pilar", "ministry"),
        ("pilar", "protection"),
        ("hugo", "ministry"),
        ("ines", "ministry"),
    ]


def test_tomas_trains_ana_and_bruno(cast):
    seen = Cohort.objects.visible_to(cast["tomas@demo.example"], on=NOON.date())

    assert {m.email for m in seen.get().members.all()} == {
        "ana@demo.example",
        "bruno@demo.example",
    }


def test_the_region_is_peopled_once(cast):
    people_the_region(at=NOON)
    people_the_region(at=NOON)

    around = User.objects.exclude(email__in=cast)
    assert around.count() >= 400
    assert set(around.values_list("country", flat=True)) == set(Country.values)
    assert EmailAddress.objects.filter(user__in=around, verified=True).count() == (
        around.count()
    )


def test_fifteen_people_say_they_belong_to_the_judiciary_of_guatemala(cast):
    people_the_region(at=NOON)

    ines = cast["ines@demo.example"]
    claims = Affiliation.objects.claims_for(ines, on=timezone.localdate(NOON))
    assert claims.count() == 15


def test_call_the_cast_again_changes_only_the_password(cast):
    call_the_cast("another-password", at=NOON)

    assert User.objects.count() == len(CAST)
    assert Affiliation.objects.count() == len(CAST)
    assert User.objects.get(email="ana@demo.example").check_password("another-password")
