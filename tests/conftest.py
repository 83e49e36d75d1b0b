"""One cast for every test, and the course they take."""

from contextlib import ExitStack

import pytest
from django.core.cache import caches
from django.utils import translation
from pytest_django.plugin import blocking_manager_key

from courses.models import Activity
from lms.people.choices import Role
from tests import choosing, factories
from tests.databases import restore, test_database
from tests.factories import (
    AffiliationFactory,
    CohortFactory,
    InstitutionFactory,
    MandateFactory,
    PersonFactory,
)
from tests.keeping import forget


def pytest_addoption(parser):
    choosing.add_options(parser)
    parser.addoption(
        "--rewrite", action="store_true", help="write the records of screens anew"
    )


def pytest_ignore_collect(collection_path, config):
    return choosing.is_left_out(collection_path, config) or None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    choosing.choose(config, items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    report = yield
    choosing.fail_if_skipped_unawares(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """After a test in real transactions the database is as migrations left it."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if nextitem and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            restore()
        forget()
    return result


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker
):
    """A copy of a migrated database; access is unblocked only to make and remove it."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(test_database())
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture(scope="session")
def in_turn(pytestconfig):
    """Say of a name within a sweep whether its turn is now (tests/choosing.py)."""
    return choosing.chooser(pytestconfig)


@pytest.fixture(scope="session")
def is_touched(pytestconfig):
    """Say of a package whether the last change touched it (tests/choosing.py)."""
    return choosing.toucher(pytestconfig)


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Neither page parts nor the language of one test are there in the next."""
    caches["pages"].clear()
    translation.deactivate()


@pytest.fixture
def at():
    """The moment at which tests happen: noon in Guatemala, 2 November 2026."""
    return factories.NOON


@pytest.fixture
def judiciary(db):
    return InstitutionFactory(
        code="gt-organismo-judicial",
        name_es="Organismo Judicial",
        name_en="Judiciary",
    )


@pytest.fixture
def ana(judiciary):
    """Ana is a judge in Guatemala City."""
    person = PersonFactory(email="ana@example.org", legal_name="Ana Lucía Ruiz Morales")
    AffiliationFactory(person=person, institution=judiciary)
    return person


@pytest.fixture
def bruno(db):
    """Bruno is a prosecutor in Quetzaltenango."""
    return PersonFactory(
        email="bruno@example.org", legal_name="Bruno Xicará Tun", track="prosecutor"
    )


@pytest.fixture
def carla(db):
    """Carla is an OPI in Tegucigalpa who reads English."""
    return PersonFactory(
        email="carla@example.org",
        legal_name="Carla Zelaya Núñez",
        country="HN",
        track="opi",
        language="en",
    )


@pytest.fixture
def admin(db):
    return PersonFactory(
        email="admin@example.org",
        legal_name="Alma Administradora",
        is_superuser=True,
        is_staff=True,
    )


@pytest.fixture
def tomas(ana):
    """Tomás trains Ana's cohort, in Guatemala."""
    person = PersonFactory(email="tomas@example.org", legal_name="Tomás Caal Pop")
    MandateFactory(holder=person, role=Role.TRAINER)
    CohortFactory(name="Judicaturas 2026", trainers=[person], members=[ana])
    return person


@pytest.fixture
def ines(judiciary):
    """Inés reads the reports of Guatemala's judiciary."""
    person = PersonFactory(
        email="ines@example.org", legal_name="Inés Barrios Cifuentes", track="other"
    )
    MandateFactory(holder=person, institution=judiciary)
    return person


@pytest.fixture
def hugo(db):
    """Hugo reads the reports of Honduras."""
    person = PersonFactory(
        email="hugo@example.org", legal_name="Hugo Mejía Paz", country="HN"
    )
    MandateFactory(holder=person, country="HN")
    return person


@pytest.fixture
def sofia(db):
    """Sofía sits in the regional secretariat."""
    person = PersonFactory(
        email="sofia@example.org", legal_name="Sofía Araya Quirós", country="CR"
    )
    MandateFactory(holder=person, role=Role.SECRETARIAT, country="")
    return person


@pytest.fixture
def course_page(db):
    return factories.make_course_page()


@pytest.fixture
def edition(course_page):
    return factories.make_edition(course_page)


@pytest.fixture
def course(edition):
    return edition.course


@pytest.fixture
def activities(edition):
    """The activities of the edition by a short name."""
    rows = [row.activity for row in edition.activities.select_related("activity")]
    lesson_1, lesson_2, practice, final = rows
    assert final.kind == Activity.Kind.FINAL
    return {
        "lesson-1": lesson_1,
        "lesson-2": lesson_2,
        "practice": practice,
        "final": final,
    }


@pytest.fixture
def enrolment(ana, edition):
    """Ana's open enrolment."""
    return factories.EnrolmentFactory(learner=ana, edition=edition)
