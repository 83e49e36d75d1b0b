"""A mutant is killed by a test that fails with the change and not without it."""

import signal

import pytest

from tests.mutation.running import Answer, alike, word_of
from tests.mutation.trying import settle

TESTS = ["a", "b", "c"]


def running(with_change, without=frozenset(), word="failed"):
    """Return a run in which those tests fail, with the change and without."""

    def run(tests, changed):
        failing = with_change if changed else without
        for at, test in enumerate(tests):
            if test in failing:
                return Answer(word, at)
        return Answer("passed", len(tests) - 1)

    return run


def test_a_change_that_no_test_notices_survives():
    assert settle(None, running(set()), TESTS) == ("survived", "", 3)


def test_a_change_is_killed_by_the_first_test_that_fails():
    assert settle(None, running({"b", "c"}), TESTS) == ("killed", "b", 2)


def test_a_test_that_does_not_end_kills_as_well():
    assert settle(None, running({"b"}, word="slow"), TESTS) == ("killed", "time, b", 2)


def test_a_test_that_fails_anyway_kills_nothing():
    assert settle(None, running({"b"}, {"b"}), TESTS) == ("survived", "", 2)
    assert settle(None, running({"b", "c"}, {"b"}), TESTS) == ("killed", "c", 2)


def test_a_change_without_a_test_that_can_be_believed_is_unsettled():
    word, _, _ = settle(None, running({"a"}, {"a"}), ["a"])

    assert word == "unsettled"


def test_a_change_whose_tests_take_too_long_is_unsettled():
    run = running({"c"}, word="limit")

    assert settle(None, run, TESTS) == ("unsettled", "limit", 3)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (0, "passed"),
        (1 << 8, "failed"),
        (77 << 8, "not here"),
        (78 << 8, "broken"),
        (signal.SIGPROF, "slow"),
        (signal.SIGXCPU, "limit"),
        (signal.SIGALRM, "limit"),
    ],
)
def test_the_end_of_a_child_is_read(status, word):
    assert word_of(status) == word


def test_a_test_that_the_change_has_renamed_is_found_by_its_function():
    nodes = ["a.py::f[1-]", "a.py::f[2-done]", "a.py::g[1-waived]"]

    assert alike("a.py::f[1-waived]", nodes) == ["a.py::f[1-]", "a.py::f[2-done]"]
