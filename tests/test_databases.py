"""The test database is whole before each test, whatever the one before took from it."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Page

from tests.databases import copied_database, restore, standing_in


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_was_emptied_is_given_back(time):
    there = [*Group.objects.order_by("pk")], [*Page.objects.order_by("pk")]
    call_command("flush", interactive=False, verbosity=0)
    assert not Group.objects.exists()

    restore()

    # The second finds what the first, which ended by emptying all, was given back.
    assert ([*Group.objects.order_by("pk")], [*Page.objects.order_by("pk")]) == there
    assert all(there)


@pytest.mark.django_db(transaction=True)
def test_another_database_stands_in_and_the_former_is_as_it_was(tmp_path):
    Group.objects.create(name="of the former")

    with copied_database(tmp_path) as name, standing_in(name):
        Group.objects.create(name="of another")

    names = Group.objects.filter(name__startswith="of").values_list("name", flat=True)
    assert [*names] == ["of the former"]
