"""Which duty posts do Guatemala and Honduras have in the demo, and who holds them?

Two rosters, read and loaded like any other: posts that are covered, that lapse soon,
whose people have no certificate, and of nobody.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import cycle

from django.utils import timezone

from certificates.coverage import rules
from certificates.coverage.actions import check_roster, load
from certificates.coverage.posts import awards_of
from certificates.coverage.rules import State
from certificates.models import DutyPost, Place
from courses.models import Course
from lms.belonging.people import posts_in_sight
from lms.demo import cast
from lms.people.choices import Country, InstitutionKind, Track
from lms.people.models import Institution, User
from lms.team.roster.tables import Line, Reading

FILE = "puestos-2026.xlsx"
# What the posts of an institution come to, one after the other.
PATTERN = (
    State.COVERED,
    State.LAPSING,
    State.COVERED,
    State.GAP,
    State.UNNAMED,
    State.COVERED,
)
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
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be named: their address, and when they were last certified."""

    address: str
    issued_on: date | None


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
    for place in Institution.objects.in_country(country).order_by("code"):
        names = NAMES.get(InstitutionKind(place.kind), ())
        if place.kind == InstitutionKind.MIGRATION:
            names = CROSSINGS[country]
        track = TRACKS.get(InstitutionKind(place.kind), Track.OPI)
        people = _people(place, course, track, officer, on=on)
        cells += [
            {
                "name": name,
                "institution": place.code,
                "place": where.value,
                "course": course.code,
                "track": track.value,
                "basis": BASES[country],
                **_held(wanted, people, on=on),
            }
            for (where, name), wanted in zip(names, cycle(PATTERN), strict=False)
        ]
    return [Line(number, row) for number, row in enumerate(cells, start=2)]


def _people(
    place: Institution, course: Course, track: Track, officer: User, *, on: date
) -> dict[State, Iterator[Candidate]]:
    """Return who works there, by what they would make of a post of theirs."""
    posts = posts_in_sight(officer, on=on).filter(
        institution=place, person__email__contains="@region."
    )
    rows = list(posts.order_by("person").values_list("person", "person__email"))
    awards = awards_of({person for person, _email in rows}, {course.pk})
    found = defaultdict(list)
    for person, email in rows:
        held = awards.get((person, course.pk), [])
        until = rules.covered_until(
            [rules.Holder(None, tuple(held))], track=track, cadence=None, on=on
        )
        state = rules.state(named=True, until=until, on=on)
        issued_on = max((one.issued_on for one in held), default=None)
        found[state].append(Candidate(email, issued_on))
    return {state: iter(found[state]) for state in State}


def _held(
    wanted: State, people: dict[State, Iterator[Candidate]], *, on: date
) -> dict[str, str]:
    """Return whom the row names, so that the post comes to what is wanted.

    Where nobody's certificate runs out soon, one that stands counts for so few months.
    """
    one = next(people[wanted], None)
    if one is None and wanted == State.LAPSING:
        one = next(people[State.COVERED], None)
        if one is not None and one.issued_on is not None:
            return {"people": one.address, "cadence": str(_months(one.issued_on, on))}
    return {"people": one.address} if one else {}


def _months(since: date, on: date) -> int:
    """Return after how many months what was issued then lapses, some weeks from now."""
    return 12 * (on.year - since.year) + on.month - since.month + 2
