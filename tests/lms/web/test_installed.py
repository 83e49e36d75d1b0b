"""What is missing before people can be let in, and what nobody starts beside."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Site

from lms.installing.preparing import answer_as_told
from lms.models import User
from lms.web.checks import check_installation, check_mail, check_proxies
from lms.web.installed import THE_CAST_STANDS, all_missing, missing, refuse_the_cast
from tests.factories import NOON, InstitutionFactory, PersonFactory

LATER = NOON + timedelta(days=1)
BARE = [
    "The table of the cache is missing: run manage.py install.",
    "The site shows Wagtail's welcome instead of courses: run manage.py install.",
    "No institution is listed: run manage.py install.",
    "Administrators: 0 of 2, of whom one decides what the other asks for: "
    "run manage.py install --administrator EMAIL.",
]


@pytest.fixture
def cache_table(db):
    if caches["default"]._table not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)


@pytest.fixture
def installed(cache_table, settings, course_page):
    """All of it, but small."""
    settings.SITE_URL = "https://campus.example"
    home = course_page.get_parent()
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home})
    answer_as_told()
    InstitutionFactory()
    PersonFactory.create_batch(2, is_superuser=True, joined_at=NOON)
    return home


def drop_the_cache_table():
    with connection.schema_editor() as editor:
        editor.execute(f"DROP TABLE IF EXISTS {caches['default']._table}")


@pytest.mark.django_db(transaction=True)
def test_a_bare_database_misses_everything():
    drop_the_cache_table()

    assert list(all_missing(NOON)) == BARE
    assert missing(NOON) == BARE[0]


def test_nothing_is_missing_once_it_is_installed(installed):
    assert list(all_missing(LATER)) == []
    assert missing(LATER) is None


def test_a_site_without_a_published_course_misses_one(installed):
    installed.get_children().update(live=False)

    assert missing(LATER) == (
        "No course is published: run manage.py install, or publish one."
    )


def test_a_site_that_answers_under_another_name_is_missed(installed, settings):
    settings.SITE_URL = "https://other.example:8443"

    assert missing(LATER) == (
        "The site answers as campus.example, not as other.example: "
        "run manage.py install."
    )
    answer_as_told()
    assert missing(LATER) is None
    assert Site.objects.get(is_default_site=True).port == 8443


def test_one_administrator_is_not_enough(installed):
    first = User.objects.filter(is_superuser=True).first()
    User.objects.filter(pk=first.pk).update(is_active=False)

    assert missing(LATER).startswith("Administrators: 1 of 2")
    assert missing(NOON - timedelta(days=1)).startswith("Administrators: 0 of 2")


@pytest.mark.parametrize("email", ["ana@demo.example", "p001@region.demo.example"])
def test_accounts_of_the_cast_are_refused_where_the_demo_does_not_run(
    installed, settings, email
):
    somebody = PersonFactory(email=email)

    assert missing(LATER) == THE_CAST_STANDS
    with pytest.raises(CommandError, match="Accounts of the demo"):
        refuse_the_cast()
    settings.DEMO = True
    refuse_the_cast()
    settings.DEMO = False
    somebody.is_active = False
    somebody.save()
    refuse_the_cast()


@pytest.mark.parametrize("process", [["web", "--port", "0"], ["worker"], ["beat"]])
def test_no_process_starts_beside_the_cast(db, process):
    PersonFactory(email="ana@demo.example")

    with pytest.raises(CommandError, match="Accounts of the demo"):
        call_command(*process)


def test_the_deployment_check_says_what_is_missing(installed):
    installed.get_children().update(live=False)

    assert [(found.id, found.msg) for found in check_installation(None)] == [
        (
            "campus.W001",
            "No course is published: run manage.py install, or publish one.",
        )
    ]


@pytest.mark.parametrize(
    ("sender", "found"),
    [
        ("Campus <campus@campus.example>", []),
        ("Campus <campus@localhost>", ["campus.W002"]),
        ("", ["campus.W002"]),
    ],
)
def test_the_deployment_check_asks_for_a_sender(settings, sender, found):
    settings.DEFAULT_FROM_EMAIL = sender

    assert [one.id for one in check_mail(None)] == found


@pytest.mark.parametrize(("count", "found"), [(0, ["campus.I001"]), (1, [])])
def test_the_deployment_check_says_what_no_proxy_means(settings, count, found):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count

    assert [one.id for one in check_proxies(None)] == found
