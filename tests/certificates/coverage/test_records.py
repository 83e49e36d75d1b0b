"""What becomes of the posts that somebody holds when they leave or are two accounts."""

from datetime import timedelta

import pytest

from certificates.coverage.kept import lines
from certificates.coverage.records import move_holdings
from certificates.models import PostHolder
from lms.people.records import Leaver, Merging, erase_records
from tests.certificates.coverage.building import ON, a_post, holds

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_merging_moves_the_times_and_ends_one_of_two(
    judiciary, course, ines, ana, bruno, post, at
):
    other = a_post(judiciary, course, ines)
    holds(ana, post)
    twice, alone = holds(bruno, post), holds(bruno, other)
    today = holds(bruno, a_post(judiciary, course, ines), from_on=ON)
    holds(ana, today.post)

    moved = move_holdings(Merging(kept=ana, gone=bruno, by=ines, at=at))

    assert moved == 3
    rows = PostHolder.objects.filter(pk__in=[twice.pk, alone.pk, today.pk])
    assert list(rows.order_by("pk").values_list("person", "until_on")) == [
        (ana.pk, ON - DAY),
        (ana.pk, None),
        (ana.pk, ON),
    ]


def test_erasing_deletes_them(ana, bruno, post, at):
    holds(ana, post)
    stays = holds(bruno, post)

    erase_records(Leaver(ana, frozenset(), at))

    assert list(PostHolder.objects.all()) == [stays]


def test_my_data_tells_the_posts(ana, bruno, post, settings):
    holds(ana, post)
    holds(ana, post, from_on=ON - 9 * DAY, until_on=ON - DAY)

    (line,) = lines(ana, "en")

    assert len(line.values) == 2
    assert all("Turno A" in value for value in line.values)
    assert lines(bruno, "en") == []
