"""The contents beside a lesson: drawn once, ticked for each reader."""

from datetime import timedelta

import pytest

from courses.outline import outline
from courses.path import path_of
from courses.ticks import Ticks

pytestmark = pytest.mark.django_db


def rows_of(path: str) -> list[str]:
    return path.split("<li")[1:]


def test_the_contents_show_the_ticks_of_one_reader_and_of_nobody_else(edition, at):
    first, second, *_others = outline(edition.course_id, "es")
    mine = Ticks(done={first.key: at})
    theirs = Ticks(done={second.key: at + timedelta(days=1)})

    paths = [
        path_of(edition.course_id, "es", ticks=ticks, current=second.key)
        for ticks in (mine, theirs)
    ]

    assert [['class="done' in row for row in rows_of(path)] for path in paths] == [
        [True, False, False, False],
        [False, True, False, False],
    ]
    for path in paths:
        current = ['aria-current="page"' in row for row in rows_of(path)]
        assert current == [False, True, False, False]


def test_the_contents_stand_below_the_headings_of_the_modules(edition):
    path = path_of(edition.course_id, "en", ticks=Ticks(), current=edition.course_id)

    assert path.count('<ul class="path marked">') == 2
    assert "<h3>1. Módulo uno (en)</h3>" in path
    assert "<h3>Assessment</h3>" in path


def test_the_contents_ask_once_for_all_readers(edition, at, django_assert_num_queries):
    path_of(edition.course_id, "es", ticks=Ticks(), current=edition.course_id)

    with django_assert_num_queries(0):
        path_of(edition.course_id, "es", ticks=Ticks(), current=edition.course_id)
