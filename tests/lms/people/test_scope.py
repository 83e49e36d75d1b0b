"""Who sees whom: oneself, and by default nobody."""

import pytest
from django.contrib.auth.models import AnonymousUser

from courses.models import Attempt, AttemptItem, Completion, Enrolment
from lms.models import Affiliation, Consent, Event, User
from lms.people.scope import ScopedQuerySet

pytestmark = pytest.mark.django_db
ABOUT_PEOPLE = [
    User,
    Affiliation,
    Consent,
    Event,
    Enrolment,
    Completion,
    Attempt,
    AttemptItem,
]


def test_a_person_sees_oneself_and_nobody_else(ana, bruno):
    assert list(User.objects.visible_to(ana)) == [ana]


def test_a_person_sees_what_is_about_oneself(ana, bruno, enrolment):
    assert list(Enrolment.objects.visible_to(ana)) == [enrolment]
    assert list(Enrolment.objects.visible_to(bruno)) == []
    assert list(Affiliation.objects.visible_to(ana)) == [ana.affiliations.get()]


def test_an_administrator_does_not_browse(admin, ana, enrolment):
    assert list(User.objects.visible_to(admin)) == [admin]
    assert list(Enrolment.objects.visible_to(admin)) == []


@pytest.mark.parametrize("model", ABOUT_PEOPLE, ids=lambda m: m.__name__)
def test_somebody_without_an_account_sees_nothing(model, ana, enrolment):
    assert list(model.objects.visible_to(AnonymousUser())) == []


def test_a_closed_account_sees_nothing(ana, enrolment):
    ana.is_active = False

    assert list(User.objects.visible_to(ana)) == []
    assert list(Enrolment.objects.visible_to(ana)) == []


def test_rows_that_name_no_person_path_are_seen_by_nobody(ana):
    assert ScopedQuerySet(User).visible_to(ana).query.is_empty()
