"""The map finds the tests of a line, in an order that finds a failure soon."""

import sqlite3
from contextlib import closing

import pytest

from tests.mutation.mapping import (
    ADD,
    TABLES,
    Known,
    note_choice,
    noted_choice,
    packed,
)

SECONDS = {"t/a.py::1": 3, "t/a.py::2": 1, "t/b.py::1": 5, "t/b.py": 0, "": 0}
RAN = [
    ("t/a.py::1", 1 << 7 | 1 << 8),
    ("t/a.py::2", 1 << 8),
    ("t/b.py", 1 << 9),
    ("", 1 << 10),
]


@pytest.fixture
def known(tmp_path):
    with closing(sqlite3.connect(tmp_path / "one.sqlite3")) as rows:
        rows.executescript(TABLES)
        rows.execute("INSERT INTO file VALUES (1, 'm.py', '')")
        add = "INSERT INTO test (node, seconds) VALUES (?, ?)"
        rows.executemany(add, SECONDS.items())
        find = "INSERT INTO ran SELECT id, 1, ? FROM test WHERE node = ?"
        rows.executemany(find, [(packed(bits), node) for node, bits in RAN])
        rows.commit()
    return Known(tmp_path)


def test_tests_of_a_line_are_those_that_ran_it(known):
    assert known.tests_of("m.py", range(7, 8)) == {"t/a.py::1"}
    assert known.tests_of("m.py", range(7, 9)) == {"t/a.py::1", "t/a.py::2"}
    assert known.tests_of("other.py", range(7, 8)) == set()


def test_what_the_fixture_of_a_module_ran_belongs_to_its_tests(known):
    assert known.tests_of("m.py", range(9, 10)) == {"t/b.py::1"}


def test_what_ran_at_import_belongs_to_no_test(known):
    assert known.tests_of("m.py", range(10, 11)) == set()


def test_one_test_of_each_file_comes_first_and_the_quickest_before_all(known):
    ordered = known.in_order({"t/a.py::1", "t/a.py::2", "t/b.py::1"})

    assert ordered == ["t/a.py::2", "t/b.py::1", "t/a.py::1"]


def test_a_fixture_before_its_test_takes_no_time_of_it(tmp_path):
    with closing(sqlite3.connect(tmp_path / "one.sqlite3")) as rows:
        rows.executescript(TABLES)
        for seconds in (0, 3, 0):
            rows.execute(ADD, ["t/a.py::1", seconds])
        rows.commit()

    assert Known(tmp_path).seconds == {"t/a.py::1": 3}


def test_sweeps_are_chosen_as_they_were_for_the_map(tmp_path):
    file = tmp_path / "kept" / "choice"
    assert noted_choice(file) == []

    note_choice(["--sweeps=some", "-q"], file)

    assert noted_choice(file) == ["--sweeps=some"]
