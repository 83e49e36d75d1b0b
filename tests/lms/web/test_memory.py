"""The cache that keeps values as they are."""

import pytest

from lms.web.memory import AsItIs


@pytest.fixture
def cache():
    found = AsItIs("a test of its own", {})
    yield found
    found.clear()


def test_a_value_is_the_very_one_that_was_kept(cache):
    value = object()

    cache.set("a key with spaces", value)

    assert cache.get("a key with spaces") is value
    assert cache.get_or_set("another", lambda: value) is value


def test_a_value_is_forgotten_in_time(cache):
    cache.set("key", "value", timeout=0)

    assert cache.get("key", "nothing") == "nothing"


def test_what_is_there_is_not_added_again(cache):
    assert cache.add("key", "first") is True
    assert cache.add("key", "second") is False
    assert cache.get("key") == "first"


def test_numbers_are_not_counted_here(cache):
    cache.set("tries", 1)

    with pytest.raises(NotImplementedError):
        cache.incr("tries")
