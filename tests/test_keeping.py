"""What is kept and inserted is what would have been made."""

import pytest
from django.db import connection

from courses.models import CoursePage, LessonPage, Question
from lms.models import Institution, User
from tests import keeping
from tests.factories import InstitutionFactory, make_course_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def built():
    """How often the function below was called: once for each list of names."""
    return []


@pytest.fixture
def build(built):
    @keeping.kept
    def make(name, above=None):
        built.append(name)
        return InstitutionFactory(code=name, name_es=name, parent=above)

    return make


def undo():
    Institution.objects.all().delete()


def test_it_is_made_once_and_inserted_as_it_was(build, built):
    first = build("one")
    facts = Institution.objects.values().get()
    undo()

    again = build("one")

    assert again == first
    assert Institution.objects.values().get() == facts
    assert built == ["one"]


def test_it_is_made_anew_beside_other_rows(build, built):
    build("one")
    undo()
    InstitutionFactory(code="other")

    build("one")

    assert Institution.objects.count() == 2
    assert built == ["one", "one"]


def test_each_argument_has_rows_of_its_own(build, built):
    above = build("one")
    build("two", above=above)

    assert built == ["one", "two"]
    assert Institution.objects.get(code="two").parent == above


def test_rows_that_begin_alike_are_told_apart():
    """On SQLite the first column of a person is a password, and some have none."""

    @keeping.kept
    def two():
        User.objects.bulk_create([User(email="a@example.org"), User(email="b@x.org")])
        return User.objects.first()

    two()
    User.objects.all().delete()
    two()

    assert User.objects.count() == 2


@pytest.mark.parametrize("time", [1, 2])
def test_a_course_is_whole_each_time(time):
    page = make_course_page()

    module = page.get_children().get(slug="modulo-uno")
    assert list(CoursePage.objects.filter(locale=page.locale)) == [page]
    assert LessonPage.objects.child_of(module).count() == 2
    assert Question.objects.count() == 10
    assert page.get_parent().numchild == 1
    connection.check_constraints()
