"""Which duty posts do Guatemala and Honduras have in the demo, and who holds them?

Two rosters, read and loaded like any other: posts that are covered, that lapse soon,
whose people have no certificate, and of nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count, cycle

from django.utils import timezone

from certificates.coverage import rules
from certificates.coverage.actions import check_roster, load
from certificates.coverage.posts import awards_of
from certificates.coverage.rules import State
from certificates.models import DutyPost, Place
from courses.models import Course
from lms.belonging.people import posts_in_sight
from lms.demo import cast, region
from lms.people.choices import Country, InstitutionKind, Track
from lms.people.models import Institution, User
from lms.team.roster.tables import Line, Reading

FILE = "puestos-2026.xlsx"
# What the posts of an institution come to, one after the other, if there are people.
PATTERN = (
    State.COVERED,
    State.COVERED,
    State.COVERED,
    State.GAP,
    State.UNNAMED,
    State.COVERED,
)
LAPSES_EACH = 3  # of so many posts with a certified person, one lapses soon
# Who loads the roster of which country, and by which law the posts require the course.
OFFICERS = {Country.GUATEMALA: "pilar", Country.HONDURAS: "hugo"}
BASES = {Country.GUATEMALA: "Decreto 9-2009", Country.HONDURAS: "Decreto 59-2012"}
NAMES = {
    InstitutionKind.JUDICIARY: (
        (Place.COURT, "Juzgado de turno, mañana"),
        (Place.COURT, "Juzgado de turno, noche"),
        (Place.COURT, "Juzgado de niñez y adolescencia, región norte"),
        (Place.COURT, "Juzgado de niñez y adolescencia, región sur"),
        (Place.COURT, "Tribunal de sentencia en trata de personas"),
        (Place.COURT, "Sala de apelaciones de la niñez"),
        (Place.OFFICE, "Unidad de protección a víctimas"),
        (Place.OFFICE, "Escuela judicial"),
    ),
    InstitutionKind.PROSECUTION: (
        (Place.OFFICE, "Fiscalía contra la trata, turno A"),
        (Place.OFFICE, "Fiscalía contra la trata, turno B"),
        (Place.OFFICE, "Fiscalía de la niñez, sede central"),
        (Place.AIRPORT, "Fiscalía del aeropuerto"),
    ),
    InstitutionKind.CHILD_PROTECTION: (
        (Place.SHELTER, "Albergue de primera acogida, turno A"),
        (Place.SHELTER, "Albergue de primera acogida, turno B"),
        (Place.OFFICE, "Delegación regional occidente"),
    ),
}
OFFICE = (
    (Place.OFFICE, "Enlace contra la trata, sede central"),
    (Place.OFFICE, "Enlace contra la trata, delegación regional"),
)
CROSSINGS = {
    Country.GUATEMALA: (
        (Place.BORDER, "Puesto fronterizo Tecún Umán"),
        (Place.BORDER, "Puesto fronterizo El Carmen"),
        (Place.BORDER, "Puesto fronterizo La Mesilla"),
        (Place.AIRPORT, "Aeropuerto La Aurora"),
        (Place.PORT, "Puerto Quetzal"),
    ),
    Country.HONDURAS: (
        (Place.BORDER, "Puesto fronterizo Agua Caliente"),
        (Place.BORDER, "Puesto fronterizo Corinto"),
        (Place.BORDER, "Puesto fronterizo Guasaule"),
        (Place.AIRPORT, "Aeropuerto Ramón Villeda Morales"),
        (Place.PORT, "Puerto Cortés"),
    ),
}
TRACKS = {
    InstitutionKind.JUDICIARY: Track.JUDGE,
    InstitutionKind.PROSECUTION: Track.PROSECUTOR,
    InstitutionKind.MIGRATION: Track.OPI,
    InstitutionKind.CHILD_PROTECTION: Track.OPI,
}


def load_posts(*, at: datetime) -> int:
    """Load the two rosters, once; return how many posts there are now.

    The history must have been told: it says who is certified.
    """
    if not DutyPost.objects.exists():
        course = Course.objects.order_by("code").first()
        for country, key in OFFICERS.items():
            officer = User.objects.get(email=f"{key}@{cast.DOMAIN}")
            lines = _lines(country, course, officer, on=timezone.localdate(at))
            kept = check_roster(Reading(lines), by=officer, file_name=FILE, at=at)
            load(kept, by=officer, at=at)
    return DutyPost.objects.count()


def _lines(country: Country, course: Course, officer: User, *, on: date) -> list[Line]:
    """Return the roster of a country, row by row."""
    cells: list[dict[str, str]] = []
    certified = count(1)
    for place in Institution.objects.in_country(country).order_by("code"):
        people = _people(place, course, officer, on=on)
        names = zip(_names(place), cycle(PATTERN), strict=False)
        cells += [
            {
                "name": name,
                "institution": place.code,
                "place": where.value,
                "course": course.code,
                "track": TRACKS.get(InstitutionKind(place.kind), ""),
                "basis": BASES[country],
                **_held(wanted, people, certified, on=on),
            }
            for (where, name), wanted in names
        ]
    return [Line(number, row) for number, row in enumerate(cells, start=2)]


def _names(place: Institution) -> tuple[tuple[Place, str], ...]:
    if place.kind == InstitutionKind.MIGRATION:
        return CROSSINGS[Country(place.country)]
    return NAMES.get(InstitutionKind(place.kind), OFFICE)


@dataclass(slots=True)
class People:
    """Who works in an institution: with a certificate and its day of issue, or none."""

    certified: list[tuple[str, date]]
    others: list[str]


def _people(place: Institution, course: Course, officer: User, *, on: date) -> People:
    """Return who may be named for the posts of an institution, by their address."""
    posts = posts_in_sight(officer, on=on).filter(
        institution=place, person__email__endswith=f"@{region.DOMAIN}"
    )
    rows = list(posts.order_by("-person").values_list("person", "person__email"))
    awards = awards_of({person for person, _email in rows}, {course.pk})
    found = People([], [])
    for person, email in rows:
        held = awards.get((person, course.pk), [])
        until = rules.covered_until(
            [rules.Holder(None, tuple(held))], track="", cadence=None, on=on
        )
        if until is None:
            found.others.append(email)
        else:
            found.certified.append((email, max(one.issued_on for one in held)))
    return found


def _held(
    wanted: State, people: People, certified: Iterator[int], *, on: date
) -> dict[str, str]:
    """Return whom a row names; some certificates count for so few months there."""
    if wanted == State.COVERED and people.certified:
        address, issued_on = people.certified.pop()
        lapses = next(certified) % LAPSES_EACH == 0
        months = {"cadence": str(_months(issued_on, on))} if lapses else {}
        return {"people": address} | months
    if wanted != State.UNNAMED and people.others:
        return {"people": people.others.pop()}
    return {}


def _months(since: date, on: date) -> int:
    """Return after how many months what was issued then lapses, some weeks from now."""
    return 12 * (on.year - since.year) + on.month - since.month + 2
