"""A region large enough to be shown, as lines of reports."""

from datetime import timedelta

import pytest

from certificates.figures.actions import release
from certificates.models import ReportLine
from courses.models import Enrolment
from lms.models import User
from tests.certificates.conftest import make_edition_without_pages
from tests.factories import InstitutionFactory
from tests.keeping import kept

make_edition = kept(make_edition_without_pages)
make_judiciary = kept(InstitutionFactory)


@kept
def make_region(edition, judiciary, at):
    for country, many in [("GT", 60), ("HN", 60), ("PA", 3)]:
        _settle(country, many, edition, judiciary, at=at)
    return edition


make_release = kept(release)


@pytest.fixture
def edition(db, at):
    return make_edition(at=at)


@pytest.fixture
def judiciary(db):
    return make_judiciary(
        code="gt-organismo-judicial",
        name_es="Organismo Judicial",
        name_en="Judiciary",
    )


@pytest.fixture
def region(edition, judiciary, at):
    """Sixty people in Guatemala, sixty in Honduras, three in Panama.

    A test that asks for somebody else as well asks for them afterwards: this is
    inserted as it was only where nobody stands yet.
    """
    make_region(edition, judiciary, at)


@pytest.fixture
def thirty_more(region, edition, judiciary, at):
    """Five run out soon: enough for the secretariat, too few for everybody."""
    _settle("DO", 30, edition, judiciary, at=at)


@pytest.fixture
def settle(edition, judiciary, at):
    """Return a function that settles so many people in a country."""
    return lambda country, many: _settle(country, many, edition, judiciary, at=at)


def _settle(country, many, edition, judiciary, *, at):
    people = User.objects.bulk_create(
        User(
            email=f"{country}{number}@example.org".lower(),
            legal_name=f"Persona {number}",
            country=country,
            language="es",
        )
        for number in range(many)
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            learner=person,
            course=edition.course,
            edition=edition,
            track="judge",
            enrolled_at=at - timedelta(60),
        )
        for person in people
    )
    ReportLine.objects.bulk_create(
        _line(number, enrolment, judiciary, at=at)
        for number, enrolment in enumerate(enrolments)
    )


def _line(number, enrolment, judiciary, *, at):
    """One in three has completed; every sixth runs out soon."""
    completed_at = at - timedelta(20) if number % 3 == 0 else None
    days = 30 if number % 2 else 300
    in_court = enrolment.learner.country == "GT" and number % 2 == 0
    return ReportLine(
        person=enrolment.learner,
        name="x",
        course=enrolment.course,
        edition=enrolment.edition,
        enrolment=enrolment,
        country=enrolment.learner.country,
        track=["judge", "opi"][number % 2],
        institution=judiciary if in_court else None,
        confirmed=in_court,
        language="es",
        enrolled_at=at - timedelta(60),
        completed_at=completed_at,
        issued_at=completed_at,
        valid_until=(at + timedelta(days)).date() if completed_at else None,
        changed_at=at,
    )


@pytest.fixture
def released(region, at):
    return make_release(as_of=at, at=at)
