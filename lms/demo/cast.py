"""Who plays in the demo: its accounts, what they hold, and the cohort they share."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lms.people.actions import agree, register_post
from lms.people.choices import Country, Language, Role, Track
from lms.people.models import (
    Affiliation,
    Cohort,
    CohortMember,
    CohortTrainer,
    Institution,
    Mandate,
    User,
)
from lms.people.rules import sort_name_of

DOMAIN = "demo.example"
COHORT = "Judicaturas y fiscalías 2026-2"  # Tomás's, in which Ana and Bruno learn


@dataclass(frozen=True, slots=True)
class Part:
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
    Part(
        "ana",
        "Ana Lucía Ruiz Morales",
        "judge",
        Country.GUATEMALA,
        "gt-organismo-judicial",
        Track.JUDGE,
    ),
    Part(
        "bruno",
        "Bruno Xicará Tun",
        "prosecutor",
        Country.GUATEMALA,
        "gt-ministerio-publico",
        Track.PROSECUTOR,
    ),
    Part(
        "carla",
        "Carla Zelaya Núñez",
        "OPI, reads English",
        Country.HONDURAS,
        "hn-instituto-nacional-de-migracion",
        Track.OPI,
        Language.ENGLISH,
    ),
    Part(
        "tomas",
        "Tomás Caal Pop",
        "civil servant, child welfare",
        Country.GUATEMALA,
        "gt-secretaria-de-bienestar-social",
        Track.OTHER,
    ),
    Part(
        "ines",
        "Inés Barrios Cifuentes",
        "civil servant, judiciary",
        Country.GUATEMALA,
        "gt-organismo-judicial",
        Track.OTHER,
    ),
    Part(
        "hugo",
        "Hugo Mejía Paz",
        "civil servant, judiciary of Honduras",
        Country.HONDURAS,
        "hn-poder-judicial",
        Track.OTHER,
    ),
    Part(
        "sofia",
        "Sofía Araya Quirós",
        "regional secretariat",
        Country.COSTA_RICA,
        "cr-direccion-general-de-migracion-y-extranjeria",
        Track.OTHER,
    ),
    Part(
        "elena",
        "Elena Rivas Portillo",
        "editor",
        Country.EL_SALVADOR,
        "sv-consejo-nacional-contra-la-trata-de-personas",
        Track.OTHER,
        is_staff=True,
    ),
    Part(
        "mateo",
        "Mateo Solano Brenes",
        "second editor",
        Country.COSTA_RICA,
        "cr-direccion-general-de-migracion-y-extranjeria",
        Track.OTHER,
        is_staff=True,
    ),
    Part(
        "admin",
        "Alma Castillo Bonilla",
        "administrator",
        Country.PANAMA,
        "pa-comision-nacional-contra-la-trata-de-personas",
        Track.OTHER,
        is_staff=True,
        is_admin=True,
    ),
    Part(
        "olga",
        "Olga Serrano Vega",
        "second administrator",
        Country.PANAMA,
        "pa-comision-nacional-contra-la-trata-de-personas",
        Track.OTHER,
        is_staff=True,
        is_admin=True,
    ),
    Part(
        "rosa",
        "Rosa Icú Sánchez",
        "prosecutor, second trainer",
        Country.GUATEMALA,
        "gt-ministerio-publico",
        Track.PROSECUTOR,
    ),
    Part(
        "pilar",
        "Pilar Ordóñez Cojulún",
        "ministry and shielded people, all of Guatemala",
        Country.GUATEMALA,
        "gt-secretaria-contra-la-violencia-sexual-explotacion-y-trat",
        Track.OTHER,
    ),
]
# Who holds what: the key, the role, the country, and the institution if it is one's.
HELD = [
    ("sofia", Role.SECRETARIAT, "", ""),
    ("tomas", Role.TRAINER, Country.GUATEMALA, ""),
    ("rosa", Role.TRAINER, Country.GUATEMALA, ""),
    ("pilar", Role.MINISTRY, Country.GUATEMALA, ""),
    ("pilar", Role.PROTECTION, Country.GUATEMALA, ""),
    ("hugo", Role.MINISTRY, Country.HONDURAS, ""),
    ("ines", Role.MINISTRY, Country.GUATEMALA, "gt-organismo-judicial"),
]
TERM = timedelta(days=365)
# Whom one granted a mandate lately, one is no second person to.
GRANTED = timedelta(days=60)


@transaction.atomic
def call_the_cast(password: str, *, at: datetime) -> list[User]:
    """Make the cast's accounts where they are missing; set everybody's password.

    Their mandates and Tomás's cohort come with the accounts, once.
    """
    people = {part.key: _appear(part, password, at=at) for part in CAST}
    if not Mandate.objects.filter(holder=people["sofia"]).exists():
        _give_mandates(people, on=timezone.localdate(at), at=at)
        _form_cohort(people, on=timezone.localdate(at))
        _confirm_posts(by=people["pilar"], at=at)
    return [*people.values()]


def _give_mandates(people: dict[str, User], *, on: date, at: datetime) -> None:
    above = {Role.SECRETARIAT: "admin"}
    for key, role, country, institution in HELD:
        holder = people[key]
        giver = "pilar" if institution else above.get(role, "sofia")
        Mandate.objects.create(
            holder=holder,
            address=holder.email,
            role=role,
            country=country,
            institution=Institution.objects.filter(code=institution).first(),
            seat=1 if role == Role.PROTECTION else None,
            from_on=on,
            until_on=on + TERM,
            reason="Acuerdo de la demostración",
            granted_by=people[giver],
            granted_at=at - GRANTED,
            approved_at=at,
            accepted_at=at,
        )
        holder.holds_mandate = True
        holder.save(update_fields=["holds_mandate"])


def _form_cohort(people: dict[str, User], *, on: date) -> None:
    cohort = Cohort.objects.create(
        name=COHORT,
        country=Country.GUATEMALA,
        from_on=on,
        until_on=on + TERM,
    )
    CohortTrainer.objects.create(cohort=cohort, trainer=people["tomas"], from_on=on)
    for key in ("ana", "bruno"):
        CohortMember.objects.create(cohort=cohort, person=people[key], from_on=on)


def _confirm_posts(*, by: User, at: datetime) -> None:
    """Confirm who works in Guatemala; nobody confirms themselves."""
    posts = Affiliation.objects.filter(institution__country=Country.GUATEMALA)
    posts.exclude(person=by).update(confirmed_by=by, confirmed_at=at)


def _appear(part: Part, password: str, *, at: datetime) -> User:
    person, made = User.objects.get_or_create(
        email=part.email,
        defaults={
            "legal_name": part.name,
            "sort_name": sort_name_of(part.name),
            "language": part.language,
            "is_staff": part.is_staff,
            "is_superuser": part.is_admin,
        },
    )
    if made or not person.check_password(password):
        person.set_password(password)
        person.save(update_fields=["password"])
    if made:
        _settle_in(person, part, on=timezone.localdate(at), at=at)
    return person


def _settle_in(person: User, part: Part, *, on: date, at: datetime) -> None:
    EmailAddress.objects.create(
        user=person, email=person.email, verified=True, primary=True
    )
    agree(person, version=settings.PRIVACY_NOTICE_VERSION, at=at)
    register_post(
        person,
        country=part.country,
        institution=Institution.objects.get(code=part.institution),
        institution_typed="",
        track=part.track,
        position="",
        on=on,
    )
