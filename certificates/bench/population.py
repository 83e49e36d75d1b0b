"""A region of bench: very many enrolments, as the lines of reports know them.

Written in bulk, some people at a time, so that two processes can share the work. The
lines are written beside the rows that they are drawn from and say the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from certificates.models import Certificate, LinesDrawn, ReportLine
from certificates.rules import months_after, new_code
from courses.models import Course, Edition, Enrolment
from lms.people.choices import Country, Language, Role, Track
from lms.people.institutions import load_institutions
from lms.people.models import Affiliation, Institution, Mandate, User

COURSES = 10
COURSES_EACH = 5  # that a person takes
AT_ONCE = 2000  # people in a transaction
VALIDITY = 24  # months
PASSWORD = "bench-word-for-all"  # noqa: S105 - of a scratch site
READER = "reader@bench.example"  # reads the reports of all countries
OFFICER = "officer@bench.example"  # those of Guatemala
GIVEN = ("Ana", "Bruno", "Carla", "Diego", "Elena", "Félix", "Gloria", "Hugo", "Íñigo")
FAMILY = ("Ajú", "Barrios", "Caal", "Díaz", "Estrada", "Fuentes", "Güix", "Hernández")


@dataclass(frozen=True, slots=True)
class Ground:
    """What all rows stand on."""

    editions: list[Edition]
    institutions: list[Institution]


def lay_ground(at: str) -> None:
    """Make the institutions, the courses, and the two who read reports."""
    moment = datetime.fromisoformat(at)
    load_institutions(settings.BASE_DIR / "fixtures" / "institutions.csv")
    for number in range(COURSES):
        course = Course.objects.create(id=UUID(int=number + 1), code=f"B{number}")
        Edition.objects.create(
            course=course,
            kind=Edition.Kind.NEW_RUN,
            run="2026-1",
            titles={"es": f"Curso de prueba {number}", "en": f"Bench course {number}"},
            pass_mark=80,
            attempts_allowed=3,
            wait_days=7,
            validity_months=VALIDITY,
            issuer={"es": "Programa regional", "en": "Regional programme"},
            norms_on=moment.date(),
            minutes={},
            opened_at=moment,
        )
    _reader(READER, list(Country.values), at=moment)
    _reader(OFFICER, [Country.GUATEMALA.value], at=moment)
    LinesDrawn.objects.create(as_of=moment)


def _reader(email: str, countries: list[str], *, at: datetime) -> None:
    person = User.objects.create_user(
        email, PASSWORD, legal_name="Lectora de informes", holds_mandate=True
    )
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    for country in countries:
        Mandate.objects.create(
            holder=person,
            address=email,
            role=Role.MINISTRY,
            country=country,
            from_on=at.date() - timedelta(days=30),
            until_on=at.date() + timedelta(days=300),
            reason="Bench",
            granted_by=person,
            granted_at=at,
            approved_at=at,
            accepted_at=at,
        )


def populate(first: int, people: int, at: str) -> int:
    """Write so many people, their posts, courses, certificates and lines."""
    moment = datetime.fromisoformat(at)
    ground = Ground(
        list(Edition.objects.filter(course__code__startswith="B").order_by("pk")),
        list(Institution.objects.order_by("pk")),
    )
    for start in range(first, first + people, AT_ONCE):
        number = min(AT_ONCE, first + people - start)
        with transaction.atomic():
            dice = Random(start)  # noqa: S311 - invents, keeps no secret
            _write(ground, start, number, at=moment, dice=dice)
    return people


def _write(
    ground: Ground, start: int, number: int, *, at: datetime, dice: Random
) -> None:
    locked = make_password(None)
    people = User.objects.bulk_create(
        User(
            email=f"p{start + n}@bench.example",
            password=locked,
            legal_name=(
                name := f"{dice.choice(GIVEN)} {dice.choice(FAMILY)} {start + n}"
            ),
            sort_name=f"{name.split()[1]} {start + n}, {name.split()[0]}",
            country=place.country,
            track=dice.choice(Track.values),
            language=Language.SPANISH,
            is_active=True,
            joined_at=at,
        )
        for n in range(number)
        for place in [_place(ground, start + n)]
    )
    posts = Affiliation.objects.bulk_create(
        Affiliation(
            person=person,
            institution=_place(ground, start + n),
            track=person.track,
            from_on=date(2020, 1, 1),
            confirmed_by=person,
            confirmed_at=at,
        )
        for n, person in enumerate(people)
    )
    enrolments = Enrolment.objects.bulk_create(
        _enrolments(ground, posts, at=at, dice=dice)
    )
    certificates = Certificate.objects.bulk_create(
        _certificates(enrolments, {p.pk: p for p in people}, dice=dice)
    )
    awarded = {one.enrolment_id: one for one in certificates}
    of_person = {post.person_id: post for post in posts}
    ReportLine.objects.bulk_create(
        _line(one, of_person[one.learner_id], awarded.get(one.pk), at=at, dice=dice)
        for one in enrolments
    )


def _place(ground: Ground, number: int) -> Institution:
    return ground.institutions[number % len(ground.institutions)]


def _enrolments(
    ground: Ground, posts: list[Affiliation], *, at: datetime, dice: Random
) -> Iterator[Enrolment]:
    for post in posts:
        for edition in dice.sample(ground.editions, COURSES_EACH):
            enrolled = at - timedelta(days=dice.randint(30, 900))
            done = enrolled + timedelta(days=dice.randint(5, 29))
            yield Enrolment(
                learner_id=post.person_id,
                course_id=edition.course_id,
                edition=edition,
                track=post.track,
                affiliation=post,
                enrolled_at=enrolled,
                completed_at=done if dice.random() < 0.6 else None,
            )


def _certificates(
    enrolments: list[Enrolment], people: dict[int, User], *, dice: Random
) -> Iterator[Certificate]:
    for one in enrolments:
        if one.completed_at:
            person = people[one.learner_id]
            yield Certificate(
                code=new_code(dice.choice),
                enrolment=one,
                holder=person,
                holder_name=person.legal_name,
                name_salt="0" * 32,
                name_hash="0" * 64,
                language=person.language,
                track=one.track,
                titles=one.edition.titles,
                issuer=one.edition.issuer,
                edition_label=one.edition.label,
                norms_on=one.edition.norms_on,
                minutes=300,
                issued_at=one.completed_at,
                valid_until=months_after(one.completed_at.date(), VALIDITY),
            )


def _line(
    one: Enrolment,
    post: Affiliation,
    award: Certificate | None,
    *,
    at: datetime,
    dice: Random,
) -> ReportLine:
    due = one.enrolled_at + timedelta(days=60)
    return ReportLine(
        person=post.person,
        name=post.person.folded_name[:122],
        course_id=one.course_id,
        edition=one.edition,
        enrolment=one,
        institution=post.institution,
        institution_at_end=post.institution,
        confirmed=True,
        country=post.institution.country,
        track=one.track,
        language=post.person.language,
        enrolled_at=one.enrolled_at,
        due_on=due.date(),
        due_at=due,
        last_at=one.completed_at or one.enrolled_at,
        done=20 if award else dice.randint(0, 19),
        total=20,
        attempts=1 if award else 0,
        points=18 if award else None,
        out_of=20 if award else None,
        completed_at=one.completed_at,
        certificate=award,
        issued_at=award.issued_at if award else None,
        valid_until=award.valid_until if award else None,
        minutes=300,
        changed_at=at,
    )
