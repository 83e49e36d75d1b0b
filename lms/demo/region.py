"""Who else is in the demo? A region of invented people, large enough to look at.

They cannot sign in. Names are drawn from lists, so that no file holds a person.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from random import Random

import yaml
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from lms.people.choices import Country, InstitutionKind, Language, Track
from lms.people.models import Affiliation, Institution, Shield, User
from lms.people.rules import sort_name_of

DOMAIN = "region.demo.example"
PEOPLE = 420
CLAIMS = 15  # of Guatemala's judiciary, that wait for somebody to confirm them
JUDICIARY = "gt-organismo-judicial"
ENGLISH = {Country.BELIZE, Country.CANADA, Country.UNITED_STATES}
NAMES = settings.BASE_DIR / "fixtures" / "demo_names.yaml"
TYPED = {
    Country.GUATEMALA: ["Juzgado de Paz de Cobán", "juzgado de paz de coban", "PDH"],
    Country.HONDURAS: ["Fiscalía de Choluteca"],
    Country.MEXICO: ["DIF Tapachula"],
    Country.PANAMA: ["Defensoría de Darién"],
}
TRACKS = {
    InstitutionKind.JUDICIARY: Track.JUDGE,
    InstitutionKind.PROSECUTION: Track.PROSECUTOR,
    InstitutionKind.MIGRATION: Track.OPI,
    InstitutionKind.CHILD_PROTECTION: Track.OPI,
}
POSITIONS = {
    Track.JUDGE: [
        "Judicatura de primera instancia",
        "Magistratura",
        "Juzgado de turno",
    ],
    Track.PROSECUTOR: ["Agencia fiscal", "Unidad de trata", "Auxiliar fiscal"],
    Track.OPI: ["Oficial de protección", "Puesto fronterizo", "Delegación regional"],
    Track.OTHER: ["Enlace institucional", "Coordinación", ""],
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One invented person and where they say they work."""

    person: User
    institution: Institution | None
    typed: str
    since: date
    is_confirmed: bool


@transaction.atomic
def people_the_region(*, at: datetime, people: int = PEOPLE, seed: int = 2026) -> None:
    """Fill the region with so many people, once; the same seed, the same people."""
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        return
    dice = Random(seed)  # noqa: S311 - invents people, keeps no secret
    numbers = count(1)
    found = [*_of_the_judiciary(dice, numbers, at=at)]
    places = list(Institution.objects.order_by("code"))
    countries = [country.value for country in Country]
    while len(found) < people:
        here = countries[len(found) % len(countries)]
        found.append(_somebody(dice, next(numbers), here, places, at=at))
    _write(found, at=at)


def _of_the_judiciary(dice: Random, numbers, *, at: datetime) -> list[Neighbour]:
    place = Institution.objects.get(code=JUDICIARY)
    return [
        _neighbour(dice, next(numbers), place, at=at, is_confirmed=number >= CLAIMS)
        for number in range(3 * CLAIMS)
    ]


def _somebody(
    dice: Random, number: int, country: str, places: list[Institution], *, at: datetime
) -> Neighbour:
    typed = TYPED.get(Country(country), [])
    if typed and dice.random() < 0.2:
        return _neighbour(dice, number, None, at=at, country=country, typed=typed)
    here = [
        place
        for place in places
        if place.country == country and place.code != JUDICIARY
    ]
    return _neighbour(
        dice, number, dice.choice(here), at=at, is_confirmed=dice.random() < 0.7
    )


def _neighbour(
    dice: Random,
    number: int,
    place: Institution | None,
    *,
    at: datetime,
    country: str = "",
    typed: list[str] | None = None,
    is_confirmed: bool = False,
) -> Neighbour:
    country = place.country if place else country
    kind = place.kind if place else InstitutionKind.CIVIL_SOCIETY
    return Neighbour(
        person=_person(dice, number, country, TRACKS.get(kind, Track.OTHER), at=at),
        institution=place,
        typed="" if place else dice.choice(typed or []),
        since=timezone.localdate(at) - timedelta(days=dice.randrange(30, 900)),
        is_confirmed=is_confirmed,
    )


def _person(
    dice: Random, number: int, country: str, track: Track, *, at: datetime
) -> User:
    language = Language.ENGLISH if country in ENGLISH else Language.SPANISH
    given, surnames = names(language.value)
    if language == Language.ENGLISH:
        name = f"{dice.choice(given)} {dice.choice(surnames)}"
    else:
        name = " ".join([*dice.sample(given, 2), *dice.sample(surnames, 2)])
    return User(
        email=f"p{number:03}@{DOMAIN}",
        password=make_password(None),
        legal_name=name,
        sort_name=sort_name_of(name),
        language=language,
        country=country,
        track=track,
        shielded=dice.random() < 0.02,
        joined_at=at - timedelta(days=dice.randrange(1, 30)),
    )


@cache
def names(language: str) -> tuple[list[str], list[str]]:
    """Return the given names and the surnames of a language."""
    lists = yaml.safe_load(NAMES.read_text(encoding="utf-8"))[language]
    return lists["given"].split(), lists["surnames"].split()


def _write(found: list[Neighbour], *, at: datetime) -> None:
    User.objects.bulk_create(one.person for one in found)
    EmailAddress.objects.bulk_create(
        EmailAddress(
            user=one.person, email=one.person.email, verified=True, primary=True
        )
        for one in found
    )
    Shield.objects.bulk_create(
        Shield(person=one.person, set_by=one.person, set_at=at)
        for one in found
        if one.person.shielded
    )
    officer = User.objects.get(email="pilar@demo.example")
    dice = Random(len(found))  # noqa: S311 - invents people, keeps no secret
    Affiliation.objects.bulk_create(
        Affiliation(
            person=one.person,
            institution=one.institution,
            institution_typed=one.typed,
            track=one.person.track,
            position=dice.choice(POSITIONS[Track(one.person.track)]),
            from_on=one.since,
            confirmed_by=officer if one.is_confirmed else None,
            confirmed_at=at if one.is_confirmed else None,
        )
        for one in found
    )
