"""The demo's region and its past, told once for a module's tests."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from certificates.region.history import tell_history
from lms.demo.cast import DOMAIN, call_the_cast
from lms.demo.region import people_the_region
from lms.models import User
from lms.people.institutions import load_institutions
from tests.factories import make_course_page, make_edition

PEOPLE = 420


@pytest.fixture(scope="module")
def now():
    return timezone.now()


@pytest.fixture(scope="module")
def region(now, django_db_setup, django_db_blocker):
    """Each test runs in a savepoint inside this transaction.

    Nothing is remembered of the test before: an edition may have had the same key.
    """
    caches["pages"].clear()
    with django_db_blocker.unblock(), transaction.atomic():
        make_edition(make_course_page())
        load_institutions(settings.BASE_DIR / "fixtures" / "institutions.csv")
        call_the_cast("a-first-password", at=now)
        people_the_region(at=now, people=PEOPLE)
        tell_history(at=now, seed=7)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def told(region, db):
    """Tomás, in a region with its people and their past."""
    return User.objects.get(email=f"tomas@{DOMAIN}")
