"""The people of the demo: the same as in the tests and in the design."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from lms.people.actions import agree, register_post
from lms.people.choices import Country, Language, Track
from lms.people.models import Institution, User
from lms.people.rules import sort_name_of

DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class Role:
    """One of the cast: who, where, and what they come for."""

    key: str
    name: str
    says: str
    country: Country
    institution: str
    track: Track
    language: Language = Language.SPANISH
    is_staff: bool = False
    is_admin: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


CAST = [
    Role(
        "ana",
        "Ana Lucía Ruiz Morales",
        "judge",
        Country.GUATEMALA,
        "gt-organismo-judicial",
        Track.JUDGE,
    ),
    Role(
        "bruno",
        "Bruno Xicará Tun",
        "prosecutor",
        Country.GUATEMALA,
        "gt-ministerio-publico",
        Track.PROSECUTOR,
    ),
    Role(
        "carla",
        "Carla Zelaya Núñez",
        "OPI, reads English",
        Country.HONDURAS,
        "hn-instituto-nacional-de-migracion",
        Track.OPI,
        Language.ENGLISH,
    ),
    Role(
        "tomas",
        "Tomás Caal Pop",
        "civil servant, child welfare",
        Country.GUATEMALA,
        "gt-secretaria-de-bienestar-social",
        Track.OTHER,
    ),
    Role(
        "ines",
        "Inés Barrios Cifuentes",
        "civil servant, judiciary",
        Country.GUATEMALA,
        "gt-organismo-judicial",
        Track.OTHER,
    ),
    Role(
        "hugo",
        "Hugo Mejía Paz",
        "civil servant, judiciary of Honduras",
        Country.HONDURAS,
        "hn-poder-judicial",
        Track.OTHER,
    ),
    Role(
        "sofia",
        "Sofía Araya Quirós",
        "regional secretariat",
        Country.COSTA_RICA,
        "cr-direccion-general-de-migracion-y-extranjeria",
        Track.OTHER,
    ),
    Role(
        "elena",
        "Elena Rivas Portillo",
        "editor",
        Country.EL_SALVADOR,
        "sv-consejo-nacional-contra-la-trata-de-personas",
        Track.OTHER,
        is_staff=True,
    ),
    Role(
        "admin",
        "Alma Castillo Bonilla",
        "administrator",
        Country.PANAMA,
        "pa-comision-nacional-contra-la-trata-de-personas",
        Track.OTHER,
        is_staff=True,
        is_admin=True,
    ),
]


@transaction.atomic
def call_the_cast(password: str, *, at: datetime) -> list[User]:
    """Make the cast's accounts where they are missing; set everybody's password."""
    return [_appear(role, password, at=at) for role in CAST]


def _appear(role: Role, password: str, *, at: datetime) -> User:
    person, made = User.objects.get_or_create(
        email=role.email,
        defaults={
            "legal_name": role.name,
            "sort_name": sort_name_of(role.name),
            "language": role.language,
            "is_staff": role.is_staff,
            "is_superuser": role.is_admin,
        },
    )
    if made or not person.check_password(password):
        person.set_password(password)
        person.save(update_fields=["password"])
    if made:
        _settle_in(person, role, on=at.date(), at=at)
    return person


def _settle_in(person: User, role: Role, *, on: date, at: datetime) -> None:
    EmailAddress.objects.create(
        user=person, email=person.email, verified=True, primary=True
    )
    agree(person, version=settings.PRIVACY_NOTICE_VERSION, at=at)
    register_post(
        person,
        country=role.country,
        institution=Institution.objects.get(code=role.institution),
        institution_typed="",
        track=role.track,
        position="",
        on=on,
    )
